"""Bringing a store's schema up to date: everything in `migrations/`, in one transaction, by one process at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from microblog.db import postgres_driver, sqlite_driver, tables
from microblog.db.locks import WriteTurn
from microblog.db.urls import parse
from microblog.paths import migrations_dir

LOCK = 0x6D6963726F626C6F
"""The advisory lock under which PostgreSQL is migrated ("microblo" in ASCII)."""


def migrate(url: str, data: Path) -> None:
    """Apply what is missing, all of it or nothing. Does nothing on a store that is up to date.

    `url` and `data` as for `open_database`; the folder is made where it is missing. Raises SQLAlchemy's errors where the
    store can not be reached.
    """
    with connected(url, data) as connection:
        upgrade(connection)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Apply the migrations up to `to` in the transaction that the connection is in."""
    tables.load()
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


@contextmanager
def connected(url: str, data: Path) -> Iterator[Connection]:
    """A connection inside a transaction that no other migration shares, committed at the end of the block.

    BEGIN is said by hand: the drivers begin nothing before DDL, and a migration that fails half way would leave its first
    table behind.
    """
    address = parse(url, data)
    if isinstance(address, Path):
        with _sqlite(address) as connection:
            yield connection
    else:
        session = postgres_driver.Engine(address).connect()
        try:
            with _transaction(session.core, session.run, "BEGIN"):
                # Somebody else's migration may take longer than a lock may be waited for otherwise.
                session.run("SET LOCAL lock_timeout = 0")
                session.run(f"SELECT pg_advisory_xact_lock({LOCK})")
                yield session.core
        finally:
            session.close()


@contextmanager
def _sqlite(path: Path) -> Iterator[Connection]:
    path.parent.mkdir(parents=True, exist_ok=True)
    turn = WriteTurn(path)
    try:
        with turn:
            session = sqlite_driver.Session(sqlite_driver.connect(path))
            try:
                with _transaction(session.core, session.run, "BEGIN IMMEDIATE"):
                    yield session.core
            finally:
                session.close()
    finally:
        turn.close()


@contextmanager
def _transaction(core: Connection, run: Callable[[str], None], begin: str) -> Iterator[None]:
    # SQLAlchemy thinks that it is in a transaction, so that Alembic leaves committing to us.
    core.begin()
    run(begin)
    try:
        yield
    except BaseException:
        run("ROLLBACK")
        raise
    run("COMMIT")
