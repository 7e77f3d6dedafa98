"""How a socket leaves ASGI: uvicorn's protocols, taught to hand their transport to a lean driver.

uvicorn takes both classes (`http=` and `ws=`). Starlette routes and authenticates a request as any other; the endpoint
finds `LEAVE` in the scope's extensions, calls it and returns. What stays is the transport and the driver: no task, no
scope, no parser. Nothing is awaited between accepting and handing over, and bytes that came with the handshake's
segment are handed over too (uvicorn drops them).
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import Any, cast

import httptools
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.utils import is_ssl
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from microblog.realtime.drivers.handshake import Agreed, SharedDeflate, agree
from microblog.realtime.drivers.knock import EARLY_LIMIT, GONE, Knock, Left

LEAVE = "microblog.leave"

STREAM = b"/api/v1/stream"
"""Where plain WebSocket handshakes are let in without being parsed a second time."""

Leave = Callable[[], Left | None]
"""Hands over the transport; None when the client has gone meanwhile."""


def _address(address: object) -> tuple[str, int] | None:
    """Host and port of a TCP address; None of any other (a Unix socket)."""
    return (str(address[0]), int(address[1])) if isinstance(address, tuple) else None


class LeavingWebSocket(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol with `LEAVE` in the scope. Endpoints that do not use it work as ever."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn.available_extensions = [SharedDeflate()]
        self._early = bytearray()
        self._http: LeavingHttp | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As uvicorn's, but what the HTTP protocol knows is not asked again: on uvloop that costs 65 µs and an object
        that stays with the transport."""
        http = cast(asyncio.Transport, transport).get_protocol()
        if not isinstance(http, LeavingHttp):
            return super().connection_made(transport)
        self._http = http
        self.connections.add(self)
        self.transport = cast(asyncio.Transport, transport)
        self.server, self.client = http.server, http.client
        self.scheme = "wss" if http.scheme == "https" else "ws"
        return None

    def data_received(self, data: bytes) -> None:
        begun = self.handshake_initiated
        if not begun:
            super().data_received(data)
            if self.handshake_initiated and not self.handshake_complete:
                self.scope.setdefault("extensions", {})[LEAVE] = cast(Any, self.leave)
        elif self.handshake_complete:
            super().data_received(data)
        else:
            self._early += data
            if len(self._early) > EARLY_LIMIT:
                self.transport.pause_reading()

    async def send(self, message: Any) -> None:
        await super().send(message)
        if self.transport.is_closing():
            # Whoever went before the answer is told nothing; uvicorn would log that as a mistake of the application.
            self.handshake_complete = True
        if self._early and self.handshake_complete and not self.transport.is_closing():
            early, self._early = bytes(self._early), bytearray()
            self.transport.resume_reading()
            super().data_received(early)

    def leave(self) -> Left | None:
        """Accept the handshake and hand over the transport."""
        self.handshake_complete = True
        if self.disconnected or self.transport.is_closing():
            return None
        del self.response.headers["Date"]
        for name, value in self.default_headers:
            self.response.headers[name.decode("latin-1")] = value.decode("latin-1")
        left = Left(self.transport, self.response.serialize(), bytes(self._early), bool(self.conn.extensions))
        self.transport.resume_reading()
        self.transport = GONE
        self.connections.discard(self)
        self._untie()
        return left

    def _untie(self) -> None:
        """Cut the cycles, so that the memory of a handshake is free now and not at some later collection: thousands of
        handshakes at once would otherwise scatter what lives among what is dead."""
        self.scope["extensions"].pop(LEAVE, None)
        self.conn.parser.close()
        if self._http is not None:
            self._http.untie()
        self._http = None


class LeavingHttp(HttpToolsProtocol):
    """uvicorn's HTTP protocol with `LEAVE` in the scope, which also passes on what came behind a handshake."""

    _segment = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As uvicorn's, but asks the transport for addresses, not for a socket that it would have to make up."""
        self.connections.add(self)
        self.transport = transport
        self.flow = FlowControl(transport)
        self.server = _address(transport.get_extra_info("sockname"))
        self.client = _address(transport.get_extra_info("peername"))
        self.scheme = "https" if is_ssl(transport) else "http"

    def data_received(self, data: bytes) -> None:
        self._segment = data
        super().data_received(data)
        self._segment = b""

    def handle_websocket_upgrade(self) -> None:
        upgrade = sys.exception()
        rest = self._segment[upgrade.args[0] :] if isinstance(upgrade, httptools.HttpParserUpgrade) else b""
        path, _, query = self.url.partition(b"?")
        if path == STREAM and not self.root_path:
            agreed = agree(self.scope["method"], self.scope["http_version"], self.headers)
            if agreed is not None:
                return self._knock(agreed, query, rest)
        super().handle_websocket_upgrade()
        heir = self.transport.get_protocol()
        if rest and isinstance(heir, asyncio.Protocol) and heir is not self:
            heir.data_received(rest)
        return None

    def _knock(self, agreed: Agreed, query: bytes, rest: bytes) -> None:
        """A plain handshake for the stream: nothing about it needs to be parsed again."""
        knock = Knock(self.transport, agreed, self.server_state, rest)
        scope = cast("dict[str, Any]", self.scope)
        del scope["method"]
        scope |= {
            "type": "websocket",
            "scheme": "wss" if self.scheme == "https" else "ws",
            "path": STREAM.decode(),
            "raw_path": STREAM,
            "query_string": query,
            "subprotocols": [],
            "extensions": {"websocket.http.response": {}, LEAVE: knock.leave},
        }
        self.connections.discard(self)
        self.transport.set_protocol(knock)
        self.parser = None  # type: ignore[assignment]  # it and we hold each other
        self.scope = None  # type: ignore[assignment]
        knock.begin(self.app, scope)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {LEAVE: cast(Any, self.leave)}

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.untie()

    def leave(self) -> Left | None:
        """Hand over the transport of the request being answered, of which nothing has been sent."""
        cycle = self.cycle
        if self.transport.is_closing():
            # The client has gone, of which uvicorn hears at the loop's next turn: it would log that nothing was answered.
            cycle.disconnected = True
        if cycle.disconnected or cycle.response_started:
            return None
        cycle.response_started = cycle.response_complete = True
        self.connections.discard(self)
        self.flow.resume_reading()
        headers = b"".join(b"%s: %s\r\n" % header for header in self.server_state.default_headers)
        left = Left(self.transport, headers, b"", False)
        self.transport = GONE
        cycle.transport = GONE
        self.untie()
        return left

    def untie(self) -> None:
        """Cut the cycles between connection, parser and scope; see `LeavingWebSocket`."""
        self.parser = None  # type: ignore[assignment]
        if self.scope is not None:
            self.scope.pop("extensions", None)
