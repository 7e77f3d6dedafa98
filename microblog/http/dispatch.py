"""From a path to its row, and from whatever comes of it to an answer.

Starlette tries its routes one after the other with a regular expression each; with eighty that is 60 µs for the last. Here
a path walks a tree of its segments, once, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

import structlog
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from microblog.core.errors import NotFound, Problem
from microblog.core.wire import encode
from microblog.db import Database
from microblog.http.answering import (
    JSON,
    NO_STORE,
    PRIVATE,
    SMALLEST_GZIP,
    Refusal,
    Refused,
    as_bytes,
    etag,
    gzipped,
    matches,
    refusal,
    send_answer,
    takes_gzip,
)
from microblog.http.endpoint import Endpoint
from microblog.http.idempotency import AlreadyCreated
from microblog.http.reading import Gone
from microblog.http.request import Authenticate, header
from microblog.http.rows import Reply, Row

PREFIX = "/api/v1"

log = structlog.get_logger("microblog.http")


class _Node:
    """What may follow one segment: a literal, or whatever a row calls `{name}`."""

    __slots__ = ("any", "endpoints", "literal")

    def __init__(self) -> None:
        self.literal: dict[str, _Node] = {}
        self.any: _Node | None = None
        self.endpoints: dict[str, Endpoint] = {}


class WrongMethod(Problem):
    """The address is right, the verb is not. `allowed` are those that are."""

    status = 405
    code = "wrong_method"

    def __init__(self, allowed: Iterable[str]) -> None:
        methods = set(allowed)
        self.allowed = ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))
        super().__init__(f"This address takes {self.allowed}.")


class Dispatch(BaseRoute):
    """One Starlette route for the whole API."""

    def __init__(self, rows: Iterable[Row], database: Database, authenticate: Authenticate) -> None:
        self._root = _Node()
        for row in rows:
            self._add(row, Endpoint(row, database, authenticate))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Everything under `/api/`: what is not there is answered in JSON too."""
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            return Match.FULL, {}
        return Match.NONE, {}

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """Rows have no names."""
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens."""
        head = scope["method"] == "HEAD"
        try:
            endpoints, segments = self._find(scope["path"])
            method = "GET" if head else scope["method"]
            endpoint = endpoints.get(method)
            if endpoint is None:
                await _other_method(method, endpoints, send)
                return
            reply = await endpoint.answer(scope, receive, segments)
        except Problem as problem:
            await _refuse(problem, send, head)
        except Gone:
            pass
        except Exception as error:
            await _broken(error, scope, send, head)
        else:
            await _send_reply(endpoint.row, reply, scope, send)

    def _add(self, row: Row, endpoint: Endpoint) -> None:
        node = self._root
        for part in (PREFIX + row.path).split("/")[1:]:
            if part.startswith("{"):
                node.any = node.any or _Node()
                node = node.any
            else:
                node = node.literal.setdefault(part, _Node())
        if row.method in node.endpoints:
            raise TypeError(f"{row.method} {row.path} is there twice")
        node.endpoints[row.method] = endpoint

    def _find(self, path: str) -> tuple[dict[str, Endpoint], Sequence[str]]:
        parts = path.split("/")
        node: _Node | None = self._root
        segments: list[str] = []
        for part in parts[1:]:
            assert node is not None
            following = node.literal.get(part)
            if following is None:
                following = node.any
                segments.append(part)
            if following is None:
                raise NotFound("There is nothing under this address.")
            node = following
        if node is None or not node.endpoints:
            raise NotFound("There is nothing under this address.")
        return node.endpoints, segments


async def _send_reply(row: Row, reply: Reply, scope: Scope, send: Send) -> None:
    head = scope["method"] == "HEAD"
    if reply.body is None:
        headers = (*reply.headers, NO_STORE)
        await send_answer(send, reply.status or 204, None, headers)
        return
    body = as_bytes(reply.body)
    headers = (JSON, *reply.headers)
    if row.secret:
        await send_answer(send, reply.status or row.status, body, (*headers, NO_STORE), head=head)
        return
    headers = (*headers, PRIVATE)
    if row.method == "GET":
        tag = etag(body)
        headers = (*headers, (b"etag", tag), (b"vary", b"Accept-Encoding, Authorization, Cookie"))
        if matches(tag, header(scope, b"if-none-match")):
            await send_answer(send, 304, None, headers)
            return
        if len(body) >= SMALLEST_GZIP and takes_gzip(header(scope, b"accept-encoding")):
            body = gzipped(body)
            headers = (*headers, (b"content-encoding", b"gzip"))
    await send_answer(send, reply.status or row.status, body, headers, head=head)


async def _other_method(method: str, endpoints: dict[str, Endpoint], send: Send) -> None:
    wrong = WrongMethod(endpoints)
    if method == "OPTIONS":
        await send_answer(send, 204, None, ((b"allow", wrong.allowed.encode()),))
    else:
        status, body, headers = refusal(wrong)
        await send_answer(send, status, body, (*headers, (b"allow", wrong.allowed.encode())))


async def _refuse(problem: Problem, send: Send, head: bool) -> None:
    status, body, headers = refusal(problem)
    if isinstance(problem, AlreadyCreated):
        body = encode({"error": {**_spoken(problem), "id": problem.subject}})
    if status == 413:
        # What the client is still sending will not be read.
        headers = (*headers, (b"connection", b"close"))
    await send_answer(send, status, body, headers, head=head)


def _spoken(problem: Problem) -> dict[str, object]:
    return {"code": problem.code, "message": problem.message, "field": problem.field}


async def _broken(error: Exception, scope: Scope, send: Send, head: bool) -> None:
    number = log_failure(error, scope)
    said = Refusal("internal", f"Something broke on our side. It was logged as {number}.", None)
    await send_answer(send, 500, encode(Refused(said)), (JSON, NO_STORE), head=head)


def log_failure(error: Exception, scope: Scope) -> str:
    """Log what was not foreseen, and answer the number by which it is found in the log."""
    number = uuid4().hex[:12]
    log.error(
        "request failed",
        error_id=number,
        method=scope.get("method"),
        path=logged(scope["path"]),
        exc_info=error,
    )
    return number


def logged(path: str) -> str:
    """The path as logs may hold it: those of feeds and hooks carry a secret."""
    for secret in ("/feeds/", "/hooks/"):
        if path.startswith(secret):
            return secret + "…"
    return path
