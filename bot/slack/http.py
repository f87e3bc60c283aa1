"""Signed HTTP: requests of Slack to /slack/events, for installations where Socket Mode is not wanted."""

from __future__ import annotations

import asyncio

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.health import listen
from bot.settings import Address

PATH = "/slack/events"
# Far above what Slack sends; a larger body is refused before its signature is read.
MOST_BODY_BYTES = 1_000_000


class SignedHttp:
    """Takes requests until it is closed; Bolt checks their signatures and their age (5 minutes)."""

    def __init__(self, app: AsyncApp, address: Address) -> None:
        self._app, self._address = app, address
        self._runner: web.AppRunner | None = None

    @property
    def connected(self) -> bool:
        """Whether requests are taken."""
        return self._runner is not None

    async def run(self) -> None:
        """Take requests; HealthError if the address cannot be listened on."""
        site = web.Application(client_max_size=MOST_BODY_BYTES)
        site.router.add_post(PATH, self._answer)
        self._runner = await listen(site, self._address, "EVIDENCE_BOT_HTTP")
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Take nothing more."""
        runner, self._runner = self._runner, None
        if runner:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        response = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(response)
