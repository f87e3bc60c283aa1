"""The door: whoever may not ask in a place may press, type and open nothing there. Registered before all else."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import action_ids
from bot.slack.asker import read_asker
from bot.slack.kit import Json
from bot.slack.modals import notice, tell
from bot.slack.replying import NOT_ALLOWED
from bot.slack.services import Services

TITLE = "Not allowed"
ANYTHING = re.compile("")
# The gaps are for administrators, whether they may ask or not: that button looks who presses it by itself.
ANY_BUTTON = re.compile(f"^(?!{action_ids.EXPORT_GAPS}$)")


def register(app: AsyncApp, services: Services) -> None:
    """Answer in place of every other listener: of those that match, Bolt calls the one registered first."""

    async def may_not(body: Json) -> bool:
        asker = read_asker(body)
        return not services.may_ask(asker.home, asker.channel, asker.user)

    @app.command(ANYTHING, matchers=[may_not])
    @app.action(ANY_BUTTON, matchers=[may_not])
    @app.shortcut(ANYTHING, matchers=[may_not])
    async def refused(ack: AsyncAck, body: Json, client: AsyncWebClient, respond: AsyncRespond) -> None:
        await ack()
        await tell(client, respond, body, TITLE, NOT_ALLOWED)

    @app.view(ANYTHING, matchers=[may_not])
    async def refused_form(ack: AsyncAck) -> None:
        await ack(response_action="update", view=notice(TITLE, NOT_ALLOWED))

    @app.options(ANYTHING, matchers=[may_not])
    async def refused_list(ack: AsyncAck) -> None:
        await ack(options=[])
