"""The store as the rest of the product sees it: units of work, shipped whole to a database thread."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from microblog.core.errors import Unavailable
from microblog.core.viewer import Viewer
from microblog.db.hot import DialectName
from microblog.db.tx import Tx
from microblog.db.unit import Unit

P = ParamSpec("P")
T = TypeVar("T")
V = TypeVar("V", bound=Viewer | None)

Seal = Callable[[Tx, Sequence[object]], Callable[[], Sequence[Any]]]
"""Numbers a commit's records, as its last statements. The result is called once they have run, for the numbered ones."""

OnCommit = Callable[[Sequence[Any]], None]
"""Hears of every commit's numbered records, on the event loop, in commit order, before its callers are answered."""

MOST_DEBT = 1.0
"""Seconds that one batch is held back at most, however far behind delivery is."""

log = logging.getLogger("microblog.db")


def _none() -> float:
    return 0.0


class Database(ABC):
    """One store. `open_database` makes one; `close` finishes what was asked for and ends its threads.

    `debt` answers the seconds by which delivery asks the writer to wait before its next batch; it is called on the loop.
    """

    dialect: DialectName

    def __init__(self, on_commit: OnCommit) -> None:
        self.debt: Callable[[], float] = _none
        self._on_commit = on_commit
        self._loop = asyncio.get_running_loop()
        self._closing = False

    async def write(
        self, action: Callable[Concatenate[Tx, V, P], T], viewer: V, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `action(tx, viewer, …)` in a transaction and answer its result once that is durable.

        A caller who is cancelled meanwhile loses nothing: the action runs and commits all the same. Raises what the
        action raises (nothing of it is kept then), StorageFull where the disk is full, and Unavailable where the store
        can not be reached, is busy, or could not say whether the commit happened.
        """
        return await self._ask(self._submit_write, action, viewer, args, kwargs)

    async def read(
        self, query: Callable[Concatenate[Tx, V, P], T], viewer: V, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `query(tx, viewer, …)` on one snapshot and answer its result. Raises what it raises, and Unavailable."""
        return await self._ask(self._submit_read, query, viewer, args, kwargs)

    @abstractmethod
    async def close(self) -> None:
        """Refuse new units, finish those that wait, and end."""

    async def checkpoint(self) -> bool:
        """Leave no byte of what was overwritten in the store's files, where the engine lets us see to it.

        False where a reader of another process was in the way; it can be asked for again. Raises Problem.
        """
        return True

    @abstractmethod
    def _submit_write(self, unit: Unit) -> None: ...

    @abstractmethod
    def _submit_read(self, unit: Unit) -> None: ...

    async def _ask(
        self,
        submit: Callable[[Unit], None],
        call: Callable[..., T],
        viewer: Viewer | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> T:
        if self._closing:
            raise Unavailable("The server is stopping; send this again.")
        unit = Unit(call, viewer, args, kwargs, self._loop.create_future())
        submit(unit)
        result: T = await unit.future
        return result

    def _settle(self, units: Sequence[Unit], committed: Sequence[Any]) -> None:
        """On the loop: tell of the commit first, then its callers, so that nobody is told before the stream is."""
        if committed:
            try:
                self._on_commit(committed)
            except Exception:
                log.exception("on_commit failed")
        for unit in units:
            unit.answer()

    def _wait(self) -> float:
        return min(self.debt(), MOST_DEBT)


async def open_database(url: str, *, data: Path, seal: Seal, on_commit: OnCommit) -> Database:
    """Open the store that `url` names: `postgresql://…`, `sqlite:///path`, or "" for `microblog.db` in `data`.

    The schema must be there already (`migrate`). Raises ValueError on any other kind of address.
    """
    from microblog.db.urls import parse

    address = parse(url, data)
    if isinstance(address, Path):
        from microblog.db.sqlite import SqliteDatabase

        return await SqliteDatabase.open(address, seal, on_commit)
    from microblog.db.postgres import PostgresDatabase

    return PostgresDatabase(address, seal, on_commit)
