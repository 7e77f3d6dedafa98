"""How the events of one process reach the others. A bus is a doorbell with the bytes in it: it may lose or reorder
anything, the journal makes up for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from microblog.journal.event import Committed


class Bus(Protocol):
    """`publish` neither waits nor raises. `suspect` is true while others may not be heard."""

    @property
    def suspect(self) -> bool: ...
    async def start(self) -> None: ...
    def publish(self, events: Sequence[Committed]) -> None: ...
    async def stop(self) -> None: ...


class InProcess:
    """One process: there is nobody to tell."""

    suspect = False

    async def start(self) -> None:
        pass

    def publish(self, events: Sequence[Committed]) -> None:
        pass

    async def stop(self) -> None:
        pass
