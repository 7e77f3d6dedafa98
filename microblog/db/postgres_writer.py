"""One action, one transaction. Savepoint batches of several writers deadlock, so nothing is grouped here."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from microblog.core import clock
from microblog.core.errors import Unavailable
from microblog.db.database import Seal
from microblog.db.postgres_driver import Session, problem, reason
from microblog.db.unit import Unit

TRIES = 4
"""An action that loses a deadlock or whose connection is lost before COMMIT was sent is run again three times."""


class Connects(Protocol):
    """Makes sessions."""

    def connect(self) -> Session: ...


class Settles(Protocol):
    """Hears when a number is about to be asked for, and what became of it."""

    def enter(self) -> int: ...

    def leave(self, ticket: int) -> None: ...

    def finish(self, ticket: int, unit: Unit, committed: Sequence[Any]) -> None: ...

    def answer(self, unit: Unit) -> None: ...


class Writer:
    """Runs units, each in a transaction of its own. Belongs to one thread."""

    def __init__(self, connector: Connects, seal: Seal, settles: Settles) -> None:
        self._connector = connector
        self._seal = seal
        self._settles = settles
        self._session: Session | None = None

    def work(self, unit: Unit) -> None:
        """Run the unit until it is kept or refused, and see that its caller is answered."""
        for tried in range(1, TRIES + 1):
            unit.forget()
            try:
                self._act(unit)
                return
            except BaseException as error:
                self._recover()
                if tried == TRIES or reason(error) not in ("again", "lost"):
                    unit.fail(problem(error))
                    self._settles.answer(unit)
                    return
            time.sleep(random.uniform(0, 0.01 * tried))

    def _act(self, unit: Unit) -> None:
        """Run the action, commit, answer. Raises what went wrong: nothing is kept then, unless it is an Unavailable."""
        if self._session is None:
            self._session = self._connector.connect()
        session = self._session
        session.run("BEGIN")
        now = clock.now()
        unit.run(session.tx(now))
        if unit.records:
            self._number(session, unit, now)
        else:
            with _certain(session):
                session.run("COMMIT")
            self._settles.answer(unit)

    def _number(self, session: Session, unit: Unit, now: int) -> None:
        ticket = self._settles.enter()
        try:
            # Counter, events and COMMIT travel together: the counter's row, which every writer of every process waits
            # for, is held for no round trip and can not be held by a process that is stopped just then.
            with _certain(session), session.raw.pipeline():
                numbered = self._seal(session.tx(now), unit.records)
                session.run("COMMIT")
            committed = numbered()
        except BaseException:
            self._settles.leave(ticket)
            raise
        if committed:
            self._settles.finish(ticket, unit, committed)
        else:
            self._settles.leave(ticket)
            self._settles.answer(unit)

    def _recover(self) -> None:
        """Leave a failed transaction; forget the connection if it is lost."""
        if self._session is None:
            return
        try:
            self._session.give_up()
        except Exception:
            self.close()
            return
        if self._session.lost:
            self.close()

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


@contextmanager
def _certain(session: Session) -> Iterator[None]:
    """COMMIT is sent inside. An error that the server answered is certain; with a lost connection nobody knows, so it is
    never run again: the caller is told just that."""
    try:
        yield
    except BaseException as error:
        if session.lost or reason(error) == "lost":
            raise Unavailable(
                "The store was lost while this was being kept; it may be there or not.",
                retry_after=2.0,
                code="unknown",
            ) from error
        raise
