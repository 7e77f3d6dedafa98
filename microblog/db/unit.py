"""Units of work that wait, and whose turn it is."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from microblog.core.viewer import Viewer
from microblog.db.tx import Tx

LONG = 0.05
"""Seconds that a unit may last. Others wait behind it, so a longer one is logged by name."""

log = logging.getLogger("microblog.db")


class Unit:
    """An action or query on its way: what to call, for whom, and what came of it."""

    __slots__ = ("_args", "_call", "_kwargs", "_viewer", "error", "future", "records", "tried", "value")

    def __init__(
        self,
        call: Callable[..., object],
        viewer: Viewer | None,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        future: asyncio.Future[Any],
    ) -> None:
        self._call = call
        self._viewer = viewer
        self._args = args
        self._kwargs = kwargs
        self.future = future
        self.forget()

    @property
    def account(self) -> int:
        """Who waits: 0 for the system itself."""
        return 0 if self._viewer is None else self._viewer.id

    def forget(self) -> None:
        """As if it had never been tried."""
        self.tried = False
        self.value: object = None
        self.error: BaseException | None = None
        self.records: list[object] = []

    def run(self, tx: Tx) -> None:
        """Call the action and keep its value and records. Raises what it raises."""
        self.tried = True
        began = time.perf_counter()
        try:
            self.value = self._call(tx, self._viewer, *self._args, **self._kwargs)
            self.records = tx.records
        finally:
            took = time.perf_counter() - began
            if took > LONG:
                log.warning("%s held the database for %.0f ms", self.name, took * 1000)

    def fail(self, error: BaseException) -> None:
        """The unit came to nothing."""
        self.tried = True
        self.error = error
        self.value = None
        self.records = []

    @property
    def name(self) -> str:
        return str(getattr(self._call, "__qualname__", self._call))

    def answer(self) -> None:
        """Wake the caller, on the event loop. One that went away is not waited for; what it asked for is done."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.value)


class FairQueue:
    """Units that wait, taken in turn between accounts: who sends a thousand waits behind who sends one."""

    def __init__(self) -> None:
        self._turns: dict[int, deque[Unit]] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def put(self, unit: Unit) -> None:
        self._turns.setdefault(unit.account, deque()).append(unit)
        self._size += 1

    def put_back(self, units: list[Unit]) -> None:
        """Return units that were taken and not tried; they keep their place before others of the same account."""
        for unit in reversed(units):
            self._turns.setdefault(unit.account, deque()).appendleft(unit)
        self._size += len(units)

    def take(self, most: int) -> list[Unit]:
        """The next units, one of each account before the second of any."""
        taken: list[Unit] = []
        while self._turns and len(taken) < most:
            account = next(iter(self._turns))
            waiting = self._turns.pop(account)
            taken.append(waiting.popleft())
            if waiting:
                self._turns[account] = waiting
        self._size -= len(taken)
        return taken
