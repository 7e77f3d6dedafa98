"""Options of the listening socket. Accepted sockets inherit them (Linux), so that none is set per connection."""

from __future__ import annotations

import socket

NOTSENT_LOWAT = 16 * 1024
"""Unsent bytes the kernel takes for one connection. What a slow client has not read waits with us, where it is counted
and shared between subscribers, not by the megabyte in kernel buffers."""

USER_TIMEOUT_MILLIS = 60_000
"""Sent and not acknowledged for this long: the other end is gone."""


def tune(listener: socket.socket) -> None:
    """Prepare a TCP listener for thousands of long connections. Leaves other kinds of socket alone."""
    if listener.family not in (socket.AF_INET, socket.AF_INET6):
        return
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 15)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 4)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MILLIS)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, NOTSENT_LOWAT)
