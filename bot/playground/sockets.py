"""Socket Mode: envelopes, each to one of the open connections, and their acknowledgements."""

import asyncio
import contextlib
import itertools
import json
import secrets

from aiohttp import WSMsgType, web

from bot.playground.connection import Connection, Tickets
from bot.playground.courier import ACK_SECONDS, Delivery, Reply
from bot.playground.faults import Faults
from bot.playground.refused import Refused
from bot.playground.traffic import News, Traffic
from bot.playground.workspace import APP_ID, Json

# Source: https://docs.slack.dev/apis/events-api/using-socket-mode ("up to 10 open WebSocket connections").
MOST_CONNECTIONS = 10


class Sockets:
    """All connections of the app; each envelope goes to exactly one of them, in turn."""

    def __init__(self, traffic: Traffic, news: News, faults: Faults, *, ack_seconds: float = ACK_SECONDS) -> None:
        self.connections: list[Connection] = []
        self.accepted = 0
        self._traffic, self._news, self._faults, self._ack_seconds = traffic, news, faults, ack_seconds
        self.tickets = Tickets()
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self._turn = itertools.count()
        self._opened = asyncio.Event()

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection from hello to its end."""
        if self._faults.is_down or not self.tickets.use(request.query.get("ticket", "")):
            # Believed: the status of a refused handshake is not documented; what matters is that it is refused.
            raise web.HTTPForbidden(text="ticket unknown, expired or used")
        # No compression and no fragments: Slack sends each envelope as a single frame.
        socket = web.WebSocketResponse(autoping=False, compress=False, max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(self.accepted, socket, request.transport)
        self.accepted += 1
        if len(self.connections) >= MOST_CONNECTIONS:
            await connection.end("too_many_websockets")
            return socket
        await self._serve(connection)
        return socket

    async def _serve(self, connection: Connection) -> None:
        self._add(connection)
        pinging = asyncio.create_task(connection.keep_pinging())
        try:
            await connection.greet(len(self.connections))
            async for message in connection.socket:
                if message.type == WSMsgType.PING and not connection.half_dead:
                    await connection.socket.pong(message.data)
                elif message.type == WSMsgType.TEXT and not connection.half_dead:
                    self._take_ack(message.data)
        except ConnectionResetError:
            pass
        finally:
            pinging.cancel()
            self._remove(connection)

    def _add(self, connection: Connection) -> None:
        self.connections.append(connection)
        self._opened.set()
        self._tell("connection opened", connection)

    def _remove(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
            self._tell("connection closed", connection)
        if not self.open_connections():
            self._opened.clear()

    def open_connections(self) -> list[Connection]:
        """Return the connections that take envelopes; a half-dead one looks alive to Slack too."""
        return [c for c in self.connections if not c.leaving]

    async def pause(self, seconds: float) -> None:
        """Wait seconds, but while no connection is open only until one opens.

        Slack documents its retries by the clock alone. Waking at a connection is ours, so that a person who
        types before the bot is up has an answer within seconds.
        """
        if self.open_connections():
            await asyncio.sleep(seconds)
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._opened.wait(), seconds)

    async def send(self, delivery: Delivery, attempt: int, reason: str) -> Reply:
        """Send one envelope to one connection and wait for its acknowledgement."""
        if not (connections := self.open_connections()):
            return Reply("no_connection")
        connection = connections[next(self._turn) % len(connections)]
        # Believed: a retry is a new envelope around the same event_id.
        envelope_id = f"{secrets.token_hex(4)}-{secrets.token_hex(8)}"
        envelope: Json = {"envelope_id": envelope_id, "type": delivery.kind, "payload": delivery.payload,
                          "accepts_response_payload": delivery.accepts_response}  # fmt: skip
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        connection.envelopes.append(envelope_id)
        return await self._exchange(connection, envelope_id, envelope)

    async def _exchange(self, connection: Connection, envelope_id: str, envelope: Json) -> Reply:
        self._waiting[envelope_id] = asyncio.get_running_loop().create_future()
        try:
            if not connection.half_dead:
                await connection.socket.send_json(envelope)
            answer = await asyncio.wait_for(self._waiting[envelope_id], self._ack_seconds)
            return Reply("acked", answer)
        except (TimeoutError, ConnectionError):
            return Reply("timeout")
        finally:
            del self._waiting[envelope_id]

    def _take_ack(self, text: str) -> None:
        try:
            ack = json.loads(text)
        except ValueError:
            return
        future = self._waiting.get(ack.get("envelope_id", "")) if isinstance(ack, dict) else None
        if future and not future.done() and not self._faults.take_lost_ack():
            future.set_result(ack.get("payload") or None)

    async def refresh(self, *, warning_seconds: float = 0.2) -> None:
        """Announce the end of every connection, then end it, as Slack does every few hours."""
        leaving = self.open_connections()
        for connection in leaving:
            await connection.announce_end("warning")
        await asyncio.sleep(warning_seconds)
        await asyncio.gather(*(c.end("refresh_requested") for c in leaving))

    async def disable_link(self) -> None:
        """End every connection as when Socket Mode is switched off or the app is removed."""
        await asyncio.gather(*(c.end("link_disabled") for c in self.open_connections()))

    def drop(self) -> None:
        """Cut every connection without a close frame."""
        for connection in list(self.connections):
            self._remove(connection)
            connection.cut()

    def half_die(self) -> None:
        """Leave every connection open but deaf and mute, as a lost network does."""
        for connection in self.connections:
            connection.half_dead = True
            self._tell("connection half-dead", connection)

    async def close(self) -> None:
        """End every connection properly."""
        for connection in list(self.connections):
            with contextlib.suppress(Exception):
                await asyncio.wait_for(connection.socket.close(), 1.0)

    def _tell(self, what: str, connection: Connection) -> None:
        entry = self._traffic.record("socket", what, {"connection": connection.number})
        self._traffic.finish(entry, "seen")
        self._news.tell("connections", {"open": len(self.open_connections())})


def ticket_url(sockets: Sockets, faults: Faults, base: str) -> str:
    """Return the address of apps.connections.open, or refuse while the imitation is down."""
    if faults.is_down:
        raise Refused("internal_error")
    return f"{base}/link/?ticket={sockets.tickets.issue()}&app_id={APP_ID}"
