"""The other way to the bot: HTTP requests to its request URL, signed with the signing secret."""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.playground.courier import ACK_SECONDS, Delivery, Reply
from bot.playground.workspace import Json


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return Slack's v0 signature: HMAC-SHA256 over `v0:timestamp:body`."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class SignedHttp:
    """Posts to one request URL; the session is opened at the first request."""

    def __init__(self, request_url: str, signing_secret: str, *, ack_seconds: float = ACK_SECONDS) -> None:
        self.request_url = request_url
        self._secret, self._ack_seconds = signing_secret, ack_seconds
        self._session: ClientSession | None = None

    async def pause(self, seconds: float) -> None:
        """Wait; nothing tells when the bot is back."""
        await asyncio.sleep(seconds)

    async def send(self, delivery: Delivery, attempt: int, reason: str) -> Reply:
        """Post one delivery; any 2xx within the time is an acknowledgement."""
        headers = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else {}
        content_type, body = encode(delivery)
        return await self.post(body, headers | {"Content-Type": content_type})

    async def verify_request_url(self) -> bool:
        """Send Slack's url_verification challenge and say whether the bot returned it."""
        body = json.dumps({"type": "url_verification", "token": "legacy", "challenge": "playground-challenge"})
        reply = await self.post(body.encode(), {"Content-Type": "application/json"})
        return reply.outcome == "acked" and "playground-challenge" in json.dumps(reply.body)

    async def post(self, body: bytes, headers: dict[str, str]) -> Reply:
        """Sign and post; headers given win, so that a test can send a wrong signature."""
        timestamp = str(int(time.time()))
        signed = {"X-Slack-Request-Timestamp": timestamp, "User-Agent": "Slackbot 1.0 (playground)",
                  "X-Slack-Signature": signature(self._secret, timestamp, body)} | headers  # fmt: skip
        session = self._session = self._session or ClientSession(timeout=ClientTimeout(self._ack_seconds))
        try:
            async with session.post(self.request_url, data=body, headers=signed, allow_redirects=False) as response:
                text = await response.text()
                final = response.headers.get("X-Slack-No-Retry") == "1"
        except TimeoutError:
            return Reply("http_timeout")
        except ClientError:
            return Reply("connection_failed")
        if not 200 <= response.status < 300:
            return Reply("http_error", {"status": response.status, "body": text[:500]}, final)
        return Reply("acked", _read_body(text))

    async def close(self) -> None:
        """Close the session."""
        if self._session:
            await self._session.close()


def encode(delivery: Delivery) -> tuple[str, bytes]:
    """Return content type and body: JSON for events, a form for the rest."""
    if delivery.kind == "events_api":
        return "application/json", json.dumps(delivery.payload).encode()
    fields = delivery.payload if delivery.kind == "slash_commands" else {"payload": json.dumps(delivery.payload)}
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def _read_body(text: str) -> Json | None:
    try:
        body = json.loads(text) if text.strip() else None
    except ValueError:
        # A slash command may be answered with plain text.
        return {"text": text}
    return body if isinstance(body, dict) else None
