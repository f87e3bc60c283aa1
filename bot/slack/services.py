"""What every listener needs, put together once by bot/slack/app.py and passed to each `register(app, services)`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer
from bot.answering import Answerer
from bot.asking import ask
from bot.choose import Where
from bot.compare import Position, compare
from bot.health import Metrics
from bot.scope import EVERYTHING, Filters
from bot.settings import Settings
from bot.slack.asker import DIRECT
from bot.state.store import Store
from bot.turns import Turn
from corpus.document import Document


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
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        scope: frozenset[str] | None,
        filters: Filters = EVERYTHING,
        where: Where | None = None,
        quotes: int = 3,
    ) -> Answer:
        """The answer, thought out beside the event loop; `scope` comes from `scope()`."""
        think = partial(ask, self.answerer, question, history, scope=scope, filters=filters, where=where, quotes=quotes)
        return await asyncio.get_running_loop().run_in_executor(self.thinking, think)

    async def compare(self, topic: str, *, scope: frozenset[str] | None) -> list[Position]:
        """What each submitter says on a topic, thought out beside the event loop."""
        think = partial(compare, self.answerer, topic, scope=scope)
        return await asyncio.get_running_loop().run_in_executor(self.thinking, think)

    async def scope(self, team: str, channel: str) -> frozenset[str] | None:
        """The references that a channel may see: of those admitted, the ones that people chose; None stands for all."""
        admitted = self.settings.submissions_of(_listed(channel))
        chosen = (await asyncio.to_thread(self.store.channels.get, team, channel)).submissions
        if admitted is None or chosen is None:
            return chosen if admitted is None else admitted
        return admitted & chosen

    async def documents(self, team: str, channel: str) -> list[Document]:
        """The submissions that a channel may see: the only ones from which anything is shown there."""
        scope = await self.scope(team, channel)
        return [d for d in self.answerer.documents if scope is None or d.reference in scope]

    def admitted(self, channel: str) -> list[Document]:
        """The submissions among which people in a channel may choose, set by whoever runs the bot."""
        allowed = self.settings.submissions_of(_listed(channel))
        return [d for d in self.answerer.documents if allowed is None or d.reference in allowed]

    def may_ask(self, team: str, channel: str, user: str) -> bool:
        """Whether a person (of workspace `team`) may ask in a channel; an empty setting admits everybody."""
        listed = self.settings
        asked = ((team, listed.teams), (_listed(channel), listed.channels), (user, listed.users))
        return all(not allowed or name in allowed for name, allowed in asked)

    def may_set(self, channel: str, user: str) -> bool:
        """Whether a person may change a channel's settings; in the own direct message everybody may."""
        administrators = self.settings.administrators
        return not administrators or user in administrators or _listed(channel) == DIRECT


def _listed(channel: str) -> str:
    return DIRECT if channel.startswith("D") else channel
