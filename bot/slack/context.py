"""The modal "In context": a quote in its paragraph, with what stands before and after it."""

from __future__ import annotations

from collections.abc import Sequence

from slack_bolt.async_app import AsyncApp

from bot.citation import credit
from bot.pinpoint import titled, where_of
from bot.place import Place
from bot.slack import action_ids
from bot.slack.footnotes import asked_line
from bot.slack.kit import Json, actions, button, part, quotation, rich, section, small
from bot.slack.limits import VIEW_PAGE_TEXT
from bot.slack.modals import listen, modal, notice
from bot.slack.place import PlaceError, find_document, find_quote, load, read_places, write_places
from bot.slack.services import Services
from corpus.document import Document, Passage, Span

TITLE = "In context"
PASSAGES_SHOWN = 3


def context_view(documents: Sequence[Document], value: str) -> Json:
    """The modal for a button's value: a place and, from the second page on, the number of the first passage."""
    try:
        place = read_places(value)[0]
        quote, document = find_quote(documents, place), find_document(documents, place)
        at = document.passages.index(quote.passage)
        first = int(load(value).get("at", at - 1))
    except PlaceError as error:
        return notice(TITLE, str(error))
    passages = document.passages
    first = max(0, min(first, len(passages) - PASSAGES_SHOWN))
    window = _window(passages, first, at)
    shown = any(quote.span in passage.span for passage in window)
    lead = small(f"{titled(document.metadata)}.{' The quote stands in bold.' if shown else ''}")
    return modal(TITLE, [lead, *_window_blocks(window, quote.span), _pager(passages, window, place)])


def _window(passages: Sequence[Passage], first: int, at: int) -> list[Passage]:
    """Three passages, or fewer where they are very long, the quoted one always among them if it is in reach."""
    shown = list(passages[first : first + PASSAGES_SHOWN])
    while len(shown) > 1 and sum(len(passage.text) for passage in shown) > VIEW_PAGE_TEXT:
        keeps_last = at in range(first, first + PASSAGES_SHOWN) and shown[-1] == passages[at]
        shown.pop(0 if keeps_last else -1)
    return shown


def _window_blocks(window: Sequence[Passage], marked: Span) -> list[Json]:
    blocks: list[Json] = []
    before: Passage | None = None
    for passage in window:
        blocks += passage_blocks(passage, before, marked=marked)
        before = passage
    return blocks


def passage_blocks(
    passage: Passage, before: Passage | None = None, *, marked: Span | None = None, asked: bool = True
) -> list[Json]:
    """A whole passage with whose words it is; headings and, if `asked`, the committee's question where they change."""
    blocks: list[Json] = []
    if passage.section and (before is None or passage.section != before.section):
        blocks.append(rich(section(part(_heading(passage, before), bold=True))))
    if asked and passage.question and (before is None or passage.question != before.question):
        blocks.append(rich(section(*asked_line(passage.document, passage.question))))
    place = where_of(passage, passage.span)
    number = f"{place[:1].upper()}{place[1:]}: " if place else ""
    return [
        *blocks,
        rich(quotation(*_marked(passage, marked)), section(part(f"{number}{credit(passage)}", italic=True))),
    ]


def _heading(passage: Passage, before: Passage | None) -> str:
    """The headings above a passage; those that it shares with the passage before are not repeated."""
    shared = 0
    for ours, theirs in zip(passage.section, before.section if before else (), strict=False):
        if ours != theirs:
            break
        shared += 1
    own = passage.section[shared:] or passage.section[-1:]
    return " › ".join((["…"] if shared else []) + list(own))


def _marked(passage: Passage, marked: Span | None) -> list[Json]:
    if marked is None or marked not in passage.span:
        return [part(passage.text)]
    text, span = passage.document.text, passage.span
    return [
        part(text[span.start : marked.start]),
        part(marked.slice(text), bold=True),
        part(text[marked.end : span.end]),
    ]


def _pager(passages: Sequence[Passage], window: Sequence[Passage], place: Place) -> Json:
    start, end = passages.index(window[0]), passages.index(window[-1]) + 1
    row = []
    if start > 0:
        value = write_places([place], at=max(0, start - PASSAGES_SHOWN))
        row.append(button("Earlier", action_ids.CONTEXT_EARLIER, value, spoken="Show earlier paragraphs"))
    if not any(place.span in passage.span for passage in window):
        row.append(button("Back to the quote", action_ids.CONTEXT_BACK, write_places([place])))
    if end < len(passages):
        row.append(
            button("Later", action_ids.CONTEXT_LATER, write_places([place], at=end), spoken="Show later paragraphs")
        )
    row.append(button("Cite", action_ids.CITE, write_places([place])))
    return actions(*row)


def register(app: AsyncApp, services: Services) -> None:
    """Listen for "In context" and its paging."""
    paging = (action_ids.CONTEXT_EARLIER, action_ids.CONTEXT_LATER, action_ids.CONTEXT_BACK)
    listen(app, services, context_view, opened_by=action_ids.CONTEXT, turned_by=paging)
