"""The global shortcut: a form that searches with filters, of submissions (who, what, when) and of their passages."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer, Outcome, Quote
from bot.scope import EVERYTHING, DateError, Filters, searched_in
from bot.slack import action_ids
from bot.slack.asker import Asker, read_asker
from bot.slack.blocks import NOT_AN_ANSWER, NOT_FOUND, quote_groups, to_messages
from bot.slack.commands import count
from bot.slack.failures import apology
from bot.slack.filters import ANYWHERE, PassageFilter, options
from bot.slack.kit import Json, part, plain, rich, section, small
from bot.slack.modals import ask, modal, notice
from bot.slack.services import Services
from bot.slack.settings_modal import submission_options
from bot.turns import LONGEST_QUESTION, QuestionError
from corpus.document import Document

TITLE = "Search the evidence"
VOICES = {"submitter": "The submitter’s own words", "quoted": "Words of people it quotes"}
QUOTES_SHOWN = 5
# Slack waits three seconds for the acknowledgement of a form.
PATIENCE_SECONDS, SETTLE_SECONDS = 2.0, 0.5
RESULTS_TEXT = 20_000


def search_view() -> Json:
    """The form."""
    question: Json = {"type": "plain_text_input", "action_id": "typed", "max_length": LONGEST_QUESTION}
    voices = [{"text": plain(text), "value": value} for value, text in VOICES.items()]
    blocks = [
        ask("question", "What do you want to know?", {**question, "focus_on_load": True}),
        ask("submission", "Submission", _list(action_ids.SEARCH_SUBMISSION, "All submissions"), optional=True),
        ask("submitter", "Submitter", _list(action_ids.SEARCH_SUBMITTER, "All submitters"), optional=True),
        ask("inquiry", "Inquiry", _list(action_ids.SEARCH_INQUIRY, "All inquiries"), optional=True),
        ask("since", "Dated from", _date("since"), optional=True),
        ask("until", "Dated until", _date("until"), optional=True),
        ask("voice", "Whose words", {"type": "static_select", "action_id": "chosen", "options": voices}, optional=True),
        ask("speaker", "Speaker", _list(action_ids.SEARCH_SPEAKER, "Anybody"), optional=True),
        ask("section", "Section", _list(action_ids.SEARCH_SECTION, "All sections"), optional=True),
    ]
    return modal(TITLE, blocks, callback=action_ids.SEARCH_FORM, submit="Search")


def _list(action: str, everything: str) -> Json:
    return {"type": "external_select", "action_id": action, "min_query_length": 0, "placeholder": plain(everything)}


def _date(action: str) -> Json:
    return {"type": "plain_text_input", "action_id": action, "placeholder": plain("2020, 2020-06 or 2020-06-30")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says: a question, and what submissions and passages must be."""

    question: str
    filters: Filters = EVERYTHING
    passages: PassageFilter = ANYWHERE


def read_form(view: Json) -> Wanted:
    """What the form says; DateError for a date that is none."""
    values = {block: next(iter(held.values())) for block, held in view["state"]["values"].items()}
    typed = {name: str(held.get("value") or "").strip() for name, held in values.items()}
    picked = {name: (held.get("selected_option") or {}).get("value", "") for name, held in values.items()}
    said = {name: picked[name] or typed[name] for name in values}
    filters = Filters(**{name: said[name] for name in Filters.__slots__})
    return Wanted(typed["question"], filters, PassageFilter(**{name: said[name] for name in PassageFilter.__slots__}))


def results_view(answer: Answer, *, filtered: bool = False) -> Json:
    """What was found, with the same words and buttons as in a message; `filtered` if anything limited the search."""
    quotes, nearest = _as_many_as_fit(answer.quotes), _as_many_as_fit(answer.nearest)
    asked = small("\n".join(filter(None, (f"Your question: {answer.question}", searched_in(answer.searched_in)))))
    if quotes:
        groups = [[asked], *quote_groups(quotes)]
    elif answer.outcome is Outcome.NOT_ANSWERED:
        groups = [[asked, *(block for block in to_messages(answer)[0]["blocks"] if block["type"] == "rich_text")]]
    else:
        said = "Nothing that passes these filters answers that." if filtered else NOT_FOUND
        groups = [[asked, rich(section(part(said, bold=True)))]]
        if nearest:
            groups += [[rich(section(NOT_AN_ANSWER))], *quote_groups(nearest)]
    return modal(TITLE, [block for group in groups for block in group])


