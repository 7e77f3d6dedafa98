"""The ordered intake: whatever way events come, they are delivered once each, in seq order, without a gap.

Events come from this process's own commits, over the bus from others, and from the journal when the first two leave a
gap: a publisher was overtaken, a message was lost, the command line wrote.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence

from microblog.core.errors import Problem
from microblog.journal.event import Committed

EARLY_SECONDS = 0.02
"""How long an event that came before its predecessor waits for it. Publishers overtake each other in 1–2 % of cases and
that heals within a millisecond; what is still missing after this is fetched."""

CHUNK = 500
RETRY_SECONDS = 0.25

Since = Callable[[int, int], Awaitable[Sequence[Committed]]]
log = logging.getLogger(__name__)


class Intake:
    """`head` is the last event delivered: everything up to it was."""

    def __init__(self, head: int, deliver: Callable[[Sequence[Committed]], None], since: Since) -> None:
        self.head = head
        self._deliver = deliver
        self._since = since
        self._early: dict[int, Committed] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._reading: asyncio.Task[None] | None = None

    def take(self, events: Iterable[Committed]) -> None:
        """Take events in any order; ones that were delivered before are dropped."""
        for event in events:
            if event.seq > self.head:
                self._early[event.seq] = event
        due = []
        while self.head + 1 in self._early:
            self.head += 1
            due.append(self._early.pop(self.head))
        if due:
            self._deliver(due)
        self._look_again()

    def expect(self, head: int) -> None:
        """The journal is known to have come this far: what has not come by itself in a moment is fetched."""
        if head > self.head and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(EARLY_SECONDS, self._check, head)

    def catch_up(self) -> None:
        """Read the journal from `head` on, now."""
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())

    async def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    def _look_again(self) -> None:
        if self._early and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(EARLY_SECONDS, self._waited)

    def _check(self, head: int) -> None:
        self._timer = None
        if self.head < head:
            self.catch_up()

    def _waited(self) -> None:
        self._timer = None
        if self._early:
            self.catch_up()

    async def _read(self) -> None:
        try:
            while events := await self._since(self.head, CHUNK):
                self.take(events)
                if len(events) < CHUNK:
                    break
        except Problem as problem:
            log.warning("the journal can not be read: %s", problem.message)
            self._timer = self._timer or asyncio.get_running_loop().call_later(RETRY_SECONDS, self._retry)
        finally:
            self._reading = None
        self._look_again()

    def _retry(self) -> None:
        self._timer = None
        self.catch_up()
