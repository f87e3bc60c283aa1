"""Share a quote or a private answer with the channel, show more quotes, show the nearest passages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.answer import Answer, Outcome
from bot.slack import action_ids
from bot.slack.blocks import NOT_AN_ANSWER, Message, messages, notification, quote_groups, to_messages
from bot.slack.kit import Json, part, rich, section, small
from bot.slack.modals import pressed
from bot.slack.place import PlaceError, find_question, find_quote, load, read_places
from bot.slack.services import Services
from corpus.document import Document

Build = Callable[[Sequence[Document], str, str], list[Message]]


def shared_quote(documents: Sequence[Document], value: str, who: str) -> list[Message]:
    """One quote for a channel; PlaceError if it no longer stands there."""
    quote = find_quote(documents, read_places(value)[0])
    groups = quote_groups([quote], shareable=False)
    return messages([[small(f"Shared by {who}")], *groups], notification(quote))


def shared_answer(documents: Sequence[Document], value: str, who: str) -> list[Message]:
    """A private answer for a channel; PlaceError if its quotes no longer stand there."""
    fields, places = load(value), read_places(value)
    question, outcome = str(fields.get("q", "")), Outcome(fields["o"])
    lead = f"Shared by {who}. The question: {question}"
    if outcome is Outcome.NOT_ANSWERED:
        document, asked = find_question(documents, places[0])
        answer = Answer(question, outcome, 0.0, inquiry_question=asked, inquiry_document=document)
    else:
        quotes = tuple(find_quote(documents, place) for place in places)
        answer = Answer(question, outcome, 0.0, quotes=quotes)
    return to_messages(answer, lead=lead)


def more_quotes(documents: Sequence[Document], value: str, who: str) -> list[Message]:
    """The quotes of an answer that were not shown at first, numbered on."""
    quotes = [find_quote(documents, place) for place in read_places(value)]
    return messages(quote_groups(quotes, int(load(value).get("n", 1))), notification(quotes[0]))


def nearest_passages(documents: Sequence[Document], value: str, who: str) -> list[Message]:
    """Passages that come near a question without answering it, marked as such."""
    quotes = [find_quote(documents, place) for place in read_places(value)]
    lead = [rich(section(part(NOT_AN_ANSWER, bold=True)))]
    return messages([lead, *quote_groups(quotes)], f"{NOT_AN_ANSWER} {notification(quotes[0])}")


def register(app: AsyncApp, services: Services) -> None:
    """Listen for the four buttons."""
    for action, build, public in (
        (action_ids.SHARE_QUOTE, shared_quote, True),
        (action_ids.SHARE_ANSWER, shared_answer, True),
        (action_ids.MORE_QUOTES, more_quotes, False),
        (action_ids.SHOW_NEAREST, nearest_passages, False),
    ):
        app.action(action)(_listener(services, build, public))


def _listener(services: Services, build: Build, public: bool) -> Callable[..., Awaitable[None]]:
    async def pressed_button(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        await ack()
        # A public post goes to the channel itself; what only one person sees stays in the thread of the answer.
        thread = None if public else body["container"].get("thread_ts")
        kind = "in_channel" if public else "ephemeral"
        try:
            made = build(services.answerer.documents, pressed(body), body["user"].get("name", "a member"))
        except PlaceError as error:
            await respond(text=str(error), response_type="ephemeral", replace_original=False, thread_ts=thread)
            return
        for message in made:
            await respond(**message, response_type=kind, replace_original=False, thread_ts=thread)

    return pressed_button