def _as_many_as_fit(quotes: Sequence[Quote]) -> list[Quote]:
    """The best quotes, whole ones only: as many as a window holds, one at least."""
    lengths = accumulate(len(quote.text) for quote in quotes)
    return [
        quote for n, (quote, total) in enumerate(zip(quotes, lengths, strict=True)) if not n or total <= RESULTS_TEXT
    ]


async def search(asker: Asker, wanted: Wanted, services: Services) -> Json:
    """The modal with the results; never raises, and never says what went wrong inside."""
    try:
        scope = await services.scope(asker.team, asker.channel)
        where = None if wanted.passages == ANYWHERE else wanted.passages.admit
        answer = await services.answer(
            wanted.question, scope=scope, filters=wanted.filters, where=where, quotes=QUOTES_SHOWN
        )
        await count(asker, answer, services)
        return results_view(answer, filtered=wanted != Wanted(wanted.question))
    except QuestionError as error:
        return notice(TITLE, str(error))
    except Exception as error:
        return notice(TITLE, apology(error))


def _speakers(documents: Sequence[Document]) -> list[str]:
    return list(dict.fromkeys(p.speaker for d in documents for p in d.passages if p.speaker))


def _sections(documents: Sequence[Document]) -> list[str]:
    return list(dict.fromkeys(name for d in documents for p in d.passages for name in p.section))


def register(app: AsyncApp, services: Services) -> None:
    """Listen for the shortcut, the form and what is typed into its lists."""

    async def documents(body: Json) -> list[Document]:
        asker = read_asker(body)
        return await services.documents(asker.team, asker.channel)

    @app.shortcut(action_ids.SEARCH_SHORTCUT)
    async def opened(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=search_view())

    @app.options(action_ids.SEARCH_SUBMISSION)
    async def submissions(ack: AsyncAck, body: Json) -> None:
        await ack(options=submission_options(await documents(body), str(body.get("value") or "")))

    @app.options(action_ids.SEARCH_SUBMITTER)
    async def submitters(ack: AsyncAck, body: Json) -> None:
        names = [d.metadata.submitter for d in await documents(body)]
        await ack(options=options(names, str(body.get("value") or "")))

    @app.options(action_ids.SEARCH_INQUIRY)
    async def inquiries(ack: AsyncAck, body: Json) -> None:
        names = [d.metadata.inquiry for d in await documents(body)]
        await ack(options=options(names, str(body.get("value") or "")))

    @app.options(action_ids.SEARCH_SPEAKER)
    async def speakers(ack: AsyncAck, body: Json) -> None:
        names = await asyncio.to_thread(_speakers, await documents(body))
        await ack(options=options(names, str(body.get("value") or "")))

    @app.options(action_ids.SEARCH_SECTION)
    async def sections(ack: AsyncAck, body: Json) -> None:
        names = await asyncio.to_thread(_sections, await documents(body))
        await ack(options=options(names, str(body.get("value") or "")))

    @app.view(action_ids.SEARCH_FORM)
    async def searched(ack: AsyncAck, body: Json, view: Json, client: AsyncWebClient) -> None:
        try:
            wanted = read_form(view)
        except DateError as error:
            await ack(response_action="errors", errors={error.filter: str(error)})
            return
        work = search(read_asker(body), wanted, services)
        searching = asyncio.create_task(work)
        done, _ = await asyncio.wait({searching}, timeout=PATIENCE_SECONDS)
        if done:
            await ack(response_action="update", view=searching.result())
            return
        await ack(response_action="update", view=notice(TITLE, "Searching the written evidence…"))
        # Acknowledgement and call go different ways: the later one must not arrive first.
        await asyncio.sleep(SETTLE_SECONDS)
        await client.views_update(view_id=view["id"], view=await searching)
