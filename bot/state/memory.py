"""What was asked and answered: the turns of threads, votes and gaps."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, insert, select

from bot.place import Place
from bot.state.records import Gap, PastTurn, Places, Thread, Vote
from bot.state.tables import GAPS, TURNS, VOTES
from bot.turns import Turn
from corpus.document import Span

DIRECT_SECONDS = 3600.0
"""How long the last questions of a direct message stand as history for the next, which is in no thread."""
MOST_TURNS = 20


class Turns:
    """The turns of threads; methods block and are safe to call from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, turn: PastTurn) -> None:
        """Remember a turn."""
        with self._engine.begin() as database:
            add_turn(database, turn)

    def earlier(self, thread: Thread, user: str = "") -> tuple[Turn, ...]:
        """The last turns of a thread, oldest first; those of one person where a `user` is given."""
        turns = _in(thread)
        return as_history(self._read(turns.where(TURNS.c.user == user) if user else turns))

    def recent(self, team: str, channel: str) -> tuple[Turn, ...]:
        """The last hour's turns of a direct message, oldest first, whatever their threads."""
        since = time.time() - DIRECT_SECONDS
        query = select(TURNS).where(TURNS.c.team == team, TURNS.c.channel == channel, TURNS.c.at > since)
        return as_history(self._read(query))

    def in_thread(self, thread: Thread) -> bool:
        """Whether anything was answered in a thread."""
        return bool(self._read(_in(thread).limit(1)))

    def _read(self, query: Select[Any]) -> list[PastTurn]:
        with self._engine.begin() as database:
            rows = database.execute(query.order_by(TURNS.c.id.desc()).limit(MOST_TURNS)).all()
        return [_turn(row) for row in reversed(rows)]


class Feedback:
    """Votes and gaps; methods block and are safe to call from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def vote(self, vote: Vote) -> str:
        """Keep a vote in place of the person's earlier one on the same reply, whose value is returned, "" for none."""
        same = [VOTES.c[name] == getattr(vote, name) for name in ("team", "channel", "reply_ts", "user")]
        with self._engine.begin() as database:
            before = database.execute(select(VOTES.c.value).where(*same)).scalar()
            database.execute(delete(VOTES).where(*same))
            database.execute(insert(VOTES).values(_columns(vote)))
        return before or ""

    def votes(self, since: float = 0.0) -> list[Vote]:
        """The votes since a time, oldest first."""
        with self._engine.begin() as database:
            rows = database.execute(select(VOTES).where(VOTES.c.at >= since).order_by(VOTES.c.at)).all()
        return [Vote(**{**row._mapping, "places": _places(row.places)}) for row in rows]

    def add_gap(self, gap: Gap) -> None:
        """Count a question that found nothing."""
        with self._engine.begin() as database:
            add_gap(database, gap)

    def gaps(self, since: float = 0.0) -> list[Gap]:
        """The questions since a time that found nothing, oldest first."""
        columns = [column for column in GAPS.c if column.name != "id"]
        with self._engine.begin() as database:
            rows = database.execute(select(*columns).where(GAPS.c.at >= since).order_by(GAPS.c.at)).all()
        return [Gap(**row._mapping) for row in rows]


def add_turn(database: Connection, turn: PastTurn) -> None:
    """Remember a turn inside a transaction."""
    place = {"team": turn.thread.team, "channel": turn.thread.channel, "thread": turn.thread.ts}
    database.execute(insert(TURNS).values(place | _columns(turn, without=("thread", "id"))))


def add_gap(database: Connection, gap: Gap) -> None:
    """Count a question that found nothing inside a transaction."""
    database.execute(insert(GAPS).values(_columns(gap)))


def as_history(turns: Iterable[PastTurn]) -> tuple[Turn, ...]:
    """Past turns as what the next question is understood by."""
    return tuple(Turn(turn.question, turn.places) for turn in turns)


def _columns(record: PastTurn | Vote | Gap, without: tuple[str, ...] = ()) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in record.__slots__ if name not in without}
    if "places" in values:
        values["places"] = [
            [place.document, place.span.start, place.span.end, place.mark] for place in values["places"]
        ]
    return values


def _in(thread: Thread) -> Select[Any]:
    place = (TURNS.c.team == thread.team, TURNS.c.channel == thread.channel, TURNS.c.thread == thread.ts)
    return select(TURNS).where(*place)


def _turn(row: Row[Any]) -> PastTurn:
    thread = Thread(row.team, row.channel, row.thread)
    return PastTurn(thread, row.user, row.question, row.outcome, _places(row.places), row.reply_ts, row.at, row.id)


def _places(stored: list[Any]) -> Places:
    """The places as they were kept; one that an earlier version kept without a mark stands nowhere any more."""
    return tuple(Place(each[0], Span(each[1], each[2]), each[3] if len(each) > 3 else "") for each in stored)
