"""Starts and stops the imitation on this machine."""

import asyncio
import errno
import socket
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.playground.app_definition import read_manifest
from bot.playground.control import Control
from bot.playground.courier import ACK_SECONDS, RETRY_AFTER, Courier
from bot.playground.faults import Faults
from bot.playground.given_urls import GivenUrls
from bot.playground.signed_http import SignedHttp
from bot.playground.sockets import Sockets
from bot.playground.traffic import News, Traffic
from bot.playground.views import Views
from bot.playground.web_api import WebApi
from bot.playground.workspace import Json, Workspace
from bot.playground.world import Secrets, World
from corpus.errors import Mendable

# Tokens and an open door for files: never offered to another machine.
HOST = "127.0.0.1"
DEFAULT_PORT = 8910
MOST_BODY_BYTES = 32_000_000


class PortTaken(Mendable):
    """Another program listens on the port; the message says what to do."""


@dataclass(frozen=True)
class Pace:
    """Seconds that Slack takes; tests shorten them."""

    ack: float = ACK_SECONDS
    retry_after: tuple[float, ...] = RETRY_AFTER


class Playground:
    """A local imitation of Slack for one bot, over Socket Mode or, with a request_url, over signed HTTP.

    Not thread-safe: everything happens on the loop that called `start`.
    """

    def __init__(
        self, *, port: int = DEFAULT_PORT, manifest: Json | Path | None = None,
        request_url: str | None = None, pace: Pace | None = None,
    ) -> None:  # fmt: skip
        self.port = port
        self._pace = pace or Pace()
        self._manifest, self._request_url = manifest, request_url
        self._keys = Secrets()
        self._runner: web.AppRunner | None = None
        self.sockets: Sockets | None = None
        self.http: SignedHttp | None = None

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return what a bot process needs in its environment to talk to this imitation instead of Slack."""
        return {"SLACK_BOT_TOKEN": self._keys.bot, "SLACK_APP_TOKEN": self._keys.app,
                "SLACK_SIGNING_SECRET": self._keys.signing, "SLACK_API_URL": f"{self.url}/api/"}  # fmt: skip

    async def start(self) -> "Playground":
        """Listen; raises PortTaken."""
        web_app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=[only_this_machine])
        self._runner = web.AppRunner(web_app, access_log=None, shutdown_timeout=1.0)
        # The port is known only once it is bound, and the world's addresses hold it: bind first, route second.
        listener = _bind(self.port)
        self.port = listener.getsockname()[1]
        self._build(web_app)
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()
        return self

    def _build(self, web_app: web.Application) -> None:
        app, news, faults = read_manifest(self._manifest), News(), Faults()
        traffic = Traffic(news)
        line: Sockets | SignedHttp
        if self._request_url is None:
            line = self.sockets = Sockets(traffic, news, faults, ack_seconds=self._pace.ack)
        else:
            line = self.http = SignedHttp(self._request_url, self._keys.signing, ack_seconds=self._pace.ack)
        courier = Courier(line, traffic, faults, retry_after=self._pace.retry_after)
        self.faults = faults
        self.world = World(self.url, app, self._keys, Workspace(app.name), news, traffic, faults, courier, Views(news))
        self._control = Control(self.world, self.sockets)
        web_app.add_routes(
            [*WebApi(self.world, self.sockets).routes(), *GivenUrls(self.world).routes(), *self._control.routes()]
        )
        if self.sockets is not None:
            web_app.router.add_get("/link/", self.sockets.accept)

    async def stop(self) -> None:
        """Close every connection and free the port."""
        self._control.close()
        await self.world.courier.close()
        if self.sockets:
            await self.sockets.close()
        if self.http:
            await self.http.close()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> "Playground":
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()


async def serve(*, port: int = DEFAULT_PORT, manifest: Json | Path | None = None) -> None:
    """Serve until cancelled."""
    async with Playground(port=port, manifest=manifest):
        await asyncio.Event().wait()


def _bind(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # A port that another program listens on stays refused; one left over from a program just ended does not.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        what = "is in use by another program" if error.errno == errno.EADDRINUSE else "may not be used"
        raise PortTaken(
            f"Port {port} on {HOST} {what}. Stop that program, or choose another port with --port."
        ) from error
    return listener


@web.middleware
async def only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other host names (DNS rebinding) and other sites' scripts."""
    names = {HOST, "localhost"}
    origin = request.headers.get("Origin")
    if urlsplit(f"//{request.host}").hostname not in names:
        raise web.HTTPForbidden(text="this imitation answers to 127.0.0.1 and localhost only")
    if origin is not None and (urlsplit(origin).netloc != request.host):
        raise web.HTTPForbidden(text="only this page may ask")
    return await handler(request)
