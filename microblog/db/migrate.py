"""Bringing a store's schema up to date: everything in `migrations/`, in one transaction, by one process at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from microblog.db import sqlite_driver, tables
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
        if applied(connection) != newest():
            upgrade(connection)


def applied(connection: Connection) -> str | None:
    """The revision that the store is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def newest() -> str:
    """The revision that `migrations/` leads to: its files are named by their revisions, which count up."""
    return max(file.name.partition("_")[0] for file in (migrations_dir() / "versions").glob("[0-9]*.py"))


def upgrade(connection: Connection, to: str = "head") -> None:
    """Apply the migrations up to `to` in the transaction that the connection is in."""
    # Imported here: a third of a second that a server on a store that is up to date need not take to be back.
    from alembic import command
    from alembic.config import Config

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
        from microblog.db import postgres_driver

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
