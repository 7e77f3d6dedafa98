"""A WebSocket client that can do everything wrong: it sends the bytes it is told to, and reads frame by frame."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator
from typing import NamedTuple

from tests.realtime.listeners import PATIENCE, head_of

CONT, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
MASK = b"\x11\x22\x33\x44"


class Frame(NamedTuple):
    first: int
    payload: bytes

    @property
    def opcode(self) -> int:
        return self.first & 15


def frame(opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0, masked: bool = True) -> bytes:
    """One frame from a client (RFC 6455 section 5.2)."""
    head = bytes([fin << 7 | rsv << 4 | opcode])
    bit = 0x80 if masked else 0
    if len(payload) < 126:
        head += bytes([bit | len(payload)])
    elif len(payload) < 65536:
        head += struct.pack("!BH", bit | 126, len(payload))
    else:
        head += struct.pack("!BQ", bit | 127, len(payload))
    if not masked:
        return head + payload
    return head + MASK + bytes(byte ^ MASK[at & 3] for at, byte in enumerate(payload))


def close(code: int | None = None, reason: bytes = b"") -> bytes:
    return frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason)


def handshake(who: str = "ada", path: str = "/api/v1/stream", **headers: str) -> bytes:
    fields = {
        "Host": "microblog",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Authorization": f"Bearer {who}",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    return (
        f"GET {path} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in fields.items()) + "\r\n"
    ).encode()


class Wire:
    """A connection after its handshake."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.fields: dict[str, str] = {}

    def send(self, *data: bytes) -> None:
        self.writer.write(b"".join(data))

    async def frame(self) -> Frame:
        """The next frame that is no heartbeat. Raises IncompleteReadError at the end of the stream."""
        while (frame := await self._frame()).payload.startswith(b'{"type":"heartbeat"'):
            pass
        return frame

    async def _frame(self) -> Frame:
        async with asyncio.timeout(PATIENCE):
            first, length = await self.reader.readexactly(2)
            assert length < 128, "a server must not mask"
            if length == 126:
                (length,) = struct.unpack("!H", await self.reader.readexactly(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", await self.reader.readexactly(8))
            return Frame(first, await self.reader.readexactly(length))

    async def closed(self) -> tuple[int | None, bytes]:
        """Code and reason of the close frame that comes next, after which the server must end the connection."""
        last = await self.frame()
        assert last.first == 0x88, last
        await self.ended()
        if not last.payload:
            return None, b""
        return struct.unpack("!H", last.payload[:2])[0], last.payload[2:]

    async def ended(self) -> None:
        async with asyncio.timeout(PATIENCE):
            with contextlib.suppress(ConnectionResetError):
                assert await self.reader.read() == b""


@contextlib.asynccontextmanager
async def wire(port: int, request: bytes | None = None, early: bytes = b"") -> AsyncIterator[Wire]:
    """Open a connection whose handshake is answered with 101. `early` goes out in the handshake's own segment."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    try:
        writer.write((request or handshake()) + early)
        status, fields = await head_of(reader)
        assert status == 101
        opened = Wire(reader, writer)
        opened.fields = fields
        yield opened
    finally:
        writer.close()
