"""Takes in messages: each is kept before Slack is told that it arrived, and answered by the workers."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.slack.incoming import read_event
from bot.slack.services import Services
from bot.slack.worker import Workers
from bot.state.records import Message, Way

BUSY = "Many questions are waiting. Yours is number {position}; the answer comes here."
MOST_NOTES = 50
# Questions in threads that are not ours, in memory alone: a mention may still come that makes its thread ours.
MOST_EARLY = 200

log = logging.getLogger(__name__)


class Intake:
    """Keeps questions in the order in which they arrive."""

    def __init__(self, services: Services, workers: Workers) -> None:
        self._services, self._workers = services, workers
        self._order = asyncio.Lock()
        self._notes: set[asyncio.Task[None]] = set()
        self._early: deque[Message] = deque(maxlen=MOST_EARLY)

    async def take(self, body: dict[str, Any]) -> None:
        """Keep the question in an event, if there is one; raises if it cannot be kept, so that it comes again."""
        message = read_event(body, self._services.bot_user)
        if message is None:
            return
        async with self._order:
            kept = await asyncio.to_thread(self._keep, message)
        for each, position in kept:
            self._tell(each, position)

    def _tell(self, message: Message, position: int) -> None:
        self._workers.wake()
        logged = self._services.settings.log_texts and message.way is not Way.UPLOAD
        text = {"text": message.text} if logged else {}
        log.info("asked", extra={"question": message.event_id, "way": message.way.value, **text})
        if position > self._services.settings.queue and len(self._notes) < MOST_NOTES:
            note = asyncio.create_task(self._tell_position(message, position))
            self._notes.add(note)
            note.add_done_callback(self._notes.discard)

    def _keep(self, message: Message) -> list[tuple[Message, int]]:
        """Keep a message and the follow-ups that came before their mention; those that are new, with their positions.

        Slack promises no order.
        """
        if message.way is Way.FOLLOW_UP and not self._is_ours(message):
            self._early.append(message)
            return []
        asked = [message]
        if message.way is Way.MENTION:
            asked += [early for early in self._early if early.lane == message.lane and early.ts > message.ts]
        received = [(each, self._receive(each)) for each in asked]
        for each in asked[1:]:
            self._early.remove(each)
        return [(each, position) for each, position in received if position is not None]

    def _is_ours(self, message: Message) -> bool:
        store = self._services.store
        return store.inbox.knows(message.lane) or store.turns.in_thread(message.thread)

    def _receive(self, message: Message) -> int | None:
        store, thread = self._services.store, message.thread
        if message.way is Way.FOLLOW_UP and store.channels.get(thread.team, thread.channel).mention_only:
            return None
        return store.inbox.receive(message)

    async def _tell_position(self, message: Message, position: int) -> None:
        thread, text = message.thread, BUSY.format(position=position)
        with suppress(Exception):
            await self._services.client.chat_postEphemeral(
                channel=thread.channel, user=message.user, thread_ts=message.thread.ts, text=text
            )


def register(app: AsyncApp, intake: Intake) -> None:
    """Listen for mentions and messages."""

    # A listener runs after Bolt's acknowledgement, a middleware before it.
    async def keep(body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> None:
        await intake.take(body)
        await next()

    for kind in ("app_mention", "message"):
        app.event(kind, middleware=[keep])(_nothing)


def register_rest(app: AsyncApp) -> None:
    """Acknowledge every event that no listener wants, else Slack sends it again; call this last."""
    app.event(re.compile(".*"))(_nothing)


async def _nothing() -> None:
    """All is done before the acknowledgement."""
