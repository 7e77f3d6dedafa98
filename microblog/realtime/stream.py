"""What the connections of one process share: hub, wheel, history, what clients ask."""

from __future__ import annotations

import asyncio

from microblog.db import Database
from microblog.realtime.asks import Asks
from microblog.realtime.history import History
from microblog.realtime.hub import Hub
from microblog.realtime.ports import Ports
from microblog.realtime.reception import Arrival
from microblog.realtime.resume import Resume
from microblog.realtime.subscriber import Subscriber
from microblog.realtime.watching import Watching
from microblog.realtime.wheel import Wheel


class Stream:
    """Made once per process, when it starts."""

    def __init__(self, hub: Hub, history: History, database: Database, ports: Ports) -> None:
        self.hub = hub
        self.asks = Asks(hub, Watching(hub, history, database, ports))
        self.wheel = Wheel(hub)
        self._history = history

    def begin(self, arrival: Arrival, subscriber: Subscriber, prefix: bytes = b"") -> None:
        """Say hello, replay, go live. `prefix` are bytes of the transport's own that go first, in the same write."""
        Resume(
            self.hub, self._history, arrival.place, subscriber, arrival.after, arrival.opening, prefix
        ).advance()

    def forget(self, subscriber: Subscriber) -> None:
        """The connection is gone, or about to be. Harmless when it was forgotten before."""
        if subscriber.resume is not None:
            subscriber.resume.abandon()
        self.hub.leave(subscriber)

    def linger(self, transport: asyncio.Transport) -> None:
        self.wheel.linger(transport)
