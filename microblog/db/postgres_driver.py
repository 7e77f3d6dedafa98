"""Connections to PostgreSQL and what its errors mean."""

from __future__ import annotations

from typing import Any, Literal, cast

import psycopg
from psycopg import errors
from sqlalchemy import URL, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from microblog.core.clock import Millis
from microblog.core.errors import Problem, StorageFull, Unavailable
from microblog.db.tx import Tx

CONNECT = 3
"""Seconds that connecting may take."""

SETTINGS = (
    "SET synchronous_commit = on",
    # Whoever meets a lock that is held for long gives up with a 503; whoever holds one and does nothing loses it.
    "SET lock_timeout = '2s'",
    "SET idle_in_transaction_session_timeout = '5s'",
)

Reason = Literal["again", "busy", "full", "lost"]


class Engine:
    """Makes sessions on one address. Shared by threads."""

    def __init__(self, address: URL) -> None:
        self._engine = create_engine(
            address,
            poolclass=NullPool,
            # Transactions are begun and ended on the driver: SQLAlchemy keeps out of it.
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
            connect_args={"connect_timeout": CONNECT, "application_name": "microblog"},
        )

    def connect(self) -> Session:
        """A new session. Raises SQLAlchemy's OperationalError where the server can not be reached."""
        return Session(self._engine.connect())


class Session:
    """One connection: SQLAlchemy's view of it, the driver's, and a cursor for hot statements. Belongs to one thread."""

    def __init__(self, core: Any) -> None:
        self.core = core
        self.raw = cast("psycopg.Connection[tuple[Any, ...]]", core.connection.driver_connection)
        self.cursor = self.raw.cursor()
        for setting in SETTINGS:
            self.run(setting)

    def tx(self, now: Millis) -> Tx:
        return Tx("postgresql", now, self.core, self.raw.cursor, self.cursor)

    def run(self, sql: Literal["BEGIN", "COMMIT", "ROLLBACK"] | str) -> None:
        self.cursor.execute(sql.encode(), prepare=False)

    @property
    def lost(self) -> bool:
        """Whether the connection is beyond use."""
        return self.raw.closed

    def give_up(self) -> None:
        """Leave the transaction behind, if the connection still lives."""
        if not self.lost:
            self.run("ROLLBACK")

    def close(self) -> None:
        if not self.lost:
            self.raw.close()
        self.core.invalidate()
        self.core.close()


def reason(error: BaseException) -> Reason | None:
    """What an error of the driver, or SQLAlchemy's around it, means: `again` where the same action may work if it is
    run anew, `busy` where a lock was not to be had, `full`, `lost` with the connection; None where it is the action's."""
    original = error.orig if isinstance(error, DBAPIError) else error
    match original:
        case errors.DeadlockDetected() | errors.SerializationFailure():
            return "again"
        case errors.LockNotAvailable() | errors.QueryCanceled() | errors.TooManyConnections():
            return "busy"
        case errors.DiskFull():
            return "full"
        case errors.AdminShutdown() | errors.CrashShutdown() | errors.CannotConnectNow():
            return "lost"
        case errors.IdleInTransactionSessionTimeout():
            return "lost"
        case psycopg.OperationalError() if original.sqlstate is None:
            return "lost"
        case psycopg.errors.InterfaceError():
            return "lost"
    return None


def problem(error: BaseException) -> BaseException:
    """What the caller is told."""
    told: Problem
    match reason(error):
        case "again" | "busy":
            told = Unavailable("The store is busy; send this again.")
        case "full":
            told = StorageFull("The database's disk is full. Nothing of this was kept; reading goes on.")
        case "lost":
            told = Unavailable("The store can not be reached now; send this again.", retry_after=2.0)
        case _:
            return error
    told.__cause__ = error
    return told
