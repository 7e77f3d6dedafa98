"""Statements on the hot path: compiled once per dialect, then run on the driver's own cursor.

A publish of ten statements costs 390–510 µs of CPU through SQLAlchemy's `Connection.execute` and 134–170 µs on the bare
cursor (two cores of 2026), so the few statements that every post needs are declared once, at import:

    insert_post = Hot(insert(posts).returning(posts.c.id), columns=("kind", "group_id", "text"))
    by_id = Hot(select(posts.c.text, posts.c.open).where(posts.c.id == bindparam("id")))

    [(post_id,)] = tx.hot(insert_post, kind="post", group_id=1, text="Hello")

Everything else goes through `Tx.execute`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Integer, bindparam, literal_column
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

DialectName = Literal["sqlite", "postgresql"]
Row = tuple[Any, ...]
Processor = Callable[[Any], Any]


@cache
def dialect_of(name: DialectName) -> Dialect:
    """The dialect that statements are compiled for. Both take parameters by name, so that one mapping serves either driver.

    Imported when first asked for: PostgreSQL's is a tenth of a second that a server on SQLite need not take to be back.
    """
    if name == "sqlite":
        from sqlalchemy.dialects.sqlite.pysqlite import dialect as pysqlite_dialect

        return pysqlite_dialect(paramstyle="named")
    from sqlalchemy.dialects.postgresql.psycopg import dialect as psycopg_dialect

    return psycopg_dialect()  # type: ignore[no-untyped-call]


class Hot:
    """A statement that is compiled at its first use on each dialect.

    Parameters are the statement's `bindparam` names; of an insert, the names in `columns`. Lists (`in_`) can not be
    parameters here: their SQL depends on their length.
    """

    __slots__ = ("_columns", "_plans", "_statement")

    def __init__(self, statement: Executable, *, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = list(columns) if columns is not None else None
        self._plans: dict[DialectName, Plan] = {}

    def plan(self, dialect: DialectName) -> Plan:
        """What to give the driver on this dialect."""
        plan = self._plans.get(dialect)
        if plan is None:
            plan = self._plans[dialect] = self._compile(dialect)
        return plan

    def _compile(self, name: DialectName) -> Plan:
        assert isinstance(self._statement, ClauseElement)
        dialect = dialect_of(name)
        compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
        assert isinstance(compiled, SQLCompiler)
        if compiled.post_compile_params or compiled.literal_execute_params:
            raise TypeError(f"a hot statement can not expand a list: {compiled}")
        return Plan(str(compiled), compiled, dialect)


def at_most(name: str) -> ColumnElement[int]:
    """The LIMIT of a hot statement, as a parameter: `.limit(at_most("most"))`.

    SQLite looks at a bare parameter there while it plans, and so plans anew each time one is bound: 500 µs for the thirty
    arms of a home timeline, which run in 40. A sum it does not look into.
    """
    return bindparam(name, type_=Integer) + literal_column("0", Integer)


class Plan:
    """SQL text with named parameters, the constants that the statement itself holds, and conversions where needed."""

    __slots__ = ("_constants", "_expected", "_from_driver", "_to_driver", "sql")

    def __init__(self, sql: str, compiled: SQLCompiler, dialect: Dialect) -> None:
        self.sql = sql
        given = {name for bind, name in compiled.bind_names.items() if bind.required or bind.value is None}
        self._expected = len(given)
        self._constants = {
            name: bind.effective_value for bind, name in compiled.bind_names.items() if name not in given
        }
        processors = {name: each for name, each in compiled._bind_processors.items() if callable(each)}
        self._to_driver: dict[str, Processor] = {
            name: processor for name, processor in processors.items() if name in given
        }
        for name in self._constants.keys() & processors.keys():
            self._constants[name] = processors[name](self._constants[name])
        self._from_driver = _row_processor(compiled, dialect)

    def bind(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """The driver's parameters. Raises TypeError where one is missing or unknown (the driver names a missing one)."""
        if len(parameters) != self._expected:
            raise TypeError(f"{self._expected} parameters wanted, {sorted(parameters)} given: {self.sql}")
        if self._to_driver:
            parameters = {
                name: self._to_driver[name](value) if name in self._to_driver else value
                for name, value in parameters.items()
            }
        return {**parameters, **self._constants} if self._constants else parameters

    def rows(self, fetched: list[Row]) -> list[Row]:
        """The rows as the columns' types promise them: SQLite has no booleans, for one."""
        return fetched if self._from_driver is None else [self._from_driver(row) for row in fetched]


def _row_processor(compiled: SQLCompiler, dialect: Dialect) -> Callable[[Row], Row] | None:
    processors: list[Processor | None] = [
        column.type.dialect_impl(dialect).result_processor(dialect, None)
        for column in compiled._result_columns
    ]
    if not any(processors):
        return None

    def convert(row: Row) -> Row:
        return tuple(
            value if processor is None else processor(value)
            for processor, value in zip(processors, row, strict=True)
        )

    return convert
