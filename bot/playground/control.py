"""The page and what it uses: the state as one person sees it, live news, what people do, faults."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.playground import forms, interactions, people
from bot.playground.refused import Refused
from bot.playground.snapshot import snapshot
from bot.playground.sockets import Sockets
from bot.playground.workspace import Channel, Json, Message, Person
from bot.playground.world import World

PAGE = Path(__file__).parent / "page"
# No script, style or picture from anywhere else, and no inline script.
POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
ACTS: dict[str, Callable[..., Awaitable[Any]]] = {
    act.__name__: act
    for act in (
        people.say, people.edit, people.delete, people.dismiss, people.toggle_reaction, people.share_file,
        people.invite, people.open_tab, interactions.press, interactions.suggest, forms.submit,
        forms.close, interactions.command, interactions.shortcut,
    )
}  # fmt: skip
FAULTS = (
    "rate_limit",
    "server_error",
    "error",
    "slow",
    "refuse_token",
    "down",
    "up",
    "duplicate",
    "lose_acks",
    "clear",
)
SOCKET_FAULTS = ("refresh", "drop", "half_die", "disable_link")
NEWS_SECONDS = 15.0


class Control:
    """Serves the page; only to this machine, and only to its own scripts."""

    def __init__(self, world: World, sockets: Sockets | None) -> None:
        self.world, self.sockets = world, sockets
        self._closing = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses that the page uses."""
        return [
            web.get("/", self.page),
            web.get("/archives/{rest:.*}", self.page),
            web.get("/page/{name}", self.asset),
            web.get("/control/state", self.state),
            web.get("/control/news", self.news),
            web.get("/control/traffic/{number}", self.traffic),
            web.get("/control/file/{file}", self.file),
            web.post("/control/act/{name}", self.act),
            web.post("/control/fault/{name}", self.fault),
        ]

    def close(self) -> None:
        """End the live news so that the server can stop."""
        self._closing.set()

    async def page(self, request: web.Request) -> web.Response:
        """Serve the page itself, also under the permalinks that it gives out."""
        return _file("index.html")

    async def asset(self, request: web.Request) -> web.Response:
        """Serve one of the page's own files."""
        if request.match_info["name"] not in {file.name for file in PAGE.iterdir()}:
            raise web.HTTPNotFound
        return _file(request.match_info["name"])

    async def state(self, request: web.Request) -> web.Response:
        """Return everything that one person sees now."""
        return web.json_response(snapshot(self.world, self._person(request), self.sockets))

    async def news(self, request: web.Request) -> web.StreamResponse:
        """Stream each change that this person sees, as server-sent events."""
        person = self._person(request)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        queue = self.world.news.listen()
        try:
            while not self._closing.is_set():
                await response.write(await self._next_news(queue, person.id))
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self.world.news.leave(queue)
        return response

    async def _next_news(self, queue: asyncio.Queue[Json], person: str) -> bytes:
        waiting = {asyncio.ensure_future(queue.get()), asyncio.ensure_future(self._closing.wait())}
        done, pending = await asyncio.wait(waiting, timeout=NEWS_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        for task in done:
            item = task.result()
            if isinstance(item, dict) and person in (item["only_for"] or [person]):
                data = json.dumps({"kind": item["kind"], "data": item["data"]})
                return f"data: {data}\n\n".encode()
        return b": still here\n\n"

    async def traffic(self, request: web.Request) -> web.Response:
        """Return one exchange with its payloads."""
        number = request.match_info["number"]
        for entry in self.world.traffic.entries:
            if str(entry.number) == number:
                return web.json_response(entry.summary() | {"payload": entry.payload, "answer": entry.answer})
        raise web.HTTPNotFound

    async def file(self, request: web.Request) -> web.Response:
        """Give a shared file to the person at the page, to be saved and never shown as a page of this address."""
        data = self.world.contents.get(request.match_info["file"])
        if data is None:
            raise web.HTTPNotFound
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=data, content_type="application/octet-stream", headers=headers)

    async def act(self, request: web.Request) -> web.Response:
        """Let a person do something; what cannot be done is answered as a `problem` to show."""
        act = ACTS.get(request.match_info["name"])
        if act is None:
            raise web.HTTPNotFound
        try:
            result = await act(self.world, **await request.json())
        except Refused as refusal:
            return web.json_response({"problem": refusal.error})
        except (TypeError, ValueError, KeyError) as error:
            return web.json_response({"problem": f"not understood: {error}"}, status=400)
        return web.json_response(result.as_json() if isinstance(result, Message | Channel) else result or {})

    async def fault(self, request: web.Request) -> web.Response:
        """Do something wrong on purpose."""
        name, args = request.match_info["name"], await request.json()
        try:
            await cause(self.world, self.sockets, name, args)
        except (KeyError, TypeError) as error:
            return web.json_response({"problem": f"not understood: {error}"}, status=400)
        entry = self.world.traffic.record("fault", name, args)
        self.world.traffic.finish(entry, "in force")
        return web.json_response({})

    def _person(self, request: web.Request) -> Person:
        try:
            return people.person_named(self.world, request.query.get("as", "ada"))
        except Refused as refusal:
            raise web.HTTPNotFound(text=refusal.error) from refusal


async def cause(world: World, sockets: Sockets | None, name: str, args: Json) -> None:
    """Cause one fault by name."""
    if name in SOCKET_FAULTS and sockets is not None:
        result = getattr(sockets, name)(**args)
        if asyncio.iscoroutine(result):
            await result
    elif name in FAULTS:
        getattr(world.faults, name)(**args)
        if name == "down" and sockets is not None:
            sockets.drop()
    else:
        raise KeyError(name)


def _file(name: str) -> web.Response:
    types = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    kind = types[name.rpartition(".")[2]]
    body = (PAGE / name).read_bytes()
    return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)
