"""Answers what waits in the inbox: several lanes (threads) at the same time, each in order."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress

from bot.slack.posting import Poster, Rejected, Undeliverable
from bot.slack.replying import Reply, failed, reply_to
from bot.slack.services import Services
from bot.slack.web import SlackRefused
from bot.smalltalk import small_talk
from bot.state.records import Waiting, Way

STATUS = "is searching the written evidence…"
STATUS_SECONDS = 2.0
# The database is away: seconds until it is asked again.
STATE_PAUSE = 1.0

log = logging.getLogger(__name__)


class Workers:
    """A fixed number of workers over the inbox; what waits lies in the database, not in memory."""

    def __init__(self, services: Services, poster: Poster) -> None:
        self._services, self._poster = services, poster
        self._bell, self._picking = asyncio.Event(), asyncio.Lock()
        self._busy: set[str] = set()
        self._stopping = False

    def wake(self) -> None:
        """Look into the inbox: something arrived."""
        self._bell.set()

    async def run(self) -> None:
        """Answer until `stop`; ends early only with SlackRefused."""
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._services.settings.workers):
                    group.create_task(self._work())
        except ExceptionGroup as refused:
            raise refused.exceptions[0] from None

    def stop(self) -> None:
        """Begin nothing more; `run` ends when what is under way is done."""
        self._stopping = True
        self.wake()

    async def _work(self) -> None:
        while (item := await self._pick()) is not None:
            try:
                await self._answer(item)
            except SlackRefused:
                raise
            except Exception:
                # Only the state itself can fail here; the question stays in the inbox and is tried again.
                log.exception("the state cannot be written", extra={"question": item.message.event_id})
                await asyncio.sleep(STATE_PAUSE)
            finally:
                self._busy.discard(item.message.lane)
                self.wake()

    async def _pick(self) -> Waiting | None:
        async with self._picking:
            while not self._stopping:
                self._bell.clear()
                try:
                    item = await asyncio.to_thread(self._services.store.inbox.next, frozenset(self._busy))
                except Exception:
                    log.exception("the state cannot be read")
                    await asyncio.sleep(STATE_PAUSE)
                    continue
                if item:
                    self._busy.add(item.message.lane)
                    return item
                await self._bell.wait()
        return None

    async def _answer(self, item: Waiting) -> None:
        status = asyncio.create_task(self._show_status(item))
        reply = await reply_to(item, self._services)
        await status
        try:
            reply = await self._post(item, reply)
        except (Undeliverable, Rejected) as error:  # Rejected: not even the sentence that it failed
            await asyncio.to_thread(self._services.store.inbox.give_up, item.id)
            log.warning("undeliverable", extra={"question": item.message.event_id, "error": str(error)})
            return
        await asyncio.to_thread(self._services.store.finish, item.id, reply.turn)
        seconds = time.time() - item.received_at
        self._services.metrics.questions.labels(reply.outcome).inc()
        self._services.metrics.reply_seconds.observe(seconds)
        facts = {"question": item.message.event_id, "outcome": reply.outcome, "seconds": round(seconds, 2)}
        log.info("replied", extra=facts)

    async def _post(self, item: Waiting, reply: Reply) -> Reply:
        if reply.reaction:
            await self._poster.react(item, reply.reaction)
        try:
            ts = await self._poster.post(item, reply.messages, privately=reply.privately)
        except Rejected as error:
            reply = failed(item, error)
            ts = await self._poster.post(item, reply.messages)
        return reply.at(ts)

    async def _show_status(self, item: Waiting) -> None:
        """Say that work is under way, where Slack has a place for that; it does not matter if it fails.

        Only a message takes it away again, and small talk may get none.
        """
        if item.message.way is not Way.DIRECT or small_talk(item.message.text):
            return
        thread = item.message.thread
        with suppress(Exception):
            async with asyncio.timeout(STATUS_SECONDS):
                await self._services.client.assistant_threads_setStatus(
                    channel_id=thread.channel, thread_ts=thread.ts, status=STATUS
                )
