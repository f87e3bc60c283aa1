"""Modals: how they are made, opened and stacked."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.kit import Json, plain, rich, section, shorten
from bot.slack.limits import VIEW_BLOCKS, VIEW_TITLE


def modal(title: str, blocks: Sequence[Json], *, callback: str = "", submit: str = "", metadata: str = "") -> Json:
    """A modal; `callback`, `submit` and `metadata` are for forms."""
    view: Json = {"type": "modal", "title": plain(shorten(title, VIEW_TITLE)), "blocks": list(blocks)[:VIEW_BLOCKS]}
    view["close"] = plain("Close" if not submit else "Cancel")
    more = {"callback_id": callback, "submit": plain(submit) if submit else None, "private_metadata": metadata}
    return view | {name: value for name, value in more.items() if value}


def notice(title: str, text: str) -> Json:
    """A modal that only says something."""
    return modal(title, [rich(section(text))])


async def show(client: AsyncWebClient, body: Json, view: Json) -> None:
    """Open a modal, on top of the one in which a button was pressed."""
    inside = body.get("view") or {}
    if inside.get("type") == "modal":
        await client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def turn_page(client: AsyncWebClient, body: Json, view: Json) -> None:
    """Replace the modal in which a button was pressed, unless it has changed since."""
    await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)


def pressed(body: Json) -> str:
    """The value of the button that was pressed."""
    value: str = body["actions"][0]["value"]
    return value
