"""One socket of Socket Mode, and the tickets that open one."""

import asyncio
import contextlib
import secrets
import time
from dataclasses import dataclass, field

from aiohttp import web

from bot.playground.workspace import APP_ID, Json

# Believed: no document states how long a ticket lives; Slack's SDKs use it at once.
TICKET_SECONDS = 30.0
PING_SECONDS = 10.0


class Tickets:
    """Tickets given out and not yet used."""

    def __init__(self) -> None:
        self._expiry: dict[str, float] = {}

    def issue(self) -> str:
        """Return a ticket that opens one connection, once."""
        ticket = secrets.token_urlsafe(24)
        self._expiry[ticket] = time.monotonic() + TICKET_SECONDS
        return ticket

    def use(self, ticket: str) -> bool:
        """Whether the ticket was good; it is not afterwards."""
        return self._expiry.pop(ticket, 0.0) > time.monotonic()


@dataclass(eq=False)
class Connection:
    """One open socket; `half_dead` is open but neither reads nor writes, `leaving` gets no new envelopes."""

    number: int
    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    half_dead: bool = False
    leaving: bool = False
    envelopes: list[str] = field(default_factory=list)

    async def greet(self, connections: int) -> None:
        """Send hello."""
        debug = {"host": "playground", "approximate_connection_time": 18060}
        hello: Json = {"type": "hello", "num_connections": connections, "connection_info": {"app_id": APP_ID}}
        await self.socket.send_json(hello | {"debug_info": debug})

    async def announce_end(self, reason: str) -> None:
        """Send a disconnect message: `warning`, `refresh_requested`, `link_disabled` or `too_many_websockets`."""
        await self.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}})

    async def end(self, reason: str) -> None:
        """Announce the end, leave the client a moment to close by itself, as Slack does, then close."""
        self.leaving = True
        with contextlib.suppress(ConnectionError):
            await self.announce_end(reason)
            await asyncio.sleep(1.0)
            await self.socket.close()

    def cut(self) -> None:
        """Break off without a close frame."""
        if self.transport is not None:
            self.transport.abort()

    async def keep_pinging(self) -> None:
        """Send pings with a payload, as Slack does, until cancelled."""
        while True:
            await asyncio.sleep(PING_SECONDS)
            if not self.half_dead:
                with contextlib.suppress(ConnectionError):
                    await self.socket.ping(b"Ping from the playground")
