"""The outermost layer: headers on every answer, one log line per request, figures, and the last resort."""

from __future__ import annotations

from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from microblog.core.wire import encode
from microblog.http.answering import JSON, NO_STORE, Refusal, Refused, send_answer
from microblog.http.dispatch import log_failure, logged
from microblog.http.headers import NOTHING, STRICT_TRANSPORT
from microblog.http.metrics import Metrics
from microblog.http.origin import Origins

log = structlog.get_logger("microblog.access")


class Edge:
    """Wraps the whole application. Plain ASGI: a middleware that builds a Request for each layer costs more than a post.

    A layer below that sends a Content-Security-Policy (a page, an uploaded file) keeps its own headers.
    """

    def __init__(self, app: ASGIApp, *, origins: Origins, metrics: Metrics) -> None:
        self._app = app
        self._origins = origins
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a WebSocket or the lifespan passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        status = 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._headers(scope, message.get("headers", ()))
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except Exception as error:
            number = log_failure(error, scope)
            if status:
                raise
            said = Refusal("internal", f"Something broke on our side. It was logged as {number}.", None)
            await send_answer(send_on, 500, encode(Refused(said)), (JSON, NO_STORE))
        finally:
            took = perf_counter() - began
            self._metrics.request(scope["method"], status, took)
            # No query, ever: a cursor is harmless there, a mistake of a client may not be.
            log.info(
                "request",
                method=scope["method"],
                path=logged(scope["path"]),
                status=status,
                ms=round(took * 1e3, 1),
            )

    def _headers(self, scope: Scope, given: object) -> list[tuple[bytes, bytes]]:
        headers: list[tuple[bytes, bytes]] = list(given)  # type: ignore[call-overload]
        if not any(name == b"content-security-policy" for name, _ in headers):
            headers.extend(NOTHING)
        if self._origins.is_secure(scope):
            headers.extend(STRICT_TRANSPORT)
        return headers
