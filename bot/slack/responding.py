"""Replies through the address that Slack sends with a press or a command: one that is lost is an error, never silence.

Bolt gives the status back and raises nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.webhook import WebhookResponse

from bot.slack.services import Services

WAITS = (1.0, 3.0)  # seconds before it is tried again, where Slack names none
_BUSY, _FAILING = 429, 500


class ReplyLostError(Exception):
    """Slack did not take a reply; the message has its status and reason."""


class Respond(AsyncRespond):
    """Sends a reply, again where Slack is busy or failing; ReplyLostError if it is not taken."""

    async def __call__(self, *args: Any, **kwargs: Any) -> WebhookResponse:  # noqa: ANN401  (as AsyncRespond)
        """Send as `AsyncRespond` does."""
        for wait in (*WAITS, None):
            try:
                response = await super().__call__(*args, **kwargs)
            except aiohttp.ClientConnectorError:  # nothing was sent
                if wait is None:
                    raise
                await asyncio.sleep(wait)
                continue
            if response.status_code < 300:
                return response
            if wait is None or not (response.status_code == _BUSY or response.status_code >= _FAILING):
                break
            named = response.headers.get("Retry-After", "")
            await asyncio.sleep(float(named) if named.isdecimal() else wait)
        raise ReplyLostError(f"Slack answered {response.status_code} to a reply: {response.body[:200]}")


def register(app: AsyncApp, _services: Services) -> None:
    """Give every listener a `respond` that tells what is lost."""

    @app.middleware
    async def checked(context: AsyncBoltContext, next: Callable[[], Awaitable[None]]) -> None:
        client = context.client
        context["respond"] = Respond(response_url=context.response_url, proxy=client.proxy, ssl=client.ssl)
        await next()
