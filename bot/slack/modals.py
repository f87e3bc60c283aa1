"""Modals: how they are made, opened and stacked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.asker import keep_asker, read_asker
from bot.slack.kit import Json, plain, rich, section, shorten
from bot.slack.limits import VIEW_BLOCKS, VIEW_TITLE
from bot.slack.place import dump
from bot.slack.services import Services
from corpus.document import Document

View = Callable[[Sequence[Document], str], Json]
"""Makes a modal of the submissions that may be seen and a button's value."""


def modal(
    title: str, blocks: Sequence[Json], *, callback: str = "", submit: str = "", keep: Json | None = None
) -> Json:
    """A modal; `callback`, `submit` and what it should `keep` out of sight are for forms."""
    view: Json = {"type": "modal", "title": plain(shorten(title, VIEW_TITLE)), "blocks": list(blocks)[:VIEW_BLOCKS]}
    view["close"] = plain("Close" if not submit else "Cancel")
    more = {
        "callback_id": callback,
        "submit": plain(submit) if submit else None,
        "private_metadata": dump(keep) if keep else "",
    }
    return view | {name: value for name, value in more.items() if value}


def ask(block: str, label: str, element: Json, *, optional: bool = False) -> Json:
    """A field of a form."""
    return {"type": "input", "block_id": block, "label": plain(label), "element": element, "optional": optional}


def notice(title: str, text: str) -> Json:
    """A modal that only says something."""
    return modal(title, [rich(section(text))])


async def show(client: AsyncWebClient, body: Json, view: Json) -> None:
    """Open a modal, on top of the one in which a button was pressed."""
    view = keep_asker(view, read_asker(body))
    inside = body.get("view") or {}
    if inside.get("type") == "modal":
        await client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def turn_page(client: AsyncWebClient, body: Json, view: Json) -> None:
    """Replace the modal in which a button was pressed, unless it has changed since."""
    view = keep_asker(view, read_asker(body))
    await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)


async def tell(client: AsyncWebClient, respond: AsyncRespond, body: Json, title: str, text: str) -> None:
    """Say something to the one who pressed: beneath the message, or in a modal where there is none."""
    if body.get("response_url"):
        thread = body.get("container", {}).get("thread_ts")
        await respond(text=text, response_type="ephemeral", replace_original=False, thread_ts=thread)
    elif body.get("trigger_id"):
        await show(client, body, notice(title, text))


def listen(app: AsyncApp, services: Services, view: View, *, opened_by: str, turned_by: Sequence[str] = ()) -> None:
    """Open a modal about a place when its button is pressed, and turn its pages."""

    async def made(body: Json) -> Json:
        asker = read_asker(body)
        return view(await services.documents(asker.team, asker.channel), pressed(body))

    @app.action(opened_by)
    async def opened(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await show(client, body, await made(body))

    async def turned(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await turn_page(client, body, await made(body))

    for action in turned_by:
        app.action(action)(turned)


def pressed(body: Json) -> str:
    """The value of the button that was pressed."""
    value: str = body["actions"][0]["value"]
    return value
