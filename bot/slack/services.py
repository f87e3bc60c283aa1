"""What every listener needs, put together once by bot/slack/app.py and passed to each `register(app, services)`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer
from bot.answering import Answerer, Turn
from bot.health import Metrics
from bot.settings import Settings
from bot.state.store import Store

DIRECT = "direct"
"""The word that stands for all direct messages where a setting lists channels."""


@dataclass(frozen=True)
class Services:
    """The parts of a running bot. The store's methods block: call them with `asyncio.to_thread`."""

    settings: Settings
    answerer: Answerer
    store: Store
    client: AsyncWebClient = field(repr=False)
    metrics: Metrics
    thinking: Executor = field(repr=False)
    bot_user: str

    async def answer(
        self, question: str, history: Sequence[Turn] = (), *, scope: frozenset[str] | None, quotes: int = 3
    ) -> Answer:
        """The answer, thought out beside the event loop; `scope` comes from `scope()`."""
        think = partial(self.answerer.answer, question, history, scope=scope, quotes=quotes)
        return await asyncio.get_running_loop().run_in_executor(self.thinking, think)

    async def scope(self, team: str, channel: str) -> frozenset[str] | None:
        """The submissions that a channel may see; None stands for all."""
        allowed = self.settings.submissions_of(_listed(channel))
        chosen = (await asyncio.to_thread(self.store.channels.get, team, channel)).submissions
        if allowed is None or chosen is None:
            return chosen if allowed is None else allowed
        return allowed & chosen

    def may_ask(self, team: str, channel: str, user: str) -> bool:
        """Whether a person (of workspace `team`) may ask in a channel; an empty setting admits everybody."""
        listed = self.settings
        asked = ((team, listed.teams), (_listed(channel), listed.channels), (user, listed.users))
        return all(not allowed or name in allowed for name, allowed in asked)


def _listed(channel: str) -> str:
    return DIRECT if channel.startswith("D") else channel
