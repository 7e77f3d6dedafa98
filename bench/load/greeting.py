"""One subscriber on its way in: connect, ask for the upgrade, hear the greetings, be ready."""

from __future__ import annotations

import base64
import errno
import select
import socket
from collections.abc import Callable

from bench.load.framing import client_frame, header
from bench.load.records import Dialect

_KEY = base64.b64encode(b"load generator..").decode()


def upgrade(dialect: Dialect, token: str, query: str) -> bytes:
    """The request for the upgrade (RFC 6455 section 4.1)."""
    lines = [
        f"GET {dialect.path}{query} HTTP/1.1",
        f"Host: {dialect.host}:{dialect.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {_KEY}",
        "Sec-WebSocket-Version: 13",
        *(line.format(token=token) for line in dialect.headers),
        "",
        "",
    ]
    return "\r\n".join(lines).encode()


class Greeting:
    """Calls `ready(socket, hello, rest)` with the first greeting and what came behind the last one, or
    `refused(token, status, retry_after)`; status 0 is a connection that broke."""

    __slots__ = (
        "_awaited",
        "_data",
        "_dialect",
        "_epoll",
        "_hello",
        "_next",
        "_others",
        "_ready",
        "_refused",
        "_request",
        "_sock",
        "_token",
        "_upgraded",
    )

    def __init__(
        self,
        dialect: Dialect,
        token: str,
        query: str,
        epoll: select.epoll,
        others: dict[int, Callable[[int], None]],
        ready: Callable[[socket.socket, bytes, bytes], None],
        refused: Callable[[str, int, float], None],
    ) -> None:
        self._dialect = dialect
        self._token = token
        self._epoll = epoll
        self._others = others
        self._ready = ready
        self._refused = refused
        self._request = upgrade(dialect, token, query)
        self._data = bytearray()
        self._upgraded = False
        self._awaited = dialect.greetings
        self._next = 0
        self._hello = b""
        self._sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        others[self._sock.fileno()] = self._on_ready
        error = self._sock.connect_ex((dialect.host, dialect.port))
        if error not in (0, errno.EINPROGRESS):
            raise OSError(error, "can not connect")
        epoll.register(self._sock, select.EPOLLIN | select.EPOLLOUT)

    def _on_ready(self, mask: int) -> None:
        try:
            if self._request:
                self._send()
                if not mask & ~select.EPOLLOUT:
                    return None
            data = self._sock.recv(1 << 20)
        except BlockingIOError:
            return None
        except OSError:
            data = b""
        if not data:
            return self._give_up(0, 0.0)
        self._data += data
        self._hear()

    def _send(self) -> None:
        sent = self._sock.send(self._request)
        self._request = self._request[sent:]
        if not self._request:
            self._epoll.modify(self._sock, select.EPOLLIN)

    def _hear(self) -> None:
        data = self._data
        if not self._upgraded:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                return None
            status = int(data[9:12])
            if status != 101:
                return self._give_up(status, _retry_after(bytes(data[:end])))
            self._upgraded = True
            del data[: end + 4]
        while self._awaited:
            known = header(data, 0, len(data))
            if known is None or sum(known) > len(data):
                return None
            self._hello = self._hello or bytes(data[known[0] : sum(known)])
            del data[: sum(known)]
            self._awaited -= 1
            if not self._awaited:
                self._say()
        if not self._dialect.greetings:
            self._say()
        if not self._awaited:
            fd = self._sock.fileno()
            del self._others[fd]
            self._ready(self._sock, self._hello, bytes(data))

    def _say(self) -> None:
        if self._next < len(self._dialect.said):
            payload, opcode, self._awaited = self._dialect.said[self._next]
            self._next += 1
            self._sock.send(client_frame(payload, opcode))

    def _give_up(self, status: int, after: float) -> None:
        fd = self._sock.fileno()
        self._epoll.unregister(fd)
        del self._others[fd]
        self._sock.close()
        self._refused(self._token, status, after)


def _retry_after(head: bytes) -> float:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"retry-after":
            return float(value)
    return 1.0
