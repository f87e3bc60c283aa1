"""The running bot: puts the parts together, serves until it is told to stop, and leaves in order."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from typing import Any

from slack_bolt.async_app import AsyncApp
from sqlalchemy.exc import SQLAlchemyError

from bot.answering import Answerer
from bot.health import Health, Metrics
from bot.held import drop_old
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.slack import (
    add,
    check,
    cite,
    commands,
    comparing,
    context,
    door,
    failures,
    home_tab,
    listeners,
    reading,
    responding,
    search_form,
    settings_modal,
    share,
    votes,
)
from bot.slack.bolt import check_tokens, introduce, make_app
from bot.slack.http import SignedHttp
from bot.slack.listeners import Intake
from bot.slack.posting import Poster
from bot.slack.receiving import received_in
from bot.slack.services import Services
from bot.slack.socket import Socket
from bot.slack.web import make_client, make_session, tidy_environment
from bot.slack.worker import Workers
from bot.state.store import open_store

# Supervisors kill after 10 s: what is under way has these seconds, then its place in the inbox is enough.
GRACE_SECONDS = 6.0
PURGE_SECONDS = 3600.0
COUNT_SECONDS = 5.0
# Everything that people press, type or open; each module has `register(app, services)`. First those for all others.
SURFACE = (
    responding, door, failures, add, check, cite, commands, comparing, context, home_tab, reading, search_form,
    settings_modal, share, votes,
)  # fmt: skip

log = logging.getLogger(__name__)


async def serve(settings: Settings, answerer: Answerer) -> None:
    """Serve Slack until SIGTERM or SIGINT.

    Raises SlackRefused, StateError or HealthError, each with one line for whoever runs the bot.
    """
    set_up_logs(settings)
    check_tokens(settings)
    tidy_environment(os.environ, settings.slack_api_url)
    told = asyncio.create_task(_told_to_stop())
    async with AsyncExitStack() as stack:
        store = open_store(settings.state, settings.data)
        stack.callback(store.close)
        stack.enter_context(store.claimed())
        client = make_client(settings, await stack.enter_async_context(make_session()))
        introducing = asyncio.create_task(introduce(client))
        first: set[asyncio.Task[Any]] = {introducing, told}
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        if told.done():
            introducing.cancel()
            return
        pool = ThreadPoolExecutor(settings.thinking, thread_name_prefix="thinking")
        stack.callback(pool.shutdown, wait=False, cancel_futures=True)
        bot_user = introducing.result().bot_user_id or ""
        services = Services(settings, answerer, store, client, Metrics(), pool, bot_user)
        bot = Bot(services, make_app(client, introducing.result(), settings))
        await bot.run(told)
    if bot.left_something:
        # Python would wait for the thread that is still searching; its question is safe in the inbox.
        logging.shutdown()
        os._exit(0)


class Bot:
    """One bot from its first connection to its last reply."""

    def __init__(self, services: Services, app: AsyncApp) -> None:
        self._services, settings = services, services.settings
        self._poster = Poster(services.client, services.store.inbox, services.metrics.retries)
        self._workers = Workers(services, self._poster)
        listeners.register(app, Intake(services, self._workers))
        for module in SURFACE:
            module.register(app, services)
        listeners.register_rest(app)
        self._line = (
            SignedHttp(app, settings.http)
            if settings.http
            else Socket(app, services.client, settings.slack_app_token, services.metrics.connections)
        )
        self._health = Health(services.metrics, alive=self._alive, ready=self._ready)
        self._working: asyncio.Task[Any] | None = None
        self.left_something = False

    async def run(self, told: asyncio.Task[str]) -> None:
        """Serve until told to stop or refused by Slack; raises what refused it."""
        if self._services.settings.health:
            await self._health.start(self._services.settings.health)
        # Beside the rest: the bot goes on when it is done.
        self._resuming = asyncio.create_task(add.resume(self._services))
        working = self._working = asyncio.create_task(self._workers.run())
        rest = {asyncio.create_task(work) for work in (self._line.run(), self._keep_house(), self._count())}
        everything: set[asyncio.Task[Any]] = {told, working, *rest}
        done, _ = await asyncio.wait(everything, return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping", extra={"why": told.result() if told.done() else "an error"})
        await self._leave(told, rest)
        for task in done - {told}:
            task.result()

    async def _leave(self, told: asyncio.Task[str], rest: set[asyncio.Task[None]]) -> None:
        """Take nothing in, then give the workers and what people pressed last the time to finish."""
        self._workers.stop()
        for task in {told, *rest}:
            task.cancel()
        await self._health.stop()
        await self._line.close()
        under_way = asyncio.all_tasks() - {asyncio.current_task(), told, *rest}
        if not under_way:
            return
        _, late = await asyncio.wait(under_way, timeout=GRACE_SECONDS)
        self.left_something = bool(late)
        if late:
            log.warning("left for the next start", extra={"waiting": self._waiting()})
            for task in late:
                task.cancel()
            await asyncio.wait(late, timeout=1.0)

    async def _keep_house(self) -> None:
        """Delete what is too old, at once and every hour."""
        while True:
            try:
                days = self._services.settings.retention_days
                removed = await asyncio.to_thread(self._services.store.purge, days)
                await asyncio.to_thread(drop_old, received_in(self._services.settings))
                log.info("deleted what is too old", extra={"rows": removed, "days": days})
            except (SQLAlchemyError, OSError):
                log.exception("could not delete what is too old")
            await asyncio.sleep(PURGE_SECONDS)

    async def _count(self) -> None:
        """Keep the gauge of waiting questions."""
        while True:
            with suppress(SQLAlchemyError):
                self._services.metrics.waiting.set(await asyncio.to_thread(self._waiting))
            await asyncio.sleep(COUNT_SECONDS)

    def _waiting(self) -> int:
        return self._services.store.inbox.waiting()

    async def _alive(self) -> str:
        return "" if self._working and not self._working.done() else "no workers"

    async def _ready(self) -> str:
        if wrong := await self._alive():
            return wrong
        if not self._line.connected:
            return "not connected to Slack"
        try:
            await asyncio.to_thread(self._waiting)
        except SQLAlchemyError:
            return "the state cannot be read"
        return ""


async def _told_to_stop() -> str:
    """The name of the first signal that asks the process to leave."""
    loop, first = asyncio.get_running_loop(), asyncio.Queue[str]()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, first.put_nowait, number.name)
    return await first.get()
