"""Guessing passwords gets slow; nobody is ever locked out.

Three counts of failures, each halved every five minutes. *This account from this network* soon waits long, and in a queue,
so that sending a thousand guesses at once gains nothing. *This account from anywhere* waits a little, and not in a queue:
otherwise whoever guesses could keep the owner out. *This network* waits a little after many: a whole office may be
behind one address. Kept in each process; a restart forgets it.
"""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from microblog.core.errors import TooMany

HALVED_EVERY = 300.0
"""Seconds in which half of the failures are forgotten."""

LONGEST_QUEUE = 30.0
"""Seconds that a login waits at most; past it the answer is 429 with the time after which to come back."""

_MOST_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class _Rule:
    """`free` failures cost nothing, the next `first` seconds, each further one twice as much, up to `most`."""

    free: int
    first: float
    most: float


_PAIR = _Rule(free=3, first=0.5, most=15.0)
_ACCOUNT = _Rule(free=10, first=0.25, most=3.0)
_NETWORK = _Rule(free=30, first=0.1, most=2.0)


class _Count:
    __slots__ = ("at", "failures", "next")

    def __init__(self, at: float) -> None:
        self.failures = 0.0
        self.at = at
        self.next = at

    def decayed(self, now: float) -> float:
        return self.failures * math.pow(0.5, (now - self.at) / HALVED_EVERY)


class Slowdown:
    """How long a login has to wait, by who tries and from where. `clock` answers seconds."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._counts: dict[tuple[str, ...], _Count] = {}

    def wait(self, account: str, address: str) -> float:
        """Seconds to wait before this attempt. Raises TooMany where the queue is too long to stand in."""
        now, network = self._clock(), network_of(address)
        apart = self._delay(_PAIR, ("pair", account, network), now)
        queued = 0.0
        if apart:
            pair = self._counts["pair", account, network]
            begins = max(now + apart, pair.next + apart)
            if begins - now > LONGEST_QUEUE:
                raise TooMany("Too many attempts to log in; wait a moment.", retry_after=begins - now)
            pair.next = begins
            queued = begins - now
        return max(
            queued,
            self._delay(_ACCOUNT, ("account", account), now),
            self._delay(_NETWORK, ("network", network), now),
        )

    def failed(self, account: str, address: str) -> None:
        """Count a wrong password."""
        now, network = self._clock(), network_of(address)
        for key in (("pair", account, network), ("account", account), ("network", network)):
            count = self._counts.get(key)
            if count is None:
                self._make_room(now)
                count = self._counts[key] = _Count(now)
            count.failures = count.decayed(now) + 1
            count.at = now

    def succeeded(self, account: str, address: str) -> None:
        """Forget this account's failures from this network; those from elsewhere stay."""
        self._counts.pop(("pair", account, network_of(address)), None)

    def _delay(self, rule: _Rule, key: tuple[str, ...], now: float) -> float:
        count = self._counts.get(key)
        # Half a failure of grace: three at once have decayed a little by the time they are counted.
        over = 0.0 if count is None else count.decayed(now) + 0.5 - rule.free
        return 0.0 if over < 1 else min(rule.most, rule.first * 2.0 ** min(over - 1, 30))

    def _make_room(self, now: float) -> None:
        if len(self._counts) < _MOST_KEPT:
            return
        self._counts = {key: count for key, count in self._counts.items() if count.decayed(now) >= 0.5}
        while len(self._counts) >= _MOST_KEPT:
            self._counts.pop(next(iter(self._counts)))


def network_of(address: str) -> str:
    """The network of an address: /24 of IPv4, /64 of IPv6 (what one customer has); the address itself if it is neither."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 64), strict=False))
