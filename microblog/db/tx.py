"""One unit of work: what every action and every query is handed to reach the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import Executable

from microblog.core.clock import Millis
from microblog.db.driver import DriverCursor
from microblog.db.hot import DialectName, Hot, Row

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Tx:
    """A transaction (in a group commit, a part of one), alive only while the action runs, on the database's thread.

    `now` is the time of the whole unit. `records` collects what `journal.record` notes; it is numbered at COMMIT and
    dropped when the unit fails. Errors of the database are SQLAlchemy's (`IntegrityError`, …) from every method.
    """

    __slots__ = ("_connection", "_cursor", "_new_cursor", "dialect", "now", "records")

    def __init__(
        self,
        dialect: DialectName,
        now: Millis,
        connection: Connection,
        new_cursor: Callable[[], DriverCursor],
        cursor: DriverCursor,
    ) -> None:
        self.dialect = dialect
        self.now = now
        self.records: list[object] = []
        self._connection = connection
        self._new_cursor = new_cursor
        self._cursor = cursor

    def execute(
        self, statement: Executable, parameters: Parameters | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement of SQLAlchemy Core; many at once when `parameters` is a sequence."""
        return self._connection.execute(statement, parameters)

    def hot(self, statement: Hot, **parameters: Any) -> list[Row]:
        """Run a precompiled statement and answer its rows, none for one that answers none."""
        plan = statement.plan(self.dialect)
        cursor = self._cursor
        try:
            cursor.execute(plan.sql, plan.bind(parameters))
            return plan.rows(cursor.fetchall()) if cursor.description is not None else []
        except self._connection.dialect.loaded_dbapi.Error as error:
            raise self._translated(error, plan.sql, parameters) from error

    def hot_many(self, statement: Hot, rows: Sequence[dict[str, Any]]) -> None:
        """Run a precompiled statement once for each of `rows`."""
        plan = statement.plan(self.dialect)
        try:
            self._cursor.executemany(plan.sql, [plan.bind(row) for row in rows])
        except self._connection.dialect.loaded_dbapi.Error as error:
            raise self._translated(error, plan.sql, None) from error

    def hot_later(self, statement: Hot, **parameters: Any) -> Callable[[], list[Row]]:
        """Send a precompiled statement; its rows are asked for by calling the result.

        On PostgreSQL the statements that close a unit travel together with COMMIT in one pipeline, and reading a row
        before its end would cost a round trip while the counter is held.
        """
        plan = statement.plan(self.dialect)
        cursor = self._new_cursor()
        try:
            cursor.execute(plan.sql, plan.bind(parameters))
        except self._connection.dialect.loaded_dbapi.Error as error:
            raise self._translated(error, plan.sql, parameters) from error
        if self.dialect == "sqlite":
            # Read at once: an unfinished RETURNING would keep COMMIT from happening.
            rows = plan.rows(cursor.fetchall())
            return lambda: rows
        return lambda: plan.rows(cursor.fetchall())

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block wrote when it raises: for an insert that may meet a duplicate and go on."""
        noted = len(self.records)
        self._cursor.execute("SAVEPOINT part", {})
        try:
            yield
        except BaseException:
            del self.records[noted:]
            self._cursor.execute("ROLLBACK TO SAVEPOINT part", {})
            self._cursor.execute("RELEASE SAVEPOINT part", {})
            raise
        self._cursor.execute("RELEASE SAVEPOINT part", {})

    def _translated(self, error: Exception, sql: str, parameters: Mapping[str, Any] | None) -> BaseException:
        dialect = self._connection.dialect
        return DBAPIError.instance(sql, parameters, error, dialect.loaded_dbapi.Error, dialect=dialect)
