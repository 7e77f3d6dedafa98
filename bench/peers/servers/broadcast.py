"""`websockets.broadcast`: the library's own way to send one message to many."""

from __future__ import annotations

import asyncio
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

from bench.peers.servers.publishing import listen

connected: set[ServerConnection] = set()


async def subscribe(connection: ServerConnection) -> None:
    connected.add(connection)
    try:
        await connection.wait_closed()
    finally:
        connected.discard(connection)


async def main(port: int, publishing: int) -> None:
    async with serve(
        subscribe, "127.0.0.1", port, ping_interval=None, compression=None, backlog=4096, open_timeout=60
    ):
        await listen(publishing, lambda event: broadcast(connected, event.decode()))
        await asyncio.get_running_loop().create_future()


uvloop.run(main(int(sys.argv[1]), int(sys.argv[2])))
