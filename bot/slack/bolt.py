"""The Bolt app, and the first words with Slack that it needs: who are we, and are the tokens good?"""

from __future__ import annotations

import asyncio
import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from bot.slack.web import LOST, SlackRefused, error_code, is_temporary, pauses, token_refused

log = logging.getLogger(__name__)


class App(AsyncApp):
    """A Bolt app that acknowledges an event that is no object like any other that it does not want."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Dispatch as Bolt does."""
        if not isinstance(req.body.get("event", {}), dict):
            log.warning("an event that is no object")
            req.body["event"] = {"type": "unknown"}
        return await super().async_dispatch(req)


def check_tokens(settings: Settings) -> None:
    """Raise SlackRefused for a token that is missing or of another kind."""
    needed = {"SLACK_BOT_TOKEN": (settings.slack_bot_token, "xoxb-")}
    if settings.http is None:
        needed["SLACK_APP_TOKEN"] = (settings.slack_app_token, "xapp-")
    else:
        needed["SLACK_SIGNING_SECRET"] = (settings.slack_signing_secret, "")
    for variable, (value, start) in needed.items():
        if not value:
            raise SlackRefused(f"{variable} is not set; bot/slack/README.md says where Slack shows it")
        if not value.startswith(start):
            raise SlackRefused(f"{variable} does not start with {start}; is it another token of the app?")


async def introduce(client: AsyncWebClient) -> AuthorizeResult:
    """Who the bot is, waiting until Slack can be reached; SlackRefused if it does not take the token."""
    for pause in pauses():
        try:
            answer = await client.auth_test()
            facts = {name: answer.get(name) for name in ("enterprise_id", "team_id", "bot_id")}
            return AuthorizeResult(**facts, bot_user_id=answer.get("user_id"), bot_token=client.token)
        except SlackApiError as error:
            if not is_temporary(error):
                raise token_refused("SLACK_BOT_TOKEN", error_code(error)) from error
            log.warning("Slack does not answer", extra={"error": error_code(error), "next_try_s": pause})
        except LOST as error:
            log.warning("Slack cannot be reached", extra={"error": type(error).__name__, "next_try_s": pause})
        await asyncio.sleep(pause)
    raise AssertionError("pauses never end")


def make_app(client: AsyncWebClient, identity: AuthorizeResult, settings: Settings) -> AsyncApp:
    """A Bolt app that knows who it is: taking an event needs no call to Slack."""

    async def authorize() -> AuthorizeResult:
        return identity

    bare = AsyncWebClient(
        base_url=client.base_url, timeout=client.timeout, session=client.session,
        proxy=client.proxy, retry_handlers=client.retry_handlers,
    )  # fmt: skip
    return App(client=bare, authorize=authorize, signing_secret=settings.slack_signing_secret)
