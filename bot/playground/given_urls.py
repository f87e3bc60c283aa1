"""Addresses that the bot is given: response_urls, where to upload, where to download."""

import asyncio
import json

from aiohttp import web

from bot.playground.faults import Fault
from bot.playground.refused import Refused
from bot.playground.respond import respond
from bot.playground.world import World


class GivenUrls:
    """Answers at those addresses."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses."""
        return [
            web.post("/{kind:actions|commands|app}/{key}", self.response_url),
            web.post("/upload/{file}", self.take_upload),
            web.get("/files-pri/{file}/{name:.+}", self.give_file),
        ]

    async def response_url(self, request: web.Request) -> web.StreamResponse:
        """Take a message through a response_url; the errors are plain text, as Slack's are."""
        world = self.world
        if world.faults.is_down:
            return cut(request)
        entry = world.traffic.record("response_url", request.match_info["kind"], {})
        if fault := world.faults.take("response_url"):
            await asyncio.sleep(fault.wait)
            if fault.error:
                return faulty(fault)
        try:
            entry.payload = json.loads(await request.text())
            respond(world, world.hooks.use(request.match_info["key"]), entry.payload)
        except (ValueError, TypeError):
            world.traffic.finish(entry, "invalid_payload")
            return web.Response(text="invalid_payload", status=400)
        except Refused as refusal:
            world.traffic.finish(entry, refusal.error, refusal.more)
            return web.Response(text=refusal.error, status=404 if refusal.error.endswith("_url") else 400)
        world.traffic.finish(entry, "ok")
        return web.Response(text="ok")

    async def take_upload(self, request: web.Request) -> web.Response:
        """Take the bytes of a file announced by files.getUploadURLExternal, raw or as a form."""
        file_id = request.match_info["file"]
        if file_id not in self.world.uploads:
            return web.Response(text="unknown upload", status=404)
        if request.content_type.startswith("multipart/"):
            fields = [part for part in (await request.post()).values() if isinstance(part, web.FileField)]
            data = fields[0].file.read() if fields else b""
        else:
            data = await request.read()
        self.world.contents[file_id] = data
        return web.Response(text=f"OK - {len(data)}")

    async def give_file(self, request: web.Request) -> web.StreamResponse:
        """Give a file to a bot token with files:read; anybody else sees the sign-in page, with status 200."""
        file_id = request.match_info["file"].rpartition("-")[2]
        entry = self.world.traffic.record("file", file_id, {})
        bearer = request.headers.get("Authorization", "") == f"Bearer {self.world.keys.bot}"
        if not bearer or not self.world.app.may(frozenset({"files:read"})):
            self.world.traffic.finish(entry, "sign-in page")
            return web.Response(text="<!DOCTYPE html><title>Sign in</title>", content_type="text/html")
        if file_id not in self.world.contents:
            raise web.HTTPNotFound
        self.world.traffic.finish(entry, "ok")
        return web.Response(body=self.world.contents[file_id], content_type="application/octet-stream")


def cut(request: web.Request) -> web.StreamResponse:
    """Break the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)


def faulty(fault: Fault) -> web.Response:
    """Return the wrong answer that a fault asks for."""
    if fault.error == "server_error":
        return web.Response(text="Server Error", status=fault.status)
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    body = fault.body or json.dumps({"ok": False, "error": fault.error})
    return web.Response(text=body, status=fault.status, headers=headers, content_type="application/json")
