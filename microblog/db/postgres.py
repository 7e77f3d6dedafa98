"""The PostgreSQL store of one process: a few threads that each take a unit, run it in a transaction and answer it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Literal

from sqlalchemy import URL

from microblog.core import clock
from microblog.core.errors import Unavailable
from microblog.db.database import Database, OnCommit, Seal
from microblog.db.order import CommitOrder
from microblog.db.postgres_driver import Engine, Session, problem, reason
from microblog.db.postgres_writer import Writer
from microblog.db.unit import FairQueue, Unit

WRITERS = 8
"""Threads that write, each with a connection. They meet at the counter, so that more would only wait there."""

READERS = 4
"""Threads that read, each with a connection."""

SULK = 0.5
"""Seconds after a failed connection attempt during which units are refused at once, instead of each trying."""


class Line:
    """Units that wait for one of several threads, and the time before which none may be taken."""

    def __init__(self) -> None:
        self._queue = FairQueue()
        self._changed = threading.Condition()
        self._not_before = 0.0
        self._closed = False

    def put(self, unit: Unit, wait: float) -> None:
        """Add a unit; nothing is taken for `wait` seconds."""
        with self._changed:
            if wait > 0:
                self._not_before = max(self._not_before, time.monotonic() + wait)
            self._queue.put(unit)
            self._changed.notify()

    def take(self) -> Unit | None:
        """Wait for a unit; None once the line is closed and empty."""
        with self._changed:
            while True:
                held = self._not_before - time.monotonic() if self._queue else 0.0
                if self._queue and held <= 0:
                    return self._queue.take(1)[0]
                if self._closed and not self._queue:
                    return None
                self._changed.wait(held if held > 0 else None)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class Connector:
    """Makes sessions, and does not hammer at a server that is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._away_until = 0.0
        self._away: BaseException | None = None

    def connect(self) -> Session:
        """A new session. Raises what connecting raises, and Unavailable for a moment after it did."""
        if self._away is not None and time.monotonic() < self._away_until:
            raise Unavailable(
                "The store can not be reached now; send this again.", retry_after=2.0
            ) from self._away
        try:
            session = self._engine.connect()
        except Exception as error:
            self._away, self._away_until = error, time.monotonic() + SULK
            raise
        self._away = None
        return session


class Reader:
    """Runs queries, each on a snapshot of its own."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._session: Session | None = None

    def work(self, unit: Unit) -> None:
        """Run the unit, twice where the connection turns out to be lost."""
        try:
            try:
                self._run(unit)
            except Exception as error:
                if reason(error) != "lost":
                    raise
                self._run(unit)
        except BaseException as error:
            unit.fail(problem(error))

    def _run(self, unit: Unit) -> None:
        if self._session is None:
            self._session = self._connector.connect()
        session = self._session
        try:
            session.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            unit.run(session.tx(clock.now()))
            # Not ROLLBACK: psycopg drops its prepared statements after one.
            session.run("COMMIT")
        except BaseException:
            self.recover(session)
            raise

    def recover(self, session: Session) -> None:
        try:
            session.give_up()
        except Exception:
            self.close()
        if session.lost:
            self.close()

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


class PostgresDatabase(Database):
    """Connects when the first unit comes, and again whenever the connection was lost."""

    dialect: Literal["postgresql"] = "postgresql"

    def __init__(self, address: URL, seal: Seal, on_commit: OnCommit) -> None:
        super().__init__(on_commit)
        connector = Connector(Engine(address))
        self._order: CommitOrder[tuple[Unit, Sequence[Any]]] = CommitOrder()
        self._order_lock = threading.Lock()
        self._writes, self._reads = Line(), Line()
        self._threads = [
            *(self._thread(self._write_lane, Writer(connector, seal, self)) for _ in range(WRITERS)),
            *(self._thread(self._read_lane, Reader(connector)) for _ in range(READERS)),
        ]

    def _thread(self, lane: Callable[[Any], None], worker: object) -> threading.Thread:
        thread = threading.Thread(target=lane, args=(worker,), name=lane.__name__.strip("_"), daemon=True)
        thread.start()
        return thread

    def _submit_write(self, unit: Unit) -> None:
        self._writes.put(unit, self._wait())

    def _submit_read(self, unit: Unit) -> None:
        self._reads.put(unit, 0.0)

    def _write_lane(self, writer: Writer) -> None:
        while (unit := self._writes.take()) is not None:
            writer.work(unit)
        writer.close()

    def _read_lane(self, reader: Reader) -> None:
        while (unit := self._reads.take()) is not None:
            reader.work(unit)
            self._loop.call_soon_threadsafe(unit.answer)
        reader.close()

    def enter(self) -> int:
        """A writer is about to ask for its number."""
        with self._order_lock:
            return self._order.enter()

    def leave(self, ticket: int) -> None:
        """A writer got no number after all."""
        with self._order_lock:
            self._pass_on(self._order.leave(ticket))

    def finish(self, ticket: int, unit: Unit, committed: Sequence[Any]) -> None:
        """A writer's commit is done: it is answered on the loop, in commit order."""
        numbers = committed[0].seq, committed[-1].seq
        with self._order_lock:
            self._pass_on(self._order.finish(ticket, numbers, (unit, committed)))

    def _pass_on(self, ready: Sequence[tuple[Unit, Sequence[Any]]]) -> None:
        # Called under the lock, so that the loop is told in the same order.
        if ready:
            self._loop.call_soon_threadsafe(self._settle_all, ready)

    def answer(self, unit: Unit) -> None:
        """A writer's unit ended without a number."""
        self._loop.call_soon_threadsafe(unit.answer)

    def _settle_all(self, ready: Sequence[tuple[Unit, Sequence[Any]]]) -> None:
        committed = [event for _, events in ready for event in events]
        self._settle([unit for unit, _ in ready], committed)

    async def close(self) -> None:
        self._closing = True
        self._writes.close()
        self._reads.close()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
