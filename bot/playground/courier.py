"""Hands events and interactions to the bot and follows each until it is acknowledged or given up."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.playground.faults import Faults
from bot.playground.traffic import Traffic
from bot.playground.workspace import Json

DeliveryKind = Literal["events_api", "interactive", "slash_commands"]

# Seconds to wait for an acknowledgement, and before the retries 1, 2 and 3.
# Source: https://docs.slack.dev/apis/events-api ("within three seconds"; nearly immediately, 1 and 5 minutes).
ACK_SECONDS = 3.0
RETRY_AFTER = (0.0, 60.0, 300.0)


@dataclass
class Delivery:
    """One thing on its way to the bot; `attempts` lists how each try ended."""

    kind: DeliveryKind
    name: str
    payload: Json
    accepts_response: bool = False
    attempts: list[str] = field(default_factory=list)

    @property
    def acked(self) -> bool:
        """Whether the bot has acknowledged it."""
        return "acked" in self.attempts


@dataclass(frozen=True)
class Reply:
    """How one attempt ended: `outcome` is `acked` or the reason that the next attempt states."""

    outcome: str
    body: Json | None = None
    final: bool = False


class Line(Protocol):
    """A way to the bot: Socket Mode or signed HTTP."""

    async def send(self, delivery: Delivery, attempt: int, reason: str) -> Reply:
        """Try once and wait for the acknowledgement."""

    async def pause(self, seconds: float) -> None:
        """Wait before the next attempt."""


class Courier:
    """Delivers over one line; events are retried, interactions are not."""

    def __init__(
        self, line: Line, traffic: Traffic, faults: Faults, *, retry_after: tuple[float, ...] = RETRY_AFTER
    ) -> None:
        self.line = line
        self.deliveries: list[Delivery] = []
        self._traffic, self._faults, self._retry_after = traffic, faults, retry_after
        self._tasks: set[asyncio.Task[Any]] = set()

    def send_event(self, name: str, payload: Json) -> Delivery:
        """Deliver an event in the background, with Slack's retries."""
        delivery = Delivery("events_api", name, payload)
        self.deliveries.append(delivery)
        # Old ones are only looked at by tests; a long session must not grow.
        del self.deliveries[:-5000]
        self._start(self._insist(delivery))
        return delivery

    async def send_interaction(self, delivery: Delivery) -> Reply:
        """Deliver once: Slack shows people an error instead of trying again."""
        return await self._attempt(delivery, 0, "")

    async def close(self) -> None:
        """Give up on everything still under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _insist(self, delivery: Delivery) -> None:
        reason = ""
        for attempt, wait in enumerate((0.0, *self._retry_after)):
            await self.line.pause(wait)
            reply = await self._attempt(delivery, attempt, reason)
            if delivery.acked or reply.final:
                break
            reason = reply.outcome
        if delivery.acked and self._faults.take_duplicate():
            await self._attempt(delivery, 1, "timeout")

    async def _attempt(self, delivery: Delivery, attempt: int, reason: str) -> Reply:
        entry = self._traffic.record(delivery.kind, delivery.name, delivery.payload, attempt=attempt)
        reply = await self.line.send(delivery, attempt, reason)
        delivery.attempts.append(reply.outcome)
        self._traffic.finish(entry, reply.outcome, reply.body)
        return reply
