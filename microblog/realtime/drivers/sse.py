"""Server-sent events that have left ASGI: the same shared bytes, no parser at all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from microblog.core.viewer import Viewer
from microblog.realtime.endings import Ending
from microblog.realtime.frames import Form
from microblog.realtime.stream import Stream
from microblog.realtime.subscriber import Subscriber

RETRY_MILLIS = 2000

HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"connection", b"close"),
)
"""`Connection: close` makes the end of the connection the end of the body, so that shared bytes need no chunk sizes."""

RETRY = b"retry: %d\n\n" % RETRY_MILLIS


def head(extra: bytes) -> bytes:
    """The head of the answer, and the first field of the stream."""
    lines = b"".join(b"%s: %s\r\n" % header for header in HEADERS)
    return b"HTTP/1.1 200 OK\r\n" + lines + extra + b"\r\n" + RETRY


class EventStream(Subscriber, asyncio.Protocol):
    """The transport's protocol and the hub's subscriber in one."""

    __slots__ = ("stream", "transport")

    def __init__(self, stream: Stream, viewer: Viewer, transport: asyncio.Transport) -> None:
        super().__init__(viewer, transport, Form.EVENT_STREAM)
        self.stream = stream
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Nothing more is expected: the request was whole, and the answer has no end."""

    def eof_received(self) -> None:
        """The client is gone; the transport closes."""

    def connection_lost(self, exc: Exception | None) -> None:
        self.stream.forget(self)

    def end(self, ending: Ending) -> None:
        """There is no code to send: an EventSource reconnects with its position, and is refused then if it must be."""
        self.transport.close()
        self.stream.linger(self.transport)

    def suspend(self, channels: Sequence[str], seq: int) -> None:
        self.stream.asks.again(self, channels, seq)
