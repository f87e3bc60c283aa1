"""What went over the wire, kept for the page's side panel and for tests, and news of every change."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from bot.playground.workspace import Json

T = TypeVar("T")
Kind = Literal["call", "events_api", "interactive", "slash_commands", "response_url", "socket", "fault", "file"]


@dataclass
class Entry:
    """One exchange; `answer` and `seconds` are filled when the other side has answered."""

    number: int
    kind: Kind
    name: str
    payload: Json
    at: float = field(default_factory=time.time)
    answer: Json | None = None
    outcome: str = ""
    attempt: int = 0
    seconds: float | None = None
    token: str = ""

    def finish(self, outcome: str, answer: Json | None = None) -> None:
        """Store what came back and how long it took."""
        self.outcome, self.answer, self.seconds = outcome, answer, time.time() - self.at

    def summary(self) -> Json:
        """Return everything but the payloads, for the list in the side panel."""
        return {"number": self.number, "kind": self.kind, "name": self.name, "at": self.at,
                "outcome": self.outcome, "attempt": self.attempt, "seconds": self.seconds}  # fmt: skip


class News:
    """Tells listeners of each change; not thread-safe, everything happens on the server's loop."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[Json]] = set()

    def tell(self, kind: str, data: Json, *, only_for: list[str] | None = None) -> None:
        """Send one piece of news; `only_for` lists the people who may see it."""
        for queue in self._queues:
            # A listener that stopped reading is caught up by its next full read, never waited for.
            if queue.full():
                queue.get_nowait()
            queue.put_nowait({"kind": kind, "data": data, "only_for": only_for})

    def listen(self) -> asyncio.Queue[Json]:
        """Return a queue that receives everything told from now on."""
        queue: asyncio.Queue[Json] = asyncio.Queue(maxsize=2000)
        self._queues.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Json]) -> None:
        """Stop listening."""
        self._queues.discard(queue)

    async def until(self, probe: Callable[[], T | None], timeout: float) -> T | None:
        """Return the first value that probe gives, asked again after each change; None after timeout seconds."""
        queue = self.listen()
        try:
            async with asyncio.timeout(timeout):
                while (found := probe()) is None:
                    await queue.get()
                return found
        except TimeoutError:
            return probe()
        finally:
            self.leave(queue)


class Traffic:
    """The last exchanges, oldest first, bounded so that a long session does not grow."""

    def __init__(self, news: News, *, keep: int = 5_000) -> None:
        self.entries: deque[Entry] = deque(maxlen=keep)
        self._news = news
        self._numbers = itertools.count(1)

    def record(self, kind: Kind, name: str, payload: Json, *, attempt: int = 0) -> Entry:
        """Note the start of an exchange."""
        entry = Entry(next(self._numbers), kind, name, payload, attempt=attempt)
        self.entries.append(entry)
        self._news.tell("traffic", entry.summary())
        return entry

    def finish(self, entry: Entry, outcome: str, answer: Json | None = None) -> None:
        """Note the end of an exchange."""
        entry.finish(outcome, answer)
        self._news.tell("traffic", entry.summary())
