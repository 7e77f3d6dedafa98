"""Everything outside `/api/v1`: the pages of the client, its files, the policy, the API's own page, and health."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from microblog.core.errors import NotFound
from microblog.http.answering import etag, gzipped, matches, refusal, send_answer, takes_gzip
from microblog.http.dispatch import WrongMethod
from microblog.http.headers import page_headers
from microblog.http.request import header
from microblog.http.rows import Headers
from microblog.http.static import IMMUTABLE, REVALIDATE, File, Tree

PAGES = frozenset(
    (
        "/",
        "/login",
        "/join",
        "/setup",
        "/home",
        "/everyone",
        "/mentions",
        "/bookmarks",
        "/settings",
        "/people",
        "/groups",
    )
)
PAGES_OF = ("/groups/", "/people/", "/topics/", "/posts/")
"""Addresses that the client's own router understands: these, and one segment below each of those."""

AT_THE_ROOT = ("favicon.ico", "favicon.svg", "manifest.webmanifest", "sw.js")
"""Files that browsers look for at the root."""

_HTML = b"text/html; charset=utf-8"
_ROBOTS = b"User-agent: *\nDisallow: /\n"

Page = Callable[[Scope], Awaitable[tuple[int, Headers, bytes]]]
"""Makes one page or figure: status, headers (a content type among them) and body."""


class Site(BaseRoute):
    """One Starlette route, the last one: what it does not know is not found.

    `pages` are made by functions, as `/policy` and `/healthz`. `static` holds `index.html` and everything it loads.
    Raises FileNotFoundError where there is no such page.
    """

    def __init__(self, static: Path, pages: Mapping[str, Page]) -> None:
        self._index_file = static / "index.html"
        self._index_file.read_bytes()
        self._tree = Tree(static)
        self._pages = dict(pages)
        self._index: tuple[str, bytes, Headers] = ("", b"", ())

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Every HTTP request that came this far."""
        return (Match.FULL, {}) if scope["type"] == "http" else (Match.NONE, {})

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """Pages have no names."""
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request for a page or a file."""
        path: str = scope["path"]
        if scope["method"] not in ("GET", "HEAD"):
            await self._wrong_method(path, send)
        elif path.startswith("/static/"):
            name, current = self._tree.split(path.removeprefix("/static/"))
            await self._send_file(self._tree.file(name), IMMUTABLE if current else REVALIDATE, scope, send)
        elif path in self._pages:
            status, headers, body = await self._pages[path](scope)
            await _send_page(status, headers, body, scope, send)
        elif path[1:] in AT_THE_ROOT:
            await self._send_file(self._tree.file(path[1:]), REVALIDATE, scope, send)
        elif path == "/robots.txt":
            await _send_page(200, ((b"content-type", b"text/plain"),), _ROBOTS, scope, send)
        elif _is_page(path):
            await self._send_index(200, scope, send)
        elif b"text/html" in (header(scope, b"accept") or b""):
            # A person in a browser: the client says that there is nothing, in their language.
            await self._send_index(404, scope, send)
        else:
            await _send_not_found(scope, send)

    async def _send_index(self, status: int, scope: Scope, send: Send) -> None:
        version = self._tree.version()
        if self._index[0] != version:
            html = self._index_file.read_bytes().replace(b'"/static/', b'"/static/~%s/' % version.encode())
            headers = ((b"content-type", _HTML), (b"cache-control", b"no-cache"), *page_headers(html))
            self._index = (version, html, headers)
        await _send_page(status, self._index[2], self._index[1], scope, send)

    async def _send_file(self, file: File | None, cache: bytes, scope: Scope, send: Send) -> None:
        if file is None:
            await _send_not_found(scope, send)
            return
        headers: Headers = (
            (b"content-type", file.kind),
            (b"cache-control", cache),
            (b"etag", file.etag),
            (b"vary", b"Accept-Encoding"),
        )
        if matches(file.etag, header(scope, b"if-none-match")):
            await send_answer(send, 304, None, headers)
            return
        body = file.plain
        if file.packed is not None and takes_gzip(header(scope, b"accept-encoding")):
            body, headers = file.packed, (*headers, (b"content-encoding", b"gzip"))
        await send_answer(send, 200, body, headers, head=scope["method"] == "HEAD")

    async def _wrong_method(self, path: str, send: Send) -> None:
        known = path in self._pages or path.startswith("/static/") or _is_page(path)
        problem = WrongMethod(("GET",)) if known else NotFound("There is nothing under this address.")
        status, body, headers = refusal(problem)
        if isinstance(problem, WrongMethod):
            headers = (*headers, (b"allow", b"GET, HEAD"))
        await send_answer(send, status, body, headers)


def _is_page(path: str) -> bool:
    if path in PAGES:
        return True
    return any(
        path.startswith(start) and len(path) > len(start) and "/" not in path[len(start) :]
        for start in PAGES_OF
    )


async def _send_page(status: int, headers: Headers, body: bytes, scope: Scope, send: Send) -> None:
    if status == 200:
        tag = etag(body)
        headers = (*headers, (b"etag", tag), (b"vary", b"Accept-Encoding"))
        if matches(tag, header(scope, b"if-none-match")):
            await send_answer(send, 304, None, headers)
            return
    if len(body) > 2000 and takes_gzip(header(scope, b"accept-encoding")):
        body, headers = gzipped(body), (*headers, (b"content-encoding", b"gzip"))
    await send_answer(send, status, body, headers, head=scope["method"] == "HEAD")


async def _send_not_found(scope: Scope, send: Send) -> None:
    status, body, headers = refusal(NotFound("There is nothing under this address."))
    await send_answer(send, status, body, headers, head=scope["method"] == "HEAD")
