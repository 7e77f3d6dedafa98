"""uvicorn at its fastest, on two ports: uvloop, httptools, its sans-I/O WebSockets, no pings, no deflate."""

from __future__ import annotations

import socket

import uvicorn
import uvloop
from starlette.types import ASGIApp


async def serve(app: ASGIApp, *ports: int) -> None:
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_ping_interval=None,
        ws_per_message_deflate=False,
        access_log=False,
        log_level="warning",
        lifespan="off",
        backlog=4096,
    )
    await uvicorn.Server(config).serve(
        [socket.create_server(("127.0.0.1", port), backlog=4096) for port in ports]
    )


run = uvloop.run
