"""What one writes first: Starlette, a set of sockets, `send_text` to each."""

from __future__ import annotations

import sys

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from bench.peers.servers.uvicorn import run, serve

connected: set[WebSocket] = set()


async def subscribe(socket: WebSocket) -> None:
    await socket.accept()
    connected.add(socket)
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        connected.discard(socket)


async def publish(request: Request) -> Response:
    text = (await request.body()).decode()
    for socket in list(connected):
        await socket.send_text(text)
    return Response(status_code=201)


app = Starlette(routes=[WebSocketRoute("/", subscribe), Route("/", publish, methods=["POST"])])
run(serve(app, int(sys.argv[1]), int(sys.argv[2])))
