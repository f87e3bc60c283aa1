"""The modal that shows the whole answer of a submission to one question of the committee, page by page."""

from __future__ import annotations

from collections.abc import Sequence

from slack_bolt.async_app import AsyncApp

from bot.committee import did_not_answer
from bot.pinpoint import titled
from bot.place import place_of
from bot.slack import action_ids
from bot.slack.context import passage_blocks
from bot.slack.footnotes import asked_line
from bot.slack.kit import Json, actions, button, part, rich, section, small
from bot.slack.limits import VIEW_PAGE_TEXT
from bot.slack.modals import listen, modal, notice
from bot.slack.pages import Group, pages
from bot.slack.place import PlaceError, find_question, load, read_places, write_places
from bot.slack.services import Services
from corpus.document import Document, InquiryQuestion

TITLE = "The answer"
# Leaves room for the question and the buttons, of the 100 blocks that a view may hold.
BLOCKS_SHOWN = 80


def reading_view(documents: Sequence[Document], value: str) -> Json:
    """The modal for a button's value: the place of a question and, from the second page on, the page."""
    try:
        document, question = find_question(documents, read_places(value)[0])
        number = int(load(value).get("at", 0))
    except PlaceError as error:
        return notice(TITLE, str(error))
    lead = rich(section(*asked_line(document, question)))
    made = pages(_answer(document, question), text=VIEW_PAGE_TEXT, blocks=BLOCKS_SHOWN)
    number = max(0, min(number, len(made) - 1))
    pager = _pager(document, question, number, len(made))
    return modal(TITLE, [small(titled(document.metadata)), lead, *made[number], *pager])


def _answer(document: Document, question: InquiryQuestion) -> list[Group]:
    """The answer, passage by passage; its sections are those below the one that holds the question."""
    found = [passage for passage in document.passages if passage.question == question]
    if not question.answered:
        did = f"{document.metadata.submitter} {did_not_answer(document, question)}."
        return [[rich(section(part(did, bold=True)))]]
    befores = [None, *found[:-1]]
    return [passage_blocks(passage, before, asked=False) for passage, before in zip(found, befores, strict=True)]


def _pager(document: Document, question: InquiryQuestion, number: int, count: int) -> list[Json]:
    place, row = place_of(document, question.span), []
    if number > 0:
        row.append(button("Earlier", action_ids.READ_EARLIER, write_places([place], at=number - 1)))
    if number + 1 < count:
        row.append(button("Later", action_ids.READ_LATER, write_places([place], at=number + 1)))
    return [actions(*row), small(f"Page {number + 1} of {count}")] if row else []


def register(app: AsyncApp, services: Services) -> None:
    """Listen for "Read the answer" and its paging."""
    paging = (action_ids.READ_EARLIER, action_ids.READ_LATER)
    listen(app, services, reading_view, opened_by=action_ids.READ_ANSWER, turned_by=paging)
