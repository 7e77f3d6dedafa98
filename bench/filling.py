"""Rows by the hundred thousand into a migrated store that nobody serves yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql

from microblog.db.migrate import migrate
from microblog.db.urls import parse

Row = Sequence[object]


class Filler(Protocol):
    """Puts rows into a table, in bulk."""

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None: ...

    def run(self, statement: str) -> None:
        """Run a statement that both engines understand."""


@contextmanager
def filling(url: str, data: Path) -> Iterator[Filler]:
    """Migrate the store, then hand out its filler; what was put in is committed at the end."""
    migrate(url, data)
    address = parse(url, data)
    if isinstance(address, Path):
        connection = sqlite3.connect(address, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN IMMEDIATE")
            yield _Sqlite(connection)
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("ANALYZE")
        finally:
            connection.close()
    else:
        with psycopg.connect(url) as postgres:
            yield _Postgres(postgres)
            postgres.commit()
            postgres.autocommit = True
            postgres.execute("VACUUM ANALYZE")


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        marks = ", ".join("?" * len(columns))
        names = ", ".join(f'"{column}"' for column in columns)
        self._connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)

    def run(self, statement: str) -> None:
        self._connection.execute(statement)


class _Postgres:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        if "id" in columns:
            # Ids that were given by hand do not move the sequence.
            self._connection.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                    sql.Literal(table), sql.Identifier(table)
                )
            )

    def run(self, statement: str) -> None:
        self._connection.execute(statement)
