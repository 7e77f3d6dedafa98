"""The smallest HTTP/1.1 that a publisher needs: POST with Content-Length, answered by 201 once `deliver` has returned."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

ANSWER = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


async def listen(port: int, deliver: Callable[[bytes], None]) -> asyncio.Server:
    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
                deliver(await reader.readexactly(length))
                writer.write(ANSWER)
        except asyncio.IncompleteReadError:
            writer.close()

    return await asyncio.start_server(converse, "127.0.0.1", port)
