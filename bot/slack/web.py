"""The Web API client, and what its errors mean."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from corpus.errors import Mendable

# Source: the error lists at https://docs.slack.dev/reference/methods/auth.test and apps.connections.open.
TOKEN_ERRORS = frozenset({
    "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "no_permission",
    "not_allowed_token_type", "missing_scope", "access_denied", "org_login_required", "team_access_not_granted",
    "forbidden_team", "app_not_found",
})  # fmt: skip
# Source: the error list at https://docs.slack.dev/reference/methods/chat.postMessage.
TEMPORARY_ERRORS = frozenset({
    "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout",
    "accesslimited", "team_added_to_org", "",
})  # fmt: skip
CALL_SECONDS = 10.0
LONGEST_PAUSE = 4.0
# What a call raises when nothing came back; whether it reached Slack is not known.
LOST = (aiohttp.ClientError, TimeoutError, OSError)


class SlackRefused(Mendable):
    """Slack does not take a token or the app's settings; the message says which and how to mend it."""


def make_client(settings: Settings, session: aiohttp.ClientSession) -> AsyncWebClient:
    """The client for calls that may be made twice without harm; posting is not one (see bot/slack/posting.py)."""
    handlers = [
        AsyncConnectionErrorRetryHandler(max_retry_count=2),
        AsyncRateLimitErrorRetryHandler(max_retry_count=3),
        AsyncServerErrorRetryHandler(max_retry_count=2),
    ]
    return AsyncWebClient(
        token=settings.slack_bot_token,
        base_url=settings.slack_api_url,
        session=session,
        timeout=int(CALL_SECONDS),
        retry_handlers=handlers,
    )


def make_session() -> aiohttp.ClientSession:
    """The connections that all calls share."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_SECONDS))


def tidy_environment(environment: MutableMapping[str, str], api_url: str) -> None:
    """Take out of the process environment what Slack's libraries would misread.

    A client id and secret turn Bolt to OAuth, away from the token given; a token makes it warn that it has two;
    proxies are used whatever NO_PROXY says.
    """
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"):
        environment.pop(name, None)
    host = urlsplit(api_url).hostname or ""
    if is_this_machine(host) or proxy_bypass(host):
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
            environment.pop(name, None)


def is_this_machine(host: str) -> bool:
    """Whether a host name stands for the machine itself."""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def error_code(error: SlackApiError) -> str:
    """Slack's own word for what is wrong, "" where the answer held none."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _status(error: SlackApiError) -> int:
    # Where the answer was no JSON, slack_sdk hands over the response of aiohttp, which has another name for it.
    response = error.response
    return int(getattr(response, "status_code", getattr(response, "status", 0)))


def retry_after(error: SlackApiError) -> float | None:
    """Seconds to wait before the next try where Slack says so (429)."""
    if _status(error) != 429:
        return None
    written = str(error.response.headers.get("Retry-After", ""))
    return float(written) if written.isdecimal() else 1.0


def is_temporary(error: SlackApiError) -> bool:
    """Whether the same call may well succeed later."""
    return _status(error) >= 429 or error_code(error) in TEMPORARY_ERRORS


def is_missing(error: SlackApiError) -> bool:
    """Whether there is no such method where the Web API should be: a page came back, no answer of Slack's."""
    return _status(error) in (404, 405, 501) and not error_code(error)


def reason(error: Exception) -> str:
    """What a log says of a failed call: no addresses, no texts."""
    return error_code(error) or "no answer" if isinstance(error, SlackApiError) else type(error).__name__


def pauses() -> Iterator[float]:
    """Seconds between tries, without end: 0.25, 0.5, 1, 2, 4, 4, …"""
    pause = 0.25
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)


def token_refused(variable: str, code: str) -> SlackRefused:
    """The one line that says which token Slack refuses."""
    where = {
        "SLACK_BOT_TOKEN": "copy the bot user's token (xoxb-…) from OAuth & Permissions, after installing the app",
        "SLACK_APP_TOKEN": "make an app-level token (xapp-…) with connections:write under Basic Information",
    }
    return SlackRefused(f"{variable}: Slack refuses it ({code}); {where[variable]}")
