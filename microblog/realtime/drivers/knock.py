"""Somebody at the door: a plain WebSocket handshake, until the application lets the socket leave or refuses it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import NamedTuple, cast

from starlette.types import ASGIApp, Message, Scope
from uvicorn.server import ServerState

from microblog.realtime.drivers.handshake import Agreed

EARLY_LIMIT = 64 * 1024
"""Bytes taken in before the handshake is answered; beyond that reading pauses."""

log = logging.getLogger(__name__)


class Left(NamedTuple):
    """What is handed over: the transport, the answer to write first, bytes to feed on, whether deflate was agreed."""

    transport: asyncio.Transport
    answer: bytes
    early: bytes
    deflate: bool


class _Gone:
    """Stands where the transport was, so that the last steps of who handed it over reach nobody."""

    def is_closing(self) -> bool:
        return True

    def close(self) -> None:
        pass


GONE = cast("asyncio.Transport", _Gone())


class Knock(asyncio.Protocol):
    """The transport's protocol meanwhile. `leave` is what the endpoint finds in the scope."""

    def __init__(
        self, transport: asyncio.Transport, agreed: Agreed, state: ServerState, early: bytes
    ) -> None:
        self._transport = transport
        self._agreed = agreed
        self._state = state
        self._early = bytearray(early)
        self._answered = False
        self._status = 500
        self._headers: Sequence[tuple[bytes, bytes]] = ()
        self._body = b""
        state.connections.add(self)  # type: ignore[arg-type]  # all that is asked of it is `shutdown`

    def begin(self, app: ASGIApp, scope: Scope) -> None:
        """Ask the application."""
        task = asyncio.get_running_loop().create_task(self._ask(app, scope))
        self._state.tasks.add(task)
        task.add_done_callback(self._state.tasks.discard)

    def leave(self) -> Left | None:
        """Hand over the transport, with the handshake's answer to be written; None when the client has gone meanwhile."""
        transport, self._transport = self._transport, GONE
        self._answered = True
        self._state.connections.discard(self)
        if transport.is_closing():
            return None
        transport.resume_reading()
        lines = b"".join(b"%s: %s\r\n" % header for header in self._state.default_headers)
        agreed = self._agreed
        return Left(transport, agreed.answer + lines + b"\r\n", bytes(self._early), agreed.deflate)

    def data_received(self, data: bytes) -> None:
        self._early += data
        if len(self._early) > EARLY_LIMIT:
            self._transport.pause_reading()

    def eof_received(self) -> None:
        """Gone, or as good as: the transport closes."""

    def connection_lost(self, exc: Exception | None) -> None:
        self._state.connections.discard(self)

    def shutdown(self) -> None:
        """Uvicorn stops."""
        self._transport.close()

    async def _ask(self, app: ASGIApp, scope: Scope) -> None:
        try:
            await app(scope, self._receive, self._send)
        except Exception:
            log.exception("a handshake failed")
        if not self._answered:
            self._refuse(500, (), b"")

    async def _receive(self) -> Message:
        return {"type": "websocket.connect"}

    async def _send(self, message: Message) -> None:
        kind = message["type"]
        if kind == "websocket.close":
            self._refuse(403, (), b"")
        elif kind == "websocket.http.response.start":
            self._status, self._headers = message["status"], message.get("headers", ())
        elif kind == "websocket.http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                self._refuse(self._status, self._headers, self._body)
        else:
            raise RuntimeError(f"{kind}: here a socket leaves, or is refused")

    def _refuse(self, status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> None:
        self._answered = True
        if self._transport.is_closing():
            return
        told = [*headers, *self._state.default_headers, (b"connection", b"close")]
        if not any(name.lower() == b"content-length" for name, _ in told):
            told.append((b"content-length", b"%d" % len(body)))
        lines = b"".join(b"%s: %s\r\n" % header for header in told)
        phrase = HTTPStatus(status).phrase.encode()
        self._transport.write(b"HTTP/1.1 %d %s\r\n%s\r\n%s" % (status, phrase, lines, body))
        self._transport.close()
