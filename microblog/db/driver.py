"""What this package asks of a database driver: the part of PEP 249 that `pysqlite3`, `sqlite3` and `psycopg` share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol


class DriverCursor(Protocol):
    """A cursor (PEP 249). `description` is None after a statement that answers no rows."""

    @property
    def description(self) -> object: ...

    def execute(self, sql: str, parameters: Mapping[str, Any], /) -> object: ...

    def executemany(self, sql: str, parameters: Iterable[Mapping[str, Any]], /) -> object: ...

    def fetchall(self) -> list[tuple[Any, ...]]: ...


class DriverConnection(Protocol):
    """A connection that is in a transaction only when told `BEGIN`."""

    def cursor(self) -> DriverCursor: ...

    def close(self) -> None: ...
