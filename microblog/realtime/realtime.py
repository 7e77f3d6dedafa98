"""The composition of realtime: what `app` makes, starts, hands committed events to and drains."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Sequence

from starlette.routing import BaseRoute

from microblog import journal
from microblog.core.errors import Problem, Unavailable
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.journal.event import Committed, Control
from microblog.realtime import endings
from microblog.realtime.admission import Admission
from microblog.realtime.bus import Bus, InProcess
from microblog.realtime.drivers.endpoints import Endpoints
from microblog.realtime.drivers.leaving import LeavingHttp, LeavingWebSocket
from microblog.realtime.history import History
from microblog.realtime.hub import Hub
from microblog.realtime.intake import Intake
from microblog.realtime.ports import Ports
from microblog.realtime.reception import Reception
from microblog.realtime.stream import Stream

WARM_EVENTS = 5000
"""Read into the ring at the start, so that those who return after a restart are answered from memory."""

POLL_SECONDS = 0.5
SUSPECT_POLL_SECONDS = 0.1
"""How often the counter is read, in every mode: the command line rings no doorbell, and Redis may be down."""

LAG_ALLOWED = 0.1
"""Seconds by which delivery may be behind before the writer waits for it."""

UNREAD_ALLOWED = 128 * 1024
"""Bytes that may wait unread for the average subscriber before the writer waits for them. It takes more than half of them
to come here: some who read nothing hold nobody back, and are closed."""

LONGEST_DEBT = 0.25
"""Seconds; reached when twice as many bytes wait as are allowed, a quarter of what ends a connection."""

DRAIN_RATE = 500
"""Connections ended per second while draining: each comes back to another worker, at half a millisecond of its time."""

log = logging.getLogger(__name__)


class Realtime:
    """`protocol_class` and `http_class` go to uvicorn as `ws=` and `http=`. `on_control` hears every change of rights
    as soon as this process does, before it takes effect on the connections."""

    protocol_class = LeavingWebSocket
    http_class = LeavingHttp

    def __init__(
        self,
        ports: Ports,
        *,
        on_control: Sequence[Callable[[Control], None]] = (),
        redis_url: str | None = None,
        worker: str | None = None,
        admission: Admission | None = None,
        warm_events: int = WARM_EVENTS,
    ) -> None:
        self.worker = worker or str(os.getpid())
        self._ports = ports
        self._warm_events = warm_events
        self._on_control = tuple(on_control)
        self._redis_url = redis_url
        self._admission = admission or Admission()
        self._endpoints = Endpoints(self._parts)
        self._started: tuple[Stream, Reception] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def routes(self) -> list[BaseRoute]:
        """`/api/v1/stream` (WebSocket and server-sent events) and `/api/v1/events` (long-poll)."""
        return self._endpoints.routes()

    async def start(self, database: Database) -> None:
        """Begin to follow the journal of this store; from then on there is a `hub`. Raises Problem."""
        self._database = database
        epoch, head, recent = await database.read(_recent, None, self._warm_events)
        self.hub = Hub(head - len(recent), epoch, asyncio.get_running_loop().call_soon)
        for event in recent:
            self.hub.ring.append(event)
        history = History(self._since)
        self._intake = Intake(head, self._deliver, self._since)
        self._bus: Bus = InProcess()
        if self._redis_url is not None:
            # Imported here: a tenth of a second that a server without Redis need not take to be back.
            from microblog.realtime.redis_bus import RedisBus

            self._bus = RedisBus(self._redis_url, epoch, self._intake)
        stream = Stream(self.hub, history, database, self._ports)
        self._started = stream, Reception(self.hub, database, self._ports, self._admission, self.worker)
        await self._bus.start()
        self._tasks.append(asyncio.create_task(self._follow_counter()))

    def committed(self, events: Sequence[Committed]) -> None:
        """The database's `on_commit`: this process has written these, in this order."""
        if self._started is not None and events:
            self._bus.publish(events)
            self._intake.take(events)

    @property
    def suspect(self) -> bool:
        """Whether other processes may not be heard, so that their events come by way of the journal alone."""
        return self._bus.suspect

    def debt(self) -> float:
        """Seconds by which the writer should delay its next batch: delivery is behind, in time or in bytes unread."""
        if self._started is None:
            return 0.0
        late = self.hub.lag() - LAG_ALLOWED
        unread = (self.hub.unread / UNREAD_ALLOWED - 1.0) * LONGEST_DEBT
        return min(max(0.0, late, unread), LONGEST_DEBT)

    async def drain(self, within: float = 10.0) -> None:
        """End every connection, spread over at most `within` seconds; new ones are sent elsewhere (503)."""
        self._admission.closed = True
        if self._started is None:
            return
        stream, _ = self._started
        loop = asyncio.get_running_loop()
        live = self.hub.live()
        spread = min(within, len(live) / DRAIN_RATE)
        began = loop.time()
        for done, subscriber in enumerate(live):
            ahead = spread * done / len(live) - (loop.time() - began)
            if ahead > 0:
                await asyncio.sleep(ahead)
            stream.forget(subscriber)
            subscriber.end(endings.RESTART)
        self.hub.lot.end(endings.RESTART)

    async def stop(self) -> None:
        """Follow the journal no longer. After `drain`."""
        if self._started is None:
            return
        stream, _ = self._started
        self._started = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._bus.stop()
        await self._intake.stop()
        stream.wheel.stop()

    def _parts(self) -> tuple[Stream, Reception]:
        if self._started is None:
            raise Unavailable("the server is starting or stopping")
        return self._started

    def _deliver(self, events: Sequence[Committed]) -> None:
        for event in events:
            if event.control is not None:
                for told in self._on_control:
                    told(event.control)
        self.hub.deliver(events)

    async def _since(self, after: int, limit: int) -> list[Committed]:
        return await self._database.read(_since, None, after, limit)

    async def _follow_counter(self) -> None:
        while True:
            await asyncio.sleep(SUSPECT_POLL_SECONDS if self._bus.suspect else POLL_SECONDS)
            try:
                self._intake.expect(await self._database.read(_head, None))
            except Problem as problem:
                log.warning("the counter can not be read: %s", problem.message)


def _recent(tx: Tx, viewer: Viewer | None, many: int) -> tuple[str, int, list[Committed]]:
    head = journal.head(tx)
    recent = journal.since(tx, max(0, head - many), many)
    return journal.epoch(tx), head, recent


def _since(tx: Tx, viewer: Viewer | None, after: int, limit: int) -> list[Committed]:
    return journal.since(tx, after, limit)


def _head(tx: Tx, viewer: Viewer | None) -> int:
    return journal.head(tx)
