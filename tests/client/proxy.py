"""A proxy such as stands at the edge of a locked-down network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

BARRED = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 11\r\nConnection: close\r\n\r\nBad gateway"


@asynccontextmanager
async def proxy(port: int, barred: Sequence[bytes]) -> AsyncIterator[str]:
    """Hand on to this port all requests but those whose head holds one of these lines. Answers its own address."""

    writers: list[asyncio.StreamWriter] = []

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        with suppress(asyncio.IncompleteReadError, OSError):
            head = await reader.readuntil(b"\r\n\r\n")
            if any(line in head.lower() for line in barred):
                writer.write(BARRED)
            else:
                # One request per connection: each head passes by here.
                head = head.replace(b"Connection: keep-alive", b"Connection: close")
                await _join(head, reader, writer, port)
        writer.close()

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0, limit=1 << 20)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        for writer in writers:
            writer.close()


async def _join(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    """Bytes both ways until the server has said all."""
    from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
    to_server.write(head)
    sending = asyncio.ensure_future(_pump(reader, to_server))
    try:
        await _pump(from_server, writer)
    finally:
        sending.cancel()
        to_server.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
