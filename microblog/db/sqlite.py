"""The SQLite store of one process: a writer's and a reader's connection, each on the thread of an aiosqlite connection.

SQLAlchemy's async dialect makes a thread hop per statement (four-statement write: 1,790 µs). Here a whole unit is shipped
to the thread at once (260 µs with twenty per commit).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, cast

import aiosqlite

from microblog.core import clock
from microblog.db.database import Database, OnCommit, Seal
from microblog.db.locks import WriteTurn
from microblog.db.sqlite_driver import Session, SqliteConnection, connect, problem
from microblog.db.sqlite_writer import Writer
from microblog.db.unit import FairQueue, Unit

MOST_WRITES = 64
"""Units that one commit takes in at most."""

MOST_READS = 16
"""Queries shipped to the reader in one hop at most."""

READ_SHARE = 0.005
"""Seconds after which the reader hands over what it has, so that a quick query does not wait for sixteen others."""


class Thread:
    """A connection on its own thread, which units are shipped to."""

    def __init__(self, path: Path, prepare: Callable[[SqliteConnection], None] | None = None) -> None:
        def connector() -> Any:
            connection = connect(path)
            if prepare is not None:
                prepare(connection)
            return connection

        self._connector = connector
        self._connection = aiosqlite.Connection(connector, iter_chunk_size=64)
        # A process that dies between two commits has promised nothing about either: it need not wait for its threads.
        self._connection._thread.daemon = True
        self._used = False

    async def start(self) -> None:
        _ = await self._connection

    async def ship(self, work: Callable[..., Any], *args: Any) -> Any:
        """Run `work(*args)` on the thread and answer its result. Raises what it raises."""
        return await self._connection._execute(work, *args)  # type: ignore[no-untyped-call]

    def raw(self) -> SqliteConnection:
        """The driver's connection. On the thread only."""
        return cast(SqliteConnection, self._connection._conn)

    def fresh(self) -> SqliteConnection:
        """A connection that nobody has used: the first, then always a new one for the last. On the thread only.

        Raises what opening raises.
        """
        if self._used:
            self.raw().close()
            self._connection._connection = self._connector()
        self._used = True
        return self.raw()

    async def close(self) -> None:
        await self._connection.close()


class Pump:
    """Ships units that wait to a thread, all that came meanwhile at once, and settles them when they are back."""

    def __init__(
        self,
        thread: Thread,
        work: Callable[[list[Unit]], Sequence[Any]],
        settle: Callable[[Sequence[Unit], Sequence[Any]], None],
        most: int,
        wait: Callable[[], float],
    ) -> None:
        self._thread = thread
        self._work = work
        self._settle = settle
        self._most = most
        self._wait = wait
        self._queue = FairQueue()
        self._wanted = asyncio.Event()
        self._closing = False
        self._task = asyncio.create_task(self._run())

    def submit(self, unit: Unit) -> None:
        self._queue.put(unit)
        self._wanted.set()

    async def close(self) -> None:
        """Finish what waits, then end."""
        self._closing = True
        self._wanted.set()
        await self._task

    async def _run(self) -> None:
        while True:
            if not self._queue:
                if self._closing:
                    return
                self._wanted.clear()
                await self._wanted.wait()
                continue
            if (wait := self._wait()) > 0:
                await asyncio.sleep(wait)
            units = self._queue.take(self._most)
            try:
                committed = await self._thread.ship(self._work, units)
            except Exception as error:
                for unit in units:
                    unit.fail(problem(error))
                committed = ()
            self._queue.put_back([unit for unit in units if not unit.tried])
            self._settle([unit for unit in units if unit.tried], committed)


class Reader:
    """Runs queries, each on a snapshot of its own. Runs on the reader's thread."""

    def __init__(self, fresh: Callable[[], SqliteConnection]) -> None:
        self._fresh = fresh
        self._session: Session | None = None

    def answer(self, units: list[Unit]) -> Sequence[Any]:
        """Run `units` in order until the share of time is used up. There is never anything committed."""
        until = time.monotonic() + READ_SHARE
        for unit in units:
            self._answer(unit)
            if time.monotonic() > until:
                break
        return ()

    def _answer(self, unit: Unit) -> None:
        try:
            if self._session is None:
                self._session = Session(self._fresh())
            self._session.run("BEGIN")
            try:
                unit.run(self._session.tx(clock.now()))
            finally:
                if self._session.open:
                    self._session.run("ROLLBACK")
        except BaseException as error:
            told = problem(error)
            if told is not error:
                self._session = None
            unit.fail(told)


def _read_only(connection: SqliteConnection) -> None:
    connection.cursor().execute("PRAGMA query_only=ON", {})


def _no_wait() -> float:
    return 0.0


class SqliteDatabase(Database):
    """One writer and one reader thread. More readers doubled the CPU per post under the GIL."""

    dialect: Literal["sqlite"] = "sqlite"

    def __init__(self, path: Path, seal: Seal, on_commit: OnCommit) -> None:
        super().__init__(on_commit)
        self._turn = WriteTurn(path)
        self._writer_thread = Thread(path)
        self._reader_thread = Thread(path, _read_only)
        self._writer = Writer(self._turn, seal, self._writer_thread.fresh)
        self._reader = Reader(self._reader_thread.fresh)

    @classmethod
    async def open(cls, path: Path, seal: Seal, on_commit: OnCommit) -> SqliteDatabase:
        """Open the file at `path`. Raises the driver's OperationalError where that can not be."""
        database = cls(path, seal, on_commit)
        await database._writer_thread.start()
        await database._reader_thread.start()
        database._writes = Pump(
            database._writer_thread, database._writer.commit, database._settle, MOST_WRITES, database._wait
        )
        database._reads = Pump(
            database._reader_thread, database._reader.answer, database._settle, MOST_READS, _no_wait
        )
        return database

    _writes: Pump
    _reads: Pump

    def _submit_write(self, unit: Unit) -> None:
        self._writes.submit(unit)

    def _submit_read(self, unit: Unit) -> None:
        self._reads.submit(unit)

    async def checkpoint(self) -> bool:
        """Bring all of the write-ahead log into the file and empty it, so that no overwritten text stays in either."""
        try:
            emptied: bool = await self._writer_thread.ship(self._truncate)
        except Exception as error:
            raise problem(error) from error
        return emptied

    def _truncate(self) -> bool:
        with self._turn:
            cursor = self._writer_thread.raw().cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)", {})
            [(busy, _, _)] = cursor.fetchall()
        return not busy

    async def close(self) -> None:
        self._closing = True
        await self._writes.close()
        await self._reads.close()
        await self._reader_thread.close()
        await self._writer_thread.close()
        self._turn.close()
