"""Admission in a storm: when everybody returns at once, some are asked to return a little later."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from microblog.core.errors import Unavailable

RATE = 1000.0
"""Connections a second that are let in for good; one costs half a millisecond of the server."""

BURST = 2000.0
LATEST_SECONDS = 5


class Admission:
    """A token bucket over every kind of stream."""

    def __init__(
        self, rate: float = RATE, burst: float = BURST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.closed = False
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._tokens = burst
        self._at = clock()

    def admit(self) -> None:
        """Raises Unavailable with a jittered `retry_after` when there are too many at once, or when we are leaving."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self.closed or self._tokens < 1:
            # Jitter, or the ones sent away all return in the same second.
            raise Unavailable("too many connections at once", retry_after=random.randint(1, LATEST_SECONDS))
        self._tokens -= 1
