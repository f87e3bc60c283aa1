"""The whole state behind one door: opening, finishing a question, forgetting, and what time deletes."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import ColumnElement, Engine, Table, delete, insert, null, select, update

from bot.answer import Outcome
from bot.state.claim import WAIT_SECONDS, claimed
from bot.state.inbox import OPEN, Inbox, State, mark_posted
from bot.state.memory import Feedback, Turns, add_gap, add_turn
from bot.state.records import ChannelSettings, Gap, PastTurn, Thread
from bot.state.tables import CHANNELS, GAPS, INBOX, TURNS, VOTES, StateError, open_database

DAY = 86_400.0


class Store:
    """What the bot remembers; methods block and are safe to call from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.inbox = Inbox(engine)
        self.turns = Turns(engine)
        self.feedback = Feedback(engine)
        self.channels = Channels(engine)

    def finish(self, number: int, turn: PastTurn | None = None) -> None:
        """Mark a question of the inbox as answered and remember its turn and any gap, all or nothing.

        Of one that was forgotten meanwhile nothing is remembered.
        """
        with self._engine.begin() as database:
            if not mark_posted(database, number) or turn is None:
                return
            add_turn(database, turn)
            if turn.outcome == Outcome.NOT_FOUND:
                add_gap(database, Gap(turn.thread.team, turn.thread.channel, turn.user, turn.question, turn.at))

    def forget(self, *, user: str | None = None, thread: Thread | None = None) -> int:
        """Delete what is kept of a person or of a thread, or with neither of everybody; returns the rows.

        Of a message in the inbox its ids stay until retention ends, so that a late delivery is not answered again.
        """
        with self._engine.begin() as database:
            removed = sum(
                database.execute(delete(table).where(*_kept_of(table, user, thread))).rowcount
                for table in (VOTES, GAPS, TURNS)
            )
            kept = [*_kept_of(INBOX, user, thread), INBOX.c.user != ""]
            gone = {"text": "", "user": "", "state": State.FORGOTTEN}
            return removed + database.execute(update(INBOX).where(*kept).values(gone)).rowcount

    def purge(self, retention_days: int) -> int:
        """Delete what is older than so many days; a question that still waits stays. Returns the rows."""
        before = time.time() - retention_days * DAY
        removed = 0
        with self._engine.begin() as database:
            for table in (INBOX, TURNS, VOTES, GAPS):
                old = [table.c.at < before, *([INBOX.c.state.not_in(OPEN)] if table is INBOX else [])]
                removed += database.execute(delete(table).where(*old)).rowcount
        return removed

    def claimed(self, wait: float = WAIT_SECONDS) -> AbstractContextManager[None]:
        """Hold the state for this process; StateError if another bot does not leave it within `wait` seconds."""
        return claimed(self._engine, wait)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


class Channels:
    """What people set for a channel; methods block and are safe to call from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, team: str, channel: str) -> ChannelSettings:
        """The settings of a channel, the defaults where nobody set any."""
        with self._engine.begin() as database:
            row = database.execute(select(CHANNELS).where(*_this(team, channel))).first()
        if row is None:
            return ChannelSettings()
        chosen = None if row.submissions is None else frozenset(row.submissions)
        return ChannelSettings(chosen, row.mention_only, row.private_first)

    def set(self, team: str, channel: str, settings: ChannelSettings) -> None:
        """Keep the settings of a channel."""
        values = {
            "team": team, "channel": channel, "mention_only": settings.mention_only,
            "private_first": settings.private_first,
            "submissions": null() if settings.submissions is None else sorted(settings.submissions),
        }  # fmt: skip
        with self._engine.begin() as database:
            database.execute(delete(CHANNELS).where(*_this(team, channel)))
            database.execute(insert(CHANNELS).values(values))


def open_store(url: str, folder: Path) -> Store:
    """The state at a database URL, or with an empty one in `folder`; StateError if it cannot be opened."""
    if not url:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StateError(f"{folder}: cannot be made ({error.strerror}); see EVIDENCE_BOT_DATA") from error
        url = f"sqlite:///{folder / 'state.db'}"
    return Store(open_database(url))


def _kept_of(table: Table, user: str | None, thread: Thread | None) -> list[ColumnElement[bool]]:
    mine = [table.c.user == user] if user is not None else []
    if thread is None:
        return mine
    mine += _in_channel(table, thread)
    if table in (VOTES, GAPS):
        # These are of no thread: they are known by the turn that they are about.
        about = "reply_ts" if table is VOTES else "question"
        asked = select(TURNS.c[about]).where(*_in_channel(TURNS, thread), TURNS.c.thread == thread.ts)
        return [*mine, table.c[about].in_(asked)]
    return [*mine, table.c.thread == thread.ts]


def _in_channel(table: Table, thread: Thread) -> list[ColumnElement[bool]]:
    return [table.c.team == thread.team, table.c.channel == thread.channel]


def _this(team: str, channel: str) -> list[ColumnElement[bool]]:
    return [CHANNELS.c.team == team, CHANNELS.c.channel == channel]
