"""The HTTP side that the bot talks to: /api/METHOD."""

import asyncio
import json
import secrets

from aiohttp import web

from bot.playground import chat_methods, file_methods, reading_methods, view_methods
from bot.playground.chat_methods import Method
from bot.playground.given_urls import cut, faulty
from bot.playground.refused import Refused
from bot.playground.sockets import Sockets, ticket_url
from bot.playground.traffic import Entry
from bot.playground.workspace import Json
from bot.playground.world import World

METHODS: dict[str, Method] = (
    chat_methods.METHODS | file_methods.METHODS | reading_methods.METHODS | view_methods.METHODS
)
# One of these scopes is enough; a method not listed needs none. Source: each method's page.
SCOPES = {
    "chat.postMessage": {"chat:write"}, "chat.postEphemeral": {"chat:write"}, "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"}, "reactions.add": {"reactions:write"}, "reactions.remove": {"reactions:write"},
    "conversations.info": {"channels:read", "groups:read", "im:read"},
    "conversations.list": {"channels:read", "groups:read", "im:read"},
    "conversations.members": {"channels:read", "groups:read", "im:read"},
    "users.conversations": {"channels:read", "groups:read", "im:read"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "conversations.open": {"im:write"}, "conversations.join": {"channels:join"},
    "users.info": {"users:read"}, "users.list": {"users:read"}, "bots.info": {"users:read"},
    "team.info": {"team:read"}, "files.info": {"files:read"}, "files.getUploadURLExternal": {"files:write"},
    "files.completeUploadExternal": {"files:write"},
    "assistant.threads.setStatus": {"assistant:write", "chat:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write", "chat:write"},
    "assistant.threads.setTitle": {"assistant:write", "chat:write"},
}  # fmt: skip
# Arguments that arrive as JSON text when the body is a form.
STRUCTURED = {"blocks", "attachments", "view", "metadata", "prompts", "files", "loading_messages"}
# Without a token these answer too.
OPEN_METHODS = {"api.test"}


class WebApi:
    """Answers the bot's calls."""

    def __init__(self, world: World, sockets: Sockets | None) -> None:
        self.world, self.sockets = world, sockets

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses that the bot uses."""
        return [
            web.route("*", "/api/{method}", self.call),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one Web API call, faults first."""
        method = request.match_info["method"]
        world = self.world
        if world.faults.is_down:
            return cut(request)
        token, args = await read_call(request)
        entry = world.traffic.record("call", method, args)
        entry.token = token_kind(token)
        if fault := world.faults.take(method):
            await asyncio.sleep(fault.wait)
            if fault.error:
                world.traffic.finish(entry, f"{fault.status} {fault.error}")
                return faulty(fault)
        return await self._answer(method, token, args, entry)

    async def _answer(self, method: str, token: str, args: Json, entry: Entry) -> web.Response:
        try:
            answer = {"ok": True, **await self._run(method, token, args)}
            outcome = "ok"
        except Refused as refusal:
            answer = {"ok": False, "error": refusal.error, **refusal.more}
            outcome = refusal.error
        self.world.traffic.finish(entry, outcome, _hide_ticket(answer))
        return web.json_response(answer, headers={"X-Slack-Req-Id": secrets.token_hex(8)})

    async def _run(self, method: str, token: str, args: Json) -> Json:
        if method == "apps.connections.open":
            self._check(token, "app")
            if self.sockets is None:
                # Believed: the error for an app without Socket Mode is documented only as a general refusal.
                raise Refused("access_denied")
            return {"url": ticket_url(self.sockets, self.world.faults, self.world.base.replace("http", "ws", 1))}
        if method not in METHODS:
            raise Refused("unknown_method", req_method=method)
        if method not in OPEN_METHODS:
            self._check(token, "bot")
        needed = frozenset(SCOPES.get(method, ()))
        if not self.world.app.may(needed):
            provided = ",".join(sorted(self.world.app.scopes or ()))
            raise Refused("missing_scope", needed=",".join(sorted(needed)), provided=provided)
        return await METHODS[method](self.world, args)

    def _check(self, token: str, kind: str) -> None:
        keys = self.world.keys
        if not token:
            raise Refused("not_authed")
        if token not in (keys.bot, keys.app):
            raise Refused("invalid_auth")
        if (token == keys.app) != (kind == "app"):
            raise Refused("not_allowed_token_type")
        if error := self.world.faults.refused.get(kind):
            raise Refused(error)


async def read_call(request: web.Request) -> tuple[str, Json]:
    """Return the token and the arguments of a call from header, query, form or JSON body."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            body = {}
        args |= body if isinstance(body, dict) else {}
    elif request.can_read_body:
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    args = {name: _structured(value) if name in STRUCTURED else value for name, value in args.items()}
    in_body = str(args.pop("token", ""))
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    # apps.connections.open takes its token from the header only, as documented on its page.
    allowed = "" if request.match_info["method"] == "apps.connections.open" else in_body
    return (bearer.strip() if scheme.lower() == "bearer" else allowed), args


def _structured(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def token_kind(token: str) -> str:
    """Return the kind of a token for the traffic list; the token itself is not kept."""
    return token.partition("-")[0] if token else "none"


def _hide_ticket(answer: Json) -> Json:
    return answer | {"url": "(a ticket)"} if "ticket=" in str(answer.get("url", "")) else answer
