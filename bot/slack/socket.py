"""Socket Mode: one open connection to Slack at all times, each envelope handed to the Bolt app.

Why not the client of slack_sdk: it tries a used ticket again for ever, is deaf while it changes connections, and
cannot tell a refused token from a bad network.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import aiohttp
from prometheus_client import Counter
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.web import LOST, TOKEN_ERRORS, error_code, pauses, reason, retry_after, token_refused

# A connection that does not answer a ping for half of this is dead.
HEARTBEAT_SECONDS = 3.0
# Slack ends a connection within seconds of announcing it; what it still sends until then is taken.
DRAIN_SECONDS = 15.0
OPEN_SECONDS = 8.0
# Connections that end sooner are opened at growing intervals.
STEADY_SECONDS = 5.0

log = logging.getLogger(__name__)


class Socket:
    """Keeps the app connected until it is closed."""

    def __init__(self, app: AsyncApp, client: AsyncWebClient, app_token: str, connections: Counter) -> None:
        self._app, self._client, self._token, self._connections = app, client, app_token, connections
        self._session = aiohttp.ClientSession()
        self._open: set[aiohttp.ClientWebSocketResponse] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.connected = False

    async def run(self) -> None:
        """Stay connected; ends only with SlackRefused or cancellation."""
        waits = pauses()
        while True:
            try:
                connection = await self._connect()
            except (SlackApiError, ValueError, *LOST) as error:
                pause = next(waits)
                log.warning("not connected", extra={"error": reason(error), "next_try_s": pause})
                await asyncio.sleep(_wait(error) or pause)
                continue
            since = time.monotonic()
            await self._take(connection)
            if time.monotonic() - since > STEADY_SECONDS:
                waits = pauses()
            else:
                await asyncio.sleep(next(waits))

    async def close(self) -> None:
        """Take nothing more; envelopes under way are still acknowledged."""
        self.connected = False
        with suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await asyncio.gather(*(task for task in self._tasks if task.get_name() == "envelope"))
        for task in self._tasks:
            task.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await asyncio.gather(*(connection.close() for connection in self._open))
        await self._session.close()

    async def _connect(self) -> aiohttp.ClientWebSocketResponse:
        try:
            answer = await self._client.apps_connections_open(app_token=self._token)
        except SlackApiError as error:
            if error_code(error) in TOKEN_ERRORS:
                raise token_refused("SLACK_APP_TOKEN", error_code(error)) from error
            raise
        opening = self._session.ws_connect(
            str(answer["url"]), heartbeat=HEARTBEAT_SECONDS, proxy=self._client.proxy, max_msg_size=0
        )
        async with asyncio.timeout(OPEN_SECONDS):
            connection = await opening
        self._open.add(connection)
        return connection

    async def _take(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        """Take envelopes until Slack announces the connection's end; the rest of it is drained aside."""
        try:
            async for message in connection:
                if message.type is aiohttp.WSMsgType.TEXT and self._read(connection, message.data):
                    self._start(self._drain(connection), "drain")
                    return
        finally:
            self.connected = False
        self._open.discard(connection)
        log.info("connection lost")

    async def _drain(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        with suppress(TimeoutError, aiohttp.ClientError):
            async with asyncio.timeout(DRAIN_SECONDS):
                async for message in connection:
                    if message.type is aiohttp.WSMsgType.TEXT:
                        self._read(connection, message.data)
        self._open.discard(connection)
        await connection.close()

    def _read(self, connection: aiohttp.ClientWebSocketResponse, text: str) -> bool:
        """Start on one message; true when it announces the connection's end. What is no envelope is passed over."""
        try:
            message = dict(json.loads(text))
            envelope = SocketModeRequest.from_dict(message)
        except (TypeError, ValueError):
            log.warning("a frame that is no envelope")
            return False
        kind = message.get("type")
        if kind == "hello":
            self.connected = True
            self._connections.inc()
            log.info("connected to Slack")
        elif envelope:
            self._start(self._answer(connection, envelope), "envelope")
        return bool(kind == "disconnect")

    async def _answer(self, connection: aiohttp.ClientWebSocketResponse, envelope: SocketModeRequest) -> None:
        response = await run_async_bolt_app(self._app, envelope)
        if response.status != 200:
            # Not acknowledged: Slack delivers it again.
            log.error("an envelope failed", extra={"status": response.status})
            return
        ack: dict[str, Any] = {"envelope_id": envelope.envelope_id}
        if response.body:
            kind = response.headers.get("content-type", [""])[0]
            is_json = kind.startswith("application/json")
            ack["payload"] = json.loads(response.body) if is_json else {"text": response.body}
        with suppress(ConnectionError, aiohttp.ClientError):
            await connection.send_json(ack)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _wait(error: Exception) -> float | None:
    return retry_after(error) if isinstance(error, SlackApiError) else None
