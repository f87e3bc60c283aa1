"""Share a quote or a private answer with the channel, show more quotes, show the nearest passages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer, Outcome
from bot.slack import action_ids
from bot.slack.asker import kept_fields, read_asker
from bot.slack.blocks import NOT_AN_ANSWER, Message, messages, notification, quote_groups, to_messages
from bot.slack.comparing import shared_comparison
from bot.slack.kit import Json, part, rich, section, small
from bot.slack.modals import ask, modal, pressed, show
from bot.slack.place import PlaceError, dump, find_question, find_quote, load, read_places
from bot.slack.responding import Respond
from bot.slack.services import Services
from corpus.document import Document

CHANNEL = "channel"
MAY_NOT_ASK = "You may not ask in that channel, so nothing can be shared there."
MAY_NOT_SEE = "That channel may not see this submission, so it cannot be shared there."

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
    groups = quote_groups(quotes, int(load(value).get("n", 1)), among_several=len(documents) > 1)
    return messages(groups, notification(quotes[0]))


def nearest_passages(documents: Sequence[Document], value: str, who: str) -> list[Message]:
    """Passages that come near a question without answering it, marked as such."""
    quotes = [find_quote(documents, place) for place in read_places(value)]
    lead = [rich(section(part(NOT_AN_ANSWER, bold=True)))]
    return messages([lead, *quote_groups(quotes)], f"{NOT_AN_ANSWER} {notification(quotes[0])}")


PUBLIC: dict[str, Build] = {
    action_ids.SHARE_QUOTE: shared_quote,
    action_ids.SHARE_ANSWER: shared_answer,
    action_ids.SHARE_COMPARISON: shared_comparison,
}
PRIVATE: dict[str, Build] = {action_ids.MORE_QUOTES: more_quotes, action_ids.SHOW_NEAREST: nearest_passages}


def channel_form(action: str, value: str) -> Json:
    """A form that asks for the channel, where a button was pressed outside one."""
    # As fields, not as text: quoted once more they could outgrow what a modal may keep.
    keep = {"action": action, "value": load(value)}
    element = {"type": "conversations_select", "action_id": "chosen", "response_url_enabled": True}
    element["filter"] = {"include": ["public", "private"]}
    blocks = [ask(CHANNEL, "Share in which channel?", element)]
    return modal("Share", blocks, callback=action_ids.SHARE_FORM, submit="Share", keep=keep)


def register(app: AsyncApp, services: Services) -> None:
    """Listen for the buttons and the form."""
    for action in PUBLIC:
        app.action(action)(_sharing(services, action))
    for action in PRIVATE:
        app.action(action)(_showing(services, action))

    @app.view(action_ids.SHARE_FORM)
    async def chosen(ack: AsyncAck, body: Json) -> None:
        try:
            made = await _for_channel(body["response_urls"][0]["channel_id"], body, services)
        except PlaceError as error:
            await ack(response_action="errors", errors={CHANNEL: str(error)})
            return
        await ack()
        # Slack gives the right to post there to whoever chose the channel: the bot need not be a member.
        respond = Respond(response_url=body["response_urls"][0]["response_url"])
        for message in made:
            await respond(**message, response_type="in_channel")


async def _for_channel(channel: str, body: Json, services: Services) -> list[Message]:
    """What the form shares; PlaceError unless it may be seen where it comes from and where it goes."""
    asker, kept = read_asker(body), kept_fields(body["view"])
    value = dump(kept["value"])
    documents = await services.documents(asker.team, asker.channel)
    PUBLIC[kept["action"]](documents, value, _name(body))
    if not services.may_ask(asker.home, channel, asker.user):
        raise PlaceError(MAY_NOT_ASK)
    seen = {document.reference for document in await services.documents(asker.team, channel)}
    if not {place.document for place in read_places(value)} <= seen:
        raise PlaceError(MAY_NOT_SEE)
    # Made anew from what both may see: a quote names the submissions that hold copies of it.
    return PUBLIC[kept["action"]]([d for d in documents if d.reference in seen], value, _name(body))


Listener = Callable[..., Awaitable[None]]


def _sharing(services: Services, action: str) -> Listener:
    async def share(ack: AsyncAck, body: Json, client: AsyncWebClient, respond: AsyncRespond) -> None:
        await ack()
        if not body.get("channel", {}).get("id", "D").startswith("D"):
            await _post(services, PUBLIC[action], body, respond, public=True)
        else:
            await show(client, body, channel_form(action, pressed(body)))

    return share


def _showing(services: Services, action: str) -> Listener:
    async def tell(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        await ack()
        await _post(services, PRIVATE[action], body, respond, public=False)

    return tell


async def _post(services: Services, build: Build, body: Json, respond: AsyncRespond, *, public: bool) -> None:
    """Post what a button asks for: in the channel itself, or to one person in the thread of the answer."""
    thread, asker = body["container"].get("thread_ts"), read_asker(body)
    try:
        made = build(await services.documents(asker.team, asker.channel), pressed(body), _name(body))
    except PlaceError as error:
        await respond(text=str(error), response_type="ephemeral", replace_original=False, thread_ts=thread)
        return
    kind, thread = ("in_channel", None) if public else ("ephemeral", thread)
    for message in made:
        await respond(**message, response_type=kind, replace_original=False, thread_ts=thread)


def _name(body: Json) -> str:
    return str(body["user"].get("name") or "a member")
