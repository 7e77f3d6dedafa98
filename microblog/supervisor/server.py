"""One process that serves: uvicorn with our settings, until it is told to stop, then drained."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Protocol

import uvicorn
import uvloop
from starlette.types import ASGIApp

from microblog.supervisor.listener import BACKLOG

DRAIN_WITHIN = 10.0
"""Seconds over which live connections are told to go elsewhere; a whole company that reconnects in one second is a storm."""

ANSWER_WITHIN = 2
"""Seconds that requests still running after the drain get. Without a limit uvicorn waits for an open SSE for ever (ran)."""

GONE_WITHIN = 14
"""Seconds after which the kernel ends a process that was told to stop, whatever it is still doing."""


class Served(Protocol):
    """What is served: an application, the protocol class that its sockets speak, and how its connections are ended."""

    @property
    def asgi(self) -> ASGIApp:
        """The application; its lifespan is not used."""

    @property
    def protocol_class(self) -> type[asyncio.Protocol]:
        """What uvicorn hands a WebSocket handshake to."""

    @property
    def http_class(self) -> type[asyncio.Protocol]:
        """What uvicorn hands a connection to."""

    async def drain(self, within: float) -> None:
        """End every live connection within so many seconds."""


def serve(
    composed: Callable[[], AbstractAsyncContextManager[Served]],
    sockets: Sequence[socket.socket],
    *,
    signals: Sequence[signal.Signals] = (signal.SIGTERM, signal.SIGINT),
    proxies: Sequence[str] = (),
    on_ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve on these bound sockets until one of the signals comes, then drain. `on_ready` is called once, listening."""

    async def run() -> None:
        async with composed() as served:
            await _Server(served, signals, proxies, on_ready).serve(sockets=list(sockets))

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())


class _Server(uvicorn.Server):
    def __init__(
        self,
        served: Served,
        signals: Sequence[signal.Signals],
        proxies: Sequence[str],
        on_ready: Callable[[], None],
    ) -> None:
        super().__init__(_config(served, proxies))
        self._served = served
        self._signals = signals
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        _settle_memory()
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:  # first, or those who are told to reconnect come back to this process
            server.close()
        await self._drained()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """On the loop, and not raised again afterwards: a server that stopped as told leaves with status 0."""
        loop = asyncio.get_running_loop()
        for number in self._signals:
            loop.add_signal_handler(number, self._stop, number)
        try:
            yield
        finally:
            for number in self._signals:
                loop.remove_signal_handler(number)

    def _stop(self, number: signal.Signals) -> None:
        signal.alarm(GONE_WITHIN)
        self.handle_exit(number, None)

    async def _drained(self) -> None:
        """Drained, or interrupted a second time by somebody at the keyboard."""
        draining = asyncio.ensure_future(self._served.drain(DRAIN_WITHIN))
        while not (draining.done() or self.force_exit):
            await asyncio.wait([draining], timeout=0.1)
        if not draining.cancel():
            draining.result()


def _config(served: Served, proxies: Sequence[str]) -> uvicorn.Config:
    return uvicorn.Config(
        served.asgi,
        http=served.http_class,
        ws=served.protocol_class,
        ws_ping_interval=None,  # its timer would fire after the socket has left for a subscriber (ran)
        ws_max_size=1 << 20,
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        backlog=BACKLOG,
        timeout_graceful_shutdown=ANSWER_WITHIN,
    )


def _settle_memory() -> None:
    """Keep what start-up made out of every later collection."""
    gc.collect()
    gc.freeze()
