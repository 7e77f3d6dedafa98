"""Group commit on SQLite: what waits while one commit runs shares the next. Runs on the writer's own thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from microblog.core import clock
from microblog.core.errors import Unavailable
from microblog.db.database import Seal
from microblog.db.locks import WriteTurn
from microblog.db.sqlite_driver import Session, SqliteConnection, problem, reason
from microblog.db.unit import Unit

SHARE = 0.02
"""Seconds after which a commit takes no further unit in, so that another process waits a bounded time for its turn."""

log = logging.getLogger("microblog.db")


class Dropped(Exception):
    """SQLite rolled the whole transaction back, or it had to be: nothing of it is kept, and that is certain."""


class Writer:
    """Runs batches of units. `fresh` answers a connection that nobody has used, closing the last one."""

    def __init__(self, turn: WriteTurn, seal: Seal, fresh: Callable[[], SqliteConnection]) -> None:
        self._turn = turn
        self._seal = seal
        self._fresh = fresh
        self._session: Session | None = None

    def commit(self, units: list[Unit]) -> Sequence[Any]:
        """Try `units` in order until the share of time is used up; answer the numbered records of those that worked.

        Every unit that was tried has its value or its error afterwards; the others are as they were.
        """
        committed: list[Any] = []
        with self._turn:
            if not self._transact(units, committed):
                # One of them did it, and the others shall not pay: each runs again in a transaction of its own.
                tried = [unit for unit in units if unit.tried]
                for unit in tried:
                    unit.forget()
                for unit in tried:
                    self._transact([unit], committed)
        return committed

    def _transact(self, units: list[Unit], committed: list[Any]) -> bool:
        """One transaction. False where it was dropped as a whole and held more than one unit, whose fate is open."""
        try:
            if self._session is None:
                self._session = Session(self._fresh())
            committed += self._together(self._session, units)
        except Dropped as dropped:
            tried = [unit for unit in units if unit.tried]
            if len(tried) > 1:
                return False
            tried[0].fail(problem(dropped.__cause__ or dropped))
        except Exception as error:
            log.exception("a transaction failed; the connection is opened anew")
            self._session = None
            for unit in [unit for unit in units if unit.tried] or units:
                unit.fail(problem(error))
        return True

    def _together(self, session: Session, units: list[Unit]) -> Sequence[Any]:
        session.run("BEGIN IMMEDIATE")
        now = clock.now()
        until = time.monotonic() + SHARE
        kept: list[Unit] = []
        for unit in units:
            if _attempt(session, unit, now):
                kept.append(unit)
            if time.monotonic() > until:
                break
        if not kept:
            session.run("ROLLBACK")
            return ()
        records = [record for unit in kept for record in unit.records]
        committed = self._number(session, records, now) if records else ()
        _end(session)
        return committed

    def _number(self, session: Session, records: list[object], now: int) -> Sequence[Any]:
        try:
            return self._seal(session.tx(now), records)()
        except Exception as error:
            _give_up(session)
            raise Dropped from error


def _attempt(session: Session, unit: Unit, now: int) -> bool:
    """Run one unit under its savepoint. False where it failed and left nothing; raises Dropped where all is gone."""
    session.run("SAVEPOINT unit")
    try:
        unit.run(session.tx(now))
    except BaseException as error:
        # A full disk, among others, makes SQLite roll the whole transaction back, the other units' part with it.
        if not session.open:
            unit.tried = True
            raise Dropped from error
        session.run("ROLLBACK TO unit")
        session.run("RELEASE unit")
        unit.fail(problem(error))
        return False
    session.run("RELEASE unit")
    return True


def _end(session: Session) -> None:
    try:
        session.run("COMMIT")
    except Exception as error:
        if reason(error) == "full":
            # A page did not fit, so the commit's own frame was never written: certain, and worth trying one by one.
            _give_up(session)
            raise Dropped from error
        raise Unavailable(
            "The store failed while this was being kept; it may be there or not.", code="unknown"
        ) from error


def _give_up(session: Session) -> None:
    if session.open:
        session.run("ROLLBACK")
