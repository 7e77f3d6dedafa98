"""The two addresses: `/api/v1/stream` (WebSocket, or server-sent events) and `/api/v1/events` (long-poll)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from microblog.core.errors import NotFound, Problem, TooMany, Unavailable
from microblog.core.wire import encode
from microblog.realtime.drivers.asgi import serve_event_stream, serve_websocket
from microblog.realtime.drivers.leaving import LEAVE, Leave
from microblog.realtime.drivers.long_poll import poll
from microblog.realtime.drivers.sse import EventStream, head
from microblog.realtime.drivers.websocket import WebSocket
from microblog.realtime.reception import Reception, read_request
from microblog.realtime.stream import Stream

NO_STORE = {"cache-control": "no-store"}

Endpoint = Callable[[Scope, Receive, Send], Awaitable[None]]


class Endpoints:
    """`parts` answers what the process shares once it is started, and raises Unavailable before and afterwards."""

    def __init__(self, parts: Callable[[], tuple[Stream, Reception]]) -> None:
        self._parts = parts

    def routes(self) -> list[BaseRoute]:
        return [
            WebSocketRoute("/api/v1/stream", _Endpoint(self.websocket), name="stream"),
            Route("/api/v1/stream", _Endpoint(self.event_stream), methods=["GET"], name="event_stream"),
            Route("/api/v1/events", _Endpoint(self.long_poll), methods=["GET"], name="events"),
        ]

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        stream, reception = self._parts()
        arrival = await reception.receive(scope)
        leave = _leave(scope)
        if leave is None:
            return await serve_websocket(stream, arrival, receive, send)
        left = leave()
        if left is None:
            stream.hub.lot.leave(arrival.place)
            return None
        socket = WebSocket(stream, arrival.viewer, left.transport, left.deflate)
        left.transport.set_protocol(socket)
        stream.begin(arrival, socket, left.answer)
        if left.early:
            socket.data_received(left.early)
        return None

    async def event_stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        stream, reception = self._parts()
        arrival = await reception.receive(scope)
        leave = _leave(scope)
        if leave is None:
            return await serve_event_stream(stream, arrival, receive, send)
        left = leave()
        if left is None:
            stream.hub.lot.leave(arrival.place)
            return None
        source = EventStream(stream, arrival.viewer, left.transport)
        left.transport.set_protocol(source)
        stream.begin(arrival, source, head(left.answer))
        return None

    async def long_poll(self, scope: Scope, receive: Receive, send: Send) -> None:
        stream, reception = self._parts()
        wait = read_request(scope).wait
        arrival = await reception.receive(scope)
        if arrival.refused:
            stream.hub.lot.leave(arrival.place)
            raise NotFound("there is no such channel", field="watch")
        polled = await poll(stream, arrival, wait, receive)
        body = b'{"epoch":%s,"items":[%s],"head":%d,"reset":%s}' % (
            encode(stream.hub.epoch),
            b",".join(polled.items),
            polled.head,
            encode(polled.reset),
        )
        await Response(body, 200, NO_STORE, "application/json")(scope, receive, send)


class _Endpoint:
    """An ASGI app around one of them, that turns a refusal into its answer."""

    def __init__(self, serve: Endpoint) -> None:
        self._serve = serve

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._serve(scope, receive, send)
        except Problem as problem:
            await _refuse(problem)(scope, receive, send)


def _leave(scope: Scope) -> Leave | None:
    return cast("Leave | None", scope.get("extensions", {}).get(LEAVE))


def _refuse(problem: Problem) -> Response:
    """As every refusal of the API; to a WebSocket it is the answer instead of 101."""
    body = encode({"error": {"code": problem.code, "message": problem.message, "field": problem.field}})
    headers = dict(NO_STORE)
    if isinstance(problem, TooMany | Unavailable):
        headers["retry-after"] = str(round(problem.retry_after))
    if problem.status == 401:
        headers["www-authenticate"] = "Bearer"
    return Response(body, problem.status, headers, "application/json")
