"""The journal, read for those who were away for longer than the ring remembers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import NamedTuple

from microblog.journal.event import Committed
from microblog.realtime.frames import Logged, Message

CHUNK_BYTES = 256 * 1024
"""Replayed at once; the next chunk waits until the transport has room."""

CHUNK_EVENTS = 500
"""Read from the journal at once: some milliseconds of the reader."""

MAX_MISSED = 50_000
"""Whoever missed more starts over: loading a page is cheaper for both than replaying a holiday."""

_READERS = 2


class History:
    """Reads the journal for all who catch up, a few at a time, so that a storm of returns leaves room for requests."""

    def __init__(self, since: Callable[[int, int], Awaitable[list[Committed]]]) -> None:
        self._since = since
        self._turn = asyncio.Semaphore(_READERS)

    async def since(self, after: int, limit: int) -> list[Committed]:
        """Events after `after`, ascending. Raises Problem when the store can not be reached."""
        async with self._turn:
            return await self._since(after, limit)


class Stretch(NamedTuple):
    """What is to be told of a piece of the journal, and the position that it leads to."""

    messages: list[Message]
    cursor: int


def stretch(events: Sequence[Committed], cursor: int, head: int, channels: Collection[str]) -> Stretch | None:
    """What `channels` heard of `events`, about CHUNK_BYTES of it; None where what follows `cursor` was pruned.

    Nothing beyond `head`, how far the hub has come: up to there it is known who may hear what.
    """
    if not events or events[0].seq != cursor + 1:
        return None
    heard: list[Message] = []
    names = frozenset(channels)
    size = 0
    for event in events:
        if event.seq > head or size >= CHUNK_BYTES:
            break
        cursor = event.seq
        if not names.isdisjoint(event.channels):
            heard.append(Logged(event))
            size += len(event.data)
    return Stretch(heard, cursor)
