"""Questions from their arrival until they are answered: each is kept before Slack is told that it arrived."""

from __future__ import annotations

import time
from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Engine, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.state.records import Message, Thread, Waiting, Way
from bot.state.tables import INBOX


class State(StrEnum):
    """Where a question stands. `posting`: a reply was on its way to Slack when we last knew."""

    RECEIVED = "received"
    POSTING = "posting"
    POSTED = "posted"
    UNDELIVERABLE = "undeliverable"
    FORGOTTEN = "forgotten"


OPEN = (State.RECEIVED, State.POSTING)


class Inbox:
    """The questions received; methods block and are safe to call from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def receive(self, message: Message) -> int | None:
        """Keep a message: its position among those waiting, from 1, or None if it is known already."""
        values = {
            "event_id": message.event_id, "team": message.thread.team, "channel": message.thread.channel,
            "ts": message.ts, "thread": message.thread.ts, "lane": message.lane, "user": message.user,
            "user_team": message.user_team, "way": message.way.value, "text": message.text,
            "state": State.RECEIVED, "replies": 0, "reply_ts": "", "at": time.time(),
        }  # fmt: skip
        try:
            with self._engine.begin() as database:
                database.execute(insert(INBOX).values(values))
                return _count_waiting(database)
        except IntegrityError:
            return None

    def next(self, busy: Collection[str]) -> Waiting | None:
        """The oldest message that waits in none of the lanes in `busy`."""
        query = select(INBOX).where(INBOX.c.state.in_(OPEN), INBOX.c.lane.not_in(busy))
        with self._engine.begin() as database:
            row = database.execute(query.order_by(INBOX.c.ts, INBOX.c.id).limit(1)).first()
        return _waiting(row) if row else None

    def thread(self, channel: str, ts: str) -> Thread | None:
        """The thread that begins at `ts` in a channel, whatever its workspace, if a question came from it."""
        query = select(INBOX.c.team).where(INBOX.c.channel == channel, INBOX.c.thread == ts).limit(1)
        with self._engine.begin() as database:
            team = database.execute(query).scalar()
        return None if team is None else Thread(team, channel, ts)

    def intend(self, number: int) -> None:
        """Note that a reply is about to be posted: from here on it is in doubt until `sent`."""
        self._change(number, state=State.POSTING)

    def sent(self, number: int, replies: int, reply_ts: str) -> None:
        """Note that so many replies are posted; `reply_ts` is the first one's time stamp."""
        self._change(number, state=State.RECEIVED, replies=replies, reply_ts=reply_ts)

    def give_up(self, number: int) -> None:
        """Note that Slack takes no reply to it; its text is deleted."""
        self._change(number, state=State.UNDELIVERABLE, text="")

    def waiting(self) -> int:
        """How many messages are not answered yet."""
        with self._engine.begin() as database:
            return _count_waiting(database)

    def knows(self, lane: str) -> bool:
        """Whether a question of this lane was ever received."""
        with self._engine.begin() as database:
            return database.execute(select(INBOX.c.id).where(INBOX.c.lane == lane).limit(1)).first() is not None

    def _change(self, number: int, **values: object) -> None:
        with self._engine.begin() as database:
            database.execute(update(INBOX).where(*_still_open(number)).values(values))


def mark_posted(database: Connection, number: int) -> bool:
    """Mark a question as answered inside a transaction, unless it was forgotten meanwhile; whether it was marked.

    Its text is deleted, its ids stay to tell it again.
    """
    marked = database.execute(update(INBOX).where(*_still_open(number)).values(state=State.POSTED, text=""))
    return bool(marked.rowcount)


def _still_open(number: int) -> tuple[ColumnElement[bool], ...]:
    """What was forgotten while it was being answered stays forgotten."""
    return INBOX.c.id == number, INBOX.c.state.in_(OPEN)


def _count_waiting(database: Connection) -> int:
    query = select(func.count()).select_from(INBOX).where(INBOX.c.state.in_(OPEN))
    return int(database.execute(query).scalar_one())


def _waiting(row: Row[tuple[object, ...]]) -> Waiting:
    thread = Thread(row.team, row.channel, row.thread)
    message = Message(row.event_id, thread, row.ts, row.user, row.user_team, Way(row.way), row.text)
    return Waiting(row.id, message, row.at, row.replies, row.reply_ts, row.state == State.POSTING)
