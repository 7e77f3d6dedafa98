"""What the suite needs to know of a peer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bench.load import Dialect, Publisher


class Absent(Exception):
    """The peer can not be had here. The message says why; nothing is guessed in its place."""


@dataclass(frozen=True)
class Running:
    """A peer that serves: the processes whose time counts, how to subscribe with each token, how to publish."""

    pids: Sequence[int]
    dialect: Dialect
    publisher: Publisher
    tokens: Sequence[str]


@dataclass(frozen=True)
class Peer:
    """`start(sockets, event)` serves so many, who are to get `event`, which holds the slot for the number of a message.

    It raises Absent where the peer can not be had; `version()` is asked after that.
    """

    name: str
    title: str
    start: Callable[[int, bytes], AbstractContextManager[Running]]
    version: Callable[[], str]
    numbered: bool = False
    """It numbers its events, so that they must arrive without a gap."""


def posted(port: int, path: str, body: bytes) -> Publisher:
    """Publishing by a request to this address of this machine."""
    return Publisher("127.0.0.1", port, (post(port, path, body),))


def post(port: int, path: str, body: bytes, headers: Sequence[str] = ()) -> bytes:
    """A request that posts `body` (RFC 9112)."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *headers,
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + body


def get(port: int, path: str, headers: Sequence[str] = ()) -> bytes:
    """A request that reads."""
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers, "", ""]).encode()


def token_header(token: str) -> str:
    """How somebody with a token says who they are."""
    return f"Authorization: Bearer {token}"
