"""python-socketio: rooms, acknowledgements and a protocol of its own above the WebSocket."""

from __future__ import annotations

import json
import sys

import socketio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from bench.peers.servers.uvicorn import run, serve

server = socketio.AsyncServer(
    async_mode="asgi", ping_interval=3600, ping_timeout=3600, cors_allowed_origins="*"
)


async def publish(request: Request) -> Response:
    await server.emit("post", json.loads(await request.body()))
    return Response(status_code=201)


app = Starlette(
    routes=[
        Route("/", publish, methods=["POST"]),
        Mount("/", socketio.ASGIApp(server, socketio_path="socket.io")),
    ]
)
run(serve(app, int(sys.argv[1]), int(sys.argv[2])))
