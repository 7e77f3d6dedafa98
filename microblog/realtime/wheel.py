"""One timer for all: heartbeats spread over the wheel, and the deadlines of connections that are ending."""

from __future__ import annotations

import asyncio
from collections import deque

from microblog.realtime.hub import BUCKETS, Hub
from microblog.realtime.subscriber import Outlet

TICK_SECONDS = 0.1

LINGER_SECONDS = 5.0
"""How long a connection that we end may take to read why and answer. Closing at once with bytes unread would send a
reset, and a reset may overtake the close frame."""


class Wheel:
    """Turns until stopped. A subscriber needs no timer: its number says in which bucket its heartbeat falls."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._loop = asyncio.get_running_loop()
        self._bucket = 0
        self._due = self._loop.time() + TICK_SECONDS
        self._lingering: deque[tuple[float, Outlet]] = deque()
        self._timer = self._loop.call_at(self._due, self._tick)

    def linger(self, outlet: Outlet) -> None:
        """Abort the connection some seconds from now if it has not ended by then."""
        self._lingering.append((self._loop.time() + LINGER_SECONDS, outlet))

    def stop(self) -> None:
        self._timer.cancel()

    def _tick(self) -> None:
        now = self._loop.time()
        while self._due <= now:
            self._hub.beat(self._bucket)
            self._bucket = (self._bucket + 1) % BUCKETS
            self._due += TICK_SECONDS
        while self._lingering and self._lingering[0][0] <= now:
            self._lingering.popleft()[1].abort()
        self._timer = self._loop.call_at(self._due, self._tick)
