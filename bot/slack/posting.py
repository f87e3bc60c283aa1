"""Posts each reply once: what may or may not have reached Slack is looked up before it is posted again."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
from prometheus_client import Counter
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.web import (
    LOST,
    TOKEN_ERRORS,
    error_code,
    is_missing,
    is_temporary,
    pauses,
    reason,
    retry_after,
    token_refused,
)
from bot.state.inbox import Inbox
from bot.state.records import Waiting

# Slack stores these with a message and shows them to nobody: they say which question it answers.
EVENT_TYPE = "evidence_reply"
# Source: https://docs.slack.dev/reference/methods/chat.postMessage. The place for the reply is gone or closed.
NO_PLACE = frozenset({
    "channel_not_found", "is_archived", "not_in_channel", "message_not_found", "thread_not_found", "user_not_found",
    "user_not_in_channel", "restricted_action", "restricted_action_read_only_channel", "cannot_reply_to_message",
    "restricted_action_thread_locked", "restricted_action_thread_only_channel", "messages_tab_disabled",
})  # fmt: skip
# A call that was cut may still be carried out: what is not there after this time will not come.
SETTLE_SECONDS = 3.0

log = logging.getLogger(__name__)


class Undeliverable(Exception):
    """Slack has no place for the reply any more."""


class Rejected(Exception):
    """Slack does not take this reply's content."""


class Poster:
    """Posts the replies to a question of the inbox in its thread, in order."""

    def __init__(self, client: AsyncWebClient, inbox: Inbox, retries: Counter) -> None:
        # No retry by the library: it would post again without looking.
        self._client = AsyncWebClient(
            client.token, client.base_url, client.timeout, session=client.session, retry_handlers=[]
        )
        self._reader, self._inbox, self._retries = client, inbox, retries

    async def post(self, item: Waiting, messages: Sequence[Mapping[str, Any]], *, privately: bool = False) -> str:
        """Post what is not posted yet and return the first reply's time stamp.

        Raises Undeliverable, Rejected or SlackRefused; every other trouble is waited out.
        """
        first = item.reply_ts
        for part in range(item.replies, len(messages)):
            doubtful = item.in_doubt and part == item.replies
            ts = await self._insist(item, part, messages[part], doubtful=doubtful, privately=privately)
            first = first or ts
            await asyncio.to_thread(self._inbox.sent, item.id, part + 1, first)
        return first

    async def react(self, item: Waiting, name: str) -> None:
        """Add a reaction to the question itself; doing so twice does no harm."""
        channel, ts = item.message.thread.channel, item.message.ts
        try:
            await self._reader.reactions_add(name=name, channel=channel, timestamp=ts)
        except (SlackApiError, *LOST) as error:
            log.info("no reaction", extra={"question": item.message.event_id, "error": reason(error)})

    async def _insist(
        self, item: Waiting, part: int, message: Mapping[str, Any], *, doubtful: bool, privately: bool
    ) -> str:
        settled_at = time.monotonic() + SETTLE_SECONDS
        for pause in pauses():
            if doubtful and not privately:
                if found := await self._find(item, part):
                    return found
                doubtful = found is None or time.monotonic() < settled_at
            try:
                if not doubtful or privately:
                    await asyncio.to_thread(self._inbox.intend, item.id)
                    return await self._send(item, part, message, privately)
            except SlackApiError as error:
                _raise_if_final(error)
                doubtful, pause = retry_after(error) is None, retry_after(error) or pause
                self._note(item, error)
            except LOST as error:
                doubtful = not isinstance(error, aiohttp.ClientConnectorError)
                settled_at = time.monotonic() + SETTLE_SECONDS
                self._note(item, error)
            await asyncio.sleep(pause)
        raise AssertionError("pauses never end")

    async def _send(self, item: Waiting, part: int, message: Mapping[str, Any], privately: bool) -> str:
        thread = item.message.thread
        content = {name: message[name] for name in ("text", "blocks") if name in message}
        content |= {"channel": thread.channel, "thread_ts": thread.ts}
        if privately:
            call = {**content, "user": item.message.user}
            return str((await self._client.chat_postEphemeral(**call))["message_ts"])
        metadata = {"event_type": EVENT_TYPE, "event_payload": _mark(item, part)}
        call = {**content, "metadata": metadata, "unfurl_links": False, "unfurl_media": False}
        return str((await self._client.chat_postMessage(**call))["ts"])

    async def _find(self, item: Waiting, part: int) -> str | None:
        """The time stamp of a reply that is in Slack already, "" if it is not, None if that cannot be told yet."""
        thread, cursor = item.message.thread, ""
        try:
            while True:
                page = await self._reader.conversations_replies(
                    channel=thread.channel, ts=thread.ts, oldest=item.message.ts, limit=100,
                    cursor=cursor or None, include_all_metadata=True,
                )  # fmt: skip
                for message in page["messages"]:
                    if _payload(message) == _mark(item, part):
                        return str(message["ts"])
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return ""
        except SlackApiError as error:
            if is_temporary(error) and not is_missing(error):
                self._note(item, error)
                return None
            if error_code(error) in TOKEN_ERRORS - {"missing_scope"}:
                raise token_refused("SLACK_BOT_TOKEN", error_code(error)) from error
            # Without the right to look, or a thread to look in, a second reply is better than none.
            log.warning("cannot look for a reply", extra={"question": item.message.event_id, "error": reason(error)})
            return ""
        except LOST as error:
            self._note(item, error)
            return None

    def _note(self, item: Waiting, error: Exception) -> None:
        self._retries.inc()
        log.warning("will post again", extra={"question": item.message.event_id, "error": reason(error)})


def _raise_if_final(error: SlackApiError) -> None:
    code = error_code(error)
    if is_temporary(error):
        return
    if code in NO_PLACE:
        raise Undeliverable(code) from error
    if code in TOKEN_ERRORS:
        raise token_refused("SLACK_BOT_TOKEN", code) from error
    raise Rejected(code) from error


def _mark(item: Waiting, part: int) -> dict[str, Any]:
    return {"question": item.message.event_id, "part": part}


def _payload(message: Mapping[str, Any]) -> object:
    metadata = message.get("metadata") or {}
    return metadata.get("event_payload") if metadata.get("event_type") == EVENT_TYPE else None
