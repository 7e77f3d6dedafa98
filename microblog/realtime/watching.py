"""Watching one channel more: whether one may, what was missed of it, and then the channel itself.

What was missed comes from the journal as far as the ring does not reach, the rest from the ring, and the channel is heard
from exactly the event on where that ends. Other events flow meanwhile. Everything after the position asked for is sent, also
what came over another channel already: told twice in order, absolute state ends right; told in part, it need not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from microblog import journal
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.journal import Committed
from microblog.realtime import messages
from microblog.realtime.frames import Message, assemble
from microblog.realtime.history import CHUNK_BYTES, CHUNK_EVENTS, MAX_MISSED, History, stretch
from microblog.realtime.hub import Hub
from microblog.realtime.parking import Place
from microblog.realtime.ports import Ports
from microblog.realtime.subscriber import Subscriber

_PAUSE_SECONDS = 0.02
"""Between two looks whether the transport has room again, or another process's events have come."""


class Watching:
    """`watch` is one way from the question to the confirmation."""

    def __init__(self, hub: Hub, history: History, database: Database, ports: Ports) -> None:
        self._hub = hub
        self._history = history
        self._database = database
        self._ports = ports

    async def watch(self, subscriber: Subscriber, channel: str, after: int | None) -> None:
        """Returns when it is confirmed or refused, or the subscriber is gone. Raises Problem when the store can not be
        reached."""
        approach = _Approach(self._hub, subscriber, channel, after)
        while not approach.over:
            # Parked meanwhile under the same viewer, so that no change of rights slips in behind the question. When one
            # comes, the question is put again: what is watched may lie in what was taken away.
            approach.place = self._hub.lot.park(subscriber.viewer)
            try:
                known = await self._database.read(_ask, subscriber.viewer, self._ports, channel)
                if not known.allowed:
                    self._hub.tell(subscriber, lambda: [messages.not_found(channel)])
                    return
                approach.place.settle((), (channel,))
                approach.begin(known.head)
                await self._come_closer(approach)
            finally:
                self._hub.lot.leave(approach.place)

    async def _come_closer(self, approach: _Approach) -> None:
        while approach.allowed and not approach.over:
            if approach.is_ahead:
                # Another process told the client of events that have not reached this one.
                await asyncio.sleep(_PAUSE_SECONDS)
            elif approach.is_behind_ring:
                approach.replay(await self._history.since(approach.cursor or 0, CHUNK_EVENTS))
            else:
                turn = asyncio.get_running_loop().create_future()
                self._hub.tell(approach.subscriber, partial(approach.at_its_turn, turn))
                await turn
            while approach.subscriber.stalled and not approach.over:
                await asyncio.sleep(_PAUSE_SECONDS)


class _Approach:
    """How far one watch has come. `cursor` is None where nothing is to be replayed."""

    place: Place

    def __init__(self, hub: Hub, subscriber: Subscriber, channel: str, after: int | None) -> None:
        self.subscriber = subscriber
        self.cursor = after
        self._hub = hub
        self._channel = channel
        self._start_over = False
        self._confirmed = False

    @property
    def over(self) -> bool:
        return self._confirmed or self.subscriber.number < 0

    @property
    def allowed(self) -> bool:
        return self._channel in (self.place.channels or ())

    @property
    def is_ahead(self) -> bool:
        return self.cursor is not None and self.cursor > self._hub.head

    @property
    def is_behind_ring(self) -> bool:
        return self.cursor is not None and not self._hub.ring.covers(self.cursor)

    def begin(self, head: int) -> None:
        """The journal stands at `head`: can what was missed be told?"""
        cursor, reached = self.cursor, self._hub.head
        if cursor is not None and (cursor > max(head, reached) or reached - cursor > MAX_MISSED):
            self._begin_anew()

    def replay(self, events: Sequence[Committed]) -> None:
        """Send what a stretch of the journal holds of the channel."""
        if self.over or self.cursor is None or not self.allowed:
            return None
        told = stretch(events, self.cursor, self._hub.head, (self._channel,))
        if told is None:
            return self._begin_anew()
        self.cursor = told.cursor
        if told.messages:
            subscriber = self.subscriber
            subscriber.outlet.write(assemble(told.messages, subscriber.form, self._hub.epoch.encode()))

    def at_its_turn(self, turn: asyncio.Future[None]) -> Sequence[Message]:
        """What the ring holds of the channel; with the last of it, from here on, the channel itself."""
        turn.set_result(None)
        hub = self._hub
        if not self.allowed or self.is_behind_ring:
            return ()  # since it was asked for
        missed: Sequence[Message] = ()
        if self.cursor is not None:
            missed, self.cursor = hub.ring.read(self.cursor, (self._channel,), CHUNK_BYTES)
            if self.cursor < hub.head:
                return missed
        self._confirmed = True
        if self._channel not in hub.hears(self.subscriber):
            hub.add(self.subscriber, self._channel)
            self.subscriber.watched += (self._channel,)
        opening = [messages.reset(hub.head, self._channel)] if self._start_over else []
        return [*opening, *missed, messages.watching(self._channel, hub.head)]

    def _begin_anew(self) -> None:
        self._start_over, self.cursor = True, None


class _Known(NamedTuple):
    allowed: bool
    head: int


def _ask(tx: Tx, viewer: Viewer, ports: Ports, channel: str) -> _Known:
    return _Known(ports.may_hear(tx, viewer, channel), journal.head(tx))
