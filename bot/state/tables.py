"""The tables, and the door to the database that holds them: SQLite or PostgreSQL, by URL."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from corpus.errors import Mendable

METADATA = MetaData()

INBOX = Table(
    "inbox", METADATA,
    Column("id", Integer, primary_key=True),
    Column("event_id", String(64), nullable=False, unique=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("thread", String(32), nullable=False),
    Column("lane", String(100), nullable=False, index=True),
    Column("user", String(32), nullable=False),
    Column("user_team", String(32), nullable=False),
    Column("way", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("replies", Integer, nullable=False),
    Column("reply_ts", String(32), nullable=False),
    Column("at", Float(53), nullable=False, index=True),
    UniqueConstraint("team", "channel", "ts"),
    Index("inbox_waiting", "state", "ts"),
)  # fmt: skip

TURNS = Table(
    "turns", METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("thread", String(32), nullable=False),
    Column("user", String(32), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("places", JSON, nullable=False),
    Column("reply_ts", String(32), nullable=False),
    Column("at", Float(53), nullable=False, index=True),
    Index("turns_thread", "team", "channel", "thread"),
    Index("turns_reply", "team", "channel", "reply_ts"),
)  # fmt: skip

VOTES = Table(
    "votes", METADATA,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("reply_ts", String(32), primary_key=True),
    Column("user", String(32), primary_key=True),
    Column("value", String(8), nullable=False),
    Column("question", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("places", JSON, nullable=False),
    Column("at", Float(53), nullable=False, index=True),
)  # fmt: skip

GAPS = Table(
    "gaps", METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("user", String(32), nullable=False),
    Column("question", Text, nullable=False),
    Column("at", Float(53), nullable=False, index=True),
)  # fmt: skip

CHANNELS = Table(
    "channels", METADATA,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("submissions", JSON, nullable=True),
    Column("mention_only", Boolean, nullable=False),
    Column("private_first", Boolean, nullable=False),
)  # fmt: skip


class StateError(Mendable):
    """The database cannot be used; the message says what and how to mend it, for whoever runs the bot."""


def open_database(url: str) -> Engine:
    """The database with all tables there; StateError if it cannot be opened. Safe to use from several threads."""
    try:
        target = make_url(url)
        if target.drivername in ("postgres", "postgresql"):
            target = target.set(drivername="postgresql+psycopg")
        # Parameters hold what people wrote: they stay out of error messages and so out of the log.
        engine = create_engine(target, hide_parameters=True, pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            _keep_private(engine.url.database or ":memory:")
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        METADATA.create_all(engine)
    except (ArgumentError, ImportError) as error:
        raise StateError("EVIDENCE_BOT_STATE is no database URL such as postgresql://user@host/name") from error
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise StateError(
            f"{target.render_as_string()}: cannot be opened ({reason}); see EVIDENCE_BOT_STATE and EVIDENCE_BOT_DATA"
        ) from error
    return engine


def _keep_private(database: str) -> None:
    """What people ask is for nobody else on the machine: neither the file nor those that SQLite keeps beside it."""
    if database.startswith((":memory:", "file:")):
        return
    Path(database).touch(mode=0o600)  # SQLite gives the others the mode of this one
    for path in (Path(f"{database}{ending}") for ending in ("", "-wal", "-shm", "-journal")):
        with suppress(FileNotFoundError, PermissionError):  # there is none, or it is another's, who decides
            path.chmod(0o600)


def _set_up_sqlite(connection: DBAPIConnection, _record: object) -> None:
    # The driver's own transactions begin late and so can fail when they turn from reading to writing.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=20000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
