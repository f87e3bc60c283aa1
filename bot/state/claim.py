"""One bot at a time on one state: two would answer the same waiting question."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Engine, text

from bot.state.tables import StateError

# Long enough for one that is stopping to leave (10 s).
WAIT_SECONDS = 11.0
LOCK_NUMBER = 0x65766964


@contextmanager
def claimed(engine: Engine, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the state for this process; it is free again when the process ends, however it ends.

    StateError if another holds it for longer than `wait` seconds.
    """
    holding = _hold_sqlite if engine.dialect.name == "sqlite" else _hold_postgresql
    with holding(engine, wait) as held:
        if not held:
            raise StateError(
                "another evidence-bot uses this state; stop it, or give this one its own EVIDENCE_BOT_DATA"
                " or EVIDENCE_BOT_STATE"
            )
        yield


@contextmanager
def _hold_sqlite(engine: Engine, wait: float) -> Iterator[bool]:
    # A second, empty database: its exclusive lock works on every system and dies with the process.
    lock = sqlite3.connect(f"{engine.url.database}.lock", timeout=wait, isolation_level=None)
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
            held = True
        except sqlite3.OperationalError:
            held = False
        yield held


@contextmanager
def _hold_postgresql(engine: Engine, wait: float) -> Iterator[bool]:
    # A connection that goes back to the pool keeps its lock: this one is closed for good.
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()
    with connection:
        until = time.monotonic() + wait
        query = text("SELECT pg_try_advisory_lock(:number)")
        while not (held := bool(connection.execute(query, {"number": LOCK_NUMBER}).scalar())):
            if time.monotonic() > until:
                break
            time.sleep(0.25)
        yield held
