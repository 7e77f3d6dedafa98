"""The SQLite that this product runs on, and how its connections are set up."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, StaticPool, create_engine

from microblog.core.clock import Millis
from microblog.core.errors import Problem, StorageFull, Unavailable
from microblog.db.driver import DriverConnection, DriverCursor
from microblog.db.tx import Tx

try:
    from pysqlite3 import dbapi2 as module
except ImportError:  # no wheel for this machine: the system's own
    module = sqlite3

SAFE_BETWEEN_PROCESSES = (3, 51, 3)
"""Before this version a WAL reset can corrupt a file that two processes write (since 3.7.0)."""

BUSY = 5_000
"""Milliseconds that a statement waits for a lock of somebody who takes no turns, such as the `sqlite3` shell."""

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={BUSY}",
    "cache_size=-65536",
    "mmap_size=268435456",
    "temp_store=MEMORY",
    # What is withdrawn must be gone from the file: freed bytes are overwritten with zeros.
    "secure_delete=ON",
    "journal_size_limit=67108864",
)


class SqliteConnection(DriverConnection, Protocol):
    """The driver's connection, told `BEGIN` and `COMMIT` by hand (`isolation_level=None`)."""

    @property
    def in_transaction(self) -> bool: ...


def can_share() -> bool:
    """Whether several processes may write one file: True with the `pysqlite3` wheel or a new enough system SQLite."""
    return bool(module.sqlite_version_info >= SAFE_BETWEEN_PROCESSES)


def connect(path: Path) -> SqliteConnection:
    """Open the file for a single thread, with everything the product relies on."""
    connection: Any = module.connect(str(path), isolation_level=None, cached_statements=512)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    opened: SqliteConnection = connection
    return opened


class Session:
    """One driver connection, SQLAlchemy's view of it, and a cursor for hot statements. Belongs to one thread."""

    def __init__(self, raw: SqliteConnection) -> None:
        self.raw = raw
        self.cursor: DriverCursor = raw.cursor()
        engine = create_engine(
            "sqlite://",
            module=module,
            creator=lambda: raw,
            poolclass=StaticPool,
            # Transactions are begun and ended on the driver, many actions in one: SQLAlchemy keeps out of it.
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
        )
        self.core: Connection = engine.connect()

    def tx(self, now: Millis) -> Tx:
        return Tx("sqlite", now, self.core, self.raw.cursor, self.cursor)

    def run(self, sql: str) -> None:
        self.cursor.execute(sql, {})

    def close(self) -> None:
        self.raw.close()

    @property
    def open(self) -> bool:
        """Whether a transaction is; after an error SQLite may have rolled it back by itself."""
        return self.raw.in_transaction


Reason = Literal["full", "busy", "broken"]


def reason(error: BaseException) -> Reason | None:
    """What an error of the driver, or SQLAlchemy's around it, means for the whole store; None where it is the action's."""
    original = getattr(error, "orig", None) or error
    if not isinstance(original, module.Error):
        return None
    name: str = getattr(original, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return "full"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "busy"
    # Bare SQLITE_READONLY is a query that writes; with a suffix the file was moved or its folder can not be written.
    if name.startswith(
        ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_READONLY_")
    ):
        return "broken"
    return None


def problem(error: BaseException) -> BaseException:
    """What the caller is told."""
    told: Problem
    match reason(error):
        case "full":
            told = StorageFull("The server's disk is full. Nothing of this was kept; reading goes on.")
        case "busy":
            told = Unavailable("The store is busy; send this again.")
        case "broken":
            told = Unavailable("The store can not be read or written now.")
        case _:
            return error
    told.__cause__ = error
    return told
