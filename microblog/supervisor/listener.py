"""The address that the server listens on, and the options of the sockets that listen there."""

from __future__ import annotations

import errno
import resource
import socket
import sys
import time
from dataclasses import dataclass

from microblog.supervisor.refusal import Refused

BACKLOG = 4096
"""Connections that may wait to be accepted; the kernel cuts it at net.core.somaxconn. A whole company reconnects at once."""

NOTSENT_LOWAT = 16 * 1024
"""Bytes that the kernel may hold unsent before it calls a socket writable, so that what a slow reader has not taken
stays in our own bounded buffer, where it is counted."""

DEAD_AFTER = 60
"""Seconds without an acknowledgement after which the kernel gives a connection up."""

PATIENCE = 1.0
"""Seconds to wait for an address that a dying server still holds."""


@dataclass(frozen=True)
class Address:
    """A host and port that were free when they were asked for. The port is never 0."""

    host: str
    port: int
    reserved: tuple[socket.socket, ...]
    """Bound sockets that keep the address ours. They listen only in a server of one process."""

    @classmethod
    def claim(cls, host: str, port: int, *, shared: bool) -> Address:
        """Check by binding that the address is free, and keep it. Raises Refused.

        `shared` leaves the address open to more sockets of this user (SO_REUSEPORT), one for each worker. Such a bind
        succeeds beside another server's shared sockets, whence the plain one first.
        """
        sockets = _bound(host, port, shared=False)
        port = port or sockets[0].getsockname()[1]
        if shared:
            for plain in sockets:
                plain.close()
            sockets = _bound(host, port, shared=True)
        return cls(host, port, tuple(sockets))

    @property
    def url(self) -> str:
        """`http://127.0.0.1:8000`, with a name that a browser on this machine can open."""
        host = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return (
            f"http://[{host}]:{self.port}"
            if ":" in host and "[" not in host
            else f"http://{host}:{self.port}"
        )

    def sockets_of_a_worker(self) -> list[socket.socket]:
        """This worker's own sockets on the shared address; the kernel deals connections out between workers."""
        return _bound(self.host, self.port, shared=True)


def raise_descriptor_limit() -> int:
    """Raise the soft limit of open files to the hard one: every open screen is a descriptor. Returns the limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def _bound(host: str, port: int, *, shared: bool) -> list[socket.socket]:
    """One socket for each address that the name stands for, as asyncio would make them."""
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror as error:
        raise Refused(f"MICROBLOG_HOST: {host} is no address of this machine: {error.strerror}.") from error
    sockets: list[socket.socket] = []
    for family, kind, protocol, _, address in dict.fromkeys(found):
        at = (address[0], port, *address[2:])
        listener = _tuned(socket.socket(family, kind, protocol), shared=shared)
        try:
            _bind(listener, at)
        except OSError as error:
            for opened in (listener, *sockets):
                opened.close()
            raise Refused(f"Can not listen on {address[0]} port {port}: {error.strerror}.") from error
        port = port or listener.getsockname()[1]
        sockets.append(listener)
    return sockets


def _bind(listener: socket.socket, at: tuple[object, ...]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return listener.bind(at)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _tuned(listener: socket.socket, *, shared: bool) -> socket.socket:
    """Options that accepted sockets inherit from their listener (Linux), set once instead of once a connection."""
    listener.setblocking(False)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if listener.family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if sys.platform == "linux":
        tcp = socket.IPPROTO_TCP
        listener.setsockopt(tcp, socket.TCP_NOTSENT_LOWAT, NOTSENT_LOWAT)
        listener.setsockopt(tcp, socket.TCP_USER_TIMEOUT, DEAD_AFTER * 1000)
        listener.setsockopt(tcp, socket.TCP_KEEPIDLE, DEAD_AFTER // 2)
        listener.setsockopt(tcp, socket.TCP_KEEPINTVL, DEAD_AFTER // 4)
    return listener
