"""The nouns of the state. Times are seconds since 1970 (UTC)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.place import Place

Places = tuple[Place, ...]
"""What was quoted, never a copy of the text."""


class Way(StrEnum):
    """How a question came in."""

    MENTION = "mention"
    DIRECT = "direct"
    FOLLOW_UP = "follow_up"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation; `ts` is the time stamp of its first message."""

    team: str
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message with a question, as Slack delivered it; `ts` is its own time stamp.

    Of an UPLOAD `text` says which files came, see bot/slack/receiving.py.
    """

    event_id: str
    thread: Thread
    ts: str
    user: str
    user_team: str
    way: Way
    text: str

    @property
    def lane(self) -> str:
        """What is answered in order: a thread, or everything in a direct message."""
        rest = "" if self.way is Way.DIRECT else f"/{self.thread.ts}"
        return f"{self.thread.team}/{self.thread.channel}{rest}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message of the inbox that is not done.

    `replies` of its replies are in Slack, the first at `reply_ts`; if `in_doubt`, perhaps one more.
    """

    id: int
    message: Message
    received_at: float
    replies: int = 0
    reply_ts: str = ""
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A question that was answered; `reply_ts` is the time stamp of the reply, "" where Slack gave none."""

    thread: Thread
    user: str
    question: str
    outcome: str
    places: Places
    reply_ts: str
    at: float
    id: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """What a person thinks of an answer; `value` is "up" or "down"."""

    team: str
    channel: str
    reply_ts: str
    user: str
    value: str
    question: str
    outcome: str
    places: Places
    at: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A question to which nothing in the corpus answered."""

    team: str
    channel: str
    user: str
    question: str
    at: float


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """What people set for a channel; `submissions` None stands for all that the channel may see."""

    submissions: frozenset[str] | None = None
    mention_only: bool = False
    private_first: bool = False
