"""Commit order, put together again from threads that each know only their own commit."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class CommitOrder(Generic[T]):
    """Holds a commit back while one with a lower number may still be on its way from another thread of this process.

    PostgreSQL numbers commits in order, but the threads that made them wake up in any. A thread `enter`s before it asks
    for its number and `finish`es when it knows it (or that there is none). A finished commit may be passed on once every
    thread that had entered before it finished has finished too: who enters later gets a higher number. It need not wait
    when it follows the last one without a gap. Knows no thread and no clock; the caller locks.
    """

    def __init__(self) -> None:
        self._next_ticket = 0
        self._entered: dict[int, None] = {}
        self._held: list[tuple[int, int, int, T]] = []
        self._last = 0

    def enter(self) -> int:
        """A ticket, to be given to `finish` or `leave`."""
        ticket = self._next_ticket
        self._next_ticket += 1
        self._entered[ticket] = None
        return ticket

    def leave(self, ticket: int) -> Sequence[T]:
        """Give back a ticket for which nothing was committed; answers what may be passed on now, in order."""
        del self._entered[ticket]
        return self._ready()

    def finish(self, ticket: int, numbers: tuple[int, int], item: T) -> Sequence[T]:
        """Hand in a commit with its first and last number; answers what may be passed on now, in order."""
        del self._entered[ticket]
        first, last = numbers
        heapq.heappush(self._held, (first, last, self._next_ticket, item))
        return self._ready()

    def _ready(self) -> list[T]:
        ready: list[T] = []
        while self._held and self._may_go():
            _, self._last, _, item = heapq.heappop(self._held)
            ready.append(item)
        return ready

    def _may_go(self) -> bool:
        if self._held[0][0] == self._last + 1:
            return True
        # A commit that finished later but has a lower number need not wait longer than the higher one would.
        horizon = min(ticket for _, _, ticket, _ in self._held)
        oldest = next(iter(self._entered), horizon)
        return oldest >= horizon
