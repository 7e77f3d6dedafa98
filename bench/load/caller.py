"""Connections that send requests and time the answers: bots that post, people who read."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable

from bench.load.records import SLOT

FIRST_NUMBER = 1_000_000_000
"""Messages are numbered from here, so that every number has ten digits and every message the same size."""

Answer = Callable[["Caller", int, bytes, float], None]


class Caller:
    """One kept-alive connection with at most one request under way; `answered(caller, status, body, seconds)`."""

    def __init__(
        self,
        address: tuple[str, int],
        epoll: select.epoll,
        others: dict[int, Callable[[int], None]],
        answered: Answer,
        kind: str = "http",
    ) -> None:
        self.answered = answered
        self.number = 0
        self.waiting = False
        self._since = 0.0
        self._data = b""
        self._epoll = epoll
        self._others = others
        self._read = _http if kind == "http" else _nats
        self._sock = socket.create_connection(address)
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if kind == "nats":
            self._sock.sendall(b'CONNECT {"verbose":false,"pedantic":false}\r\n')
            while b"INFO" not in self._sock.recv(65536):
                continue
        self._sock.setblocking(False)
        others[self._sock.fileno()] = self._on_ready
        epoll.register(self._sock, select.EPOLLIN)

    def call(self, request: bytes, number: int = 0, since: float | None = None) -> float:
        """Send a request with `number` in its slot; answers when. The time counts from `since` if given."""
        if number:
            request = request.replace(SLOT, b"%d" % number)
        self.number = number
        self.waiting = True
        now = time.monotonic()
        self._since = now if since is None else since
        if self._sock.send(request) != len(request):
            raise OSError("the server does not take a request at once")
        return now

    def close(self) -> None:
        fd = self._sock.fileno()
        if fd >= 0:
            self._epoll.unregister(fd)
            del self._others[fd]
            self._sock.close()

    def _on_ready(self, mask: int) -> None:
        try:
            data = self._sock.recv(1 << 20)
        except BlockingIOError:
            return None
        except ConnectionError:
            data = b""
        if not data:
            self.close()
            self.waiting = False
            return self.answered(self, 0, b"", time.monotonic() - self._since)
        self._data += data
        answer = self._read(self._data)
        if answer is None:
            return None
        self._data = b""
        self.waiting = False
        return self.answered(self, *answer, time.monotonic() - self._since)


def _http(data: bytes) -> tuple[int, bytes] | None:
    """Status and body of a response with Content-Length (RFC 9112 section 6), or None when it is not all there."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = data[:end].lower()
    at = head.find(b"content-length:")
    length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
    if len(data) < end + 4 + length:
        return None
    return int(data[9:12]), data[end + 4 :]


def _nats(data: bytes) -> tuple[int, bytes] | None:
    """PONG: everything that was published before the PING is taken."""
    return (200, b"") if b"PONG\r\n" in data else None
