"""Resuming: parked with a cursor, replayed what was missed at the speed at which it is read, then live.

No buffer is kept for who is absent: what it missed stands in the ring or in the journal.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from microblog.core.errors import Problem
from microblog.journal.event import Committed
from microblog.realtime import endings
from microblog.realtime.frames import Message, assemble
from microblog.realtime.history import CHUNK_BYTES, CHUNK_EVENTS, History, stretch
from microblog.realtime.hub import Hub
from microblog.realtime.messages import reset
from microblog.realtime.parking import Place
from microblog.realtime.subscriber import Subscriber

_AHEAD_SECONDS = 0.02


class Resume:
    """One subscriber's way from the parking lot to live. It is gone when that is done.

    `opening` goes out first, in one write with what was missed when that is little.
    """

    def __init__(
        self,
        hub: Hub,
        history: History,
        place: Place,
        subscriber: Subscriber,
        after: int,
        opening: Sequence[Message],
        prefix: bytes = b"",
    ) -> None:
        self._hub = hub
        self._history = history
        self._place = place
        self._subscriber = subscriber
        self._cursor = after
        self._opening = list(opening)
        self._prefix = prefix
        self._reading: asyncio.Task[None] | None = None
        self._done: asyncio.Event | None = None
        subscriber.resume = self

    def advance(self) -> None:
        """Go as far as the transport has room. Called at the start, and again each time it has room."""
        hub = self._hub
        while self._reading is None and self._subscriber.resume is self:
            if self._place.ending is not None:
                return self._end()
            if self._cursor > hub.head:
                # Another process told the client of events that have not reached this one.
                self._send([])
                self._reading = asyncio.create_task(self._wait_for_head())
            elif not hub.ring.covers(self._cursor):
                self._reading = asyncio.create_task(self._from_journal())
            else:
                channels = self._place.channels or ()
                events, self._cursor = hub.ring.read(self._cursor, channels, CHUNK_BYTES)
                self._send(events)
                if self._cursor == hub.head:
                    return self._go_live()
                if self._subscriber.stalled:
                    return None

    async def done(self) -> None:
        """Wait until the subscriber is live, or gone."""
        self._done = self._done or asyncio.Event()
        await self._done.wait()

    def abandon(self) -> None:
        """The subscriber is gone."""
        self._leave()
        self._hub.lot.leave(self._place)
        if self._reading is not None:
            self._reading.cancel()

    def _leave(self) -> None:
        self._subscriber.resume = None
        if self._done is not None:
            self._done.set()

    def _go_live(self) -> None:
        self._leave()
        self._hub.go_live(self._place, self._subscriber)

    def _end(self) -> None:
        ending = self._place.ending or endings.BROKEN
        self.abandon()
        self._send([])
        self._subscriber.end(ending)

    def _send(self, events: Sequence[Message]) -> None:
        messages = [*self._opening, *events]
        self._opening.clear()
        data = self._prefix + assemble(messages, self._subscriber.form, self._hub.epoch.encode())
        self._prefix = b""
        if data:
            self._subscriber.outlet.write(data)

    async def _wait_for_head(self) -> None:
        while self._cursor > self._hub.head:
            await asyncio.sleep(_AHEAD_SECONDS)
        self._reading = None
        self.advance()

    async def _from_journal(self) -> None:
        try:
            events = await self._history.since(self._cursor, CHUNK_EVENTS)
        except Problem:
            self._reading = None
            self._place.ending = endings.BROKEN
            return self._end()
        self._reading = None
        self._replay(events)
        if not self._subscriber.stalled:
            self.advance()

    def _replay(self, events: Sequence[Committed]) -> None:
        told = stretch(events, self._cursor, self._hub.head, self._place.channels or ())
        if told is None:
            # Pruned since: there is a hole in what can be told.
            self._opening.append(reset(self._hub.head))
            self._cursor = self._hub.head
            return
        self._cursor = told.cursor
        self._send(told.messages)
