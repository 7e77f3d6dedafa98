"""How much is measured: the defaults are what the criteria ask for."""

from __future__ import annotations

import msgspec


class Effort(msgspec.Struct, frozen=True):
    """`rounds` of `seconds` each; `sockets` overrides the suite's own number."""

    rounds: int = 5
    seconds: float = 4.0
    sockets: int | None = None

    def of(self, sockets: int) -> int:
        """So many sockets, unless something else was asked for."""
        return self.sockets or sockets
