"""The generator's event loop: epoll, one shared buffer, and two ways of counting what thousands of sockets receive.

A turn costs about 2 µs per socket that has something: one `recv_into` and some list arithmetic, nothing allocated. That
is a fifth to a third of what any server spends on the same delivery, so that the server is the limit.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable

from bench.load.framing import SMALLEST_EVENT, Hopper

MOST_DESCRIPTORS = 1 << 15
BUFFER = 1 << 20
READY_AT_ONCE = 256
"""Sockets taken from epoll at once; latencies are stamped as they are read, this bounds how long a caller waits."""

Ready = Callable[[int], None]
Receive = Callable[..., int]


class Loop:
    """Counted sockets stand in lists indexed by descriptor; everything else has a callback in `others`."""

    def __init__(self) -> None:
        self.epoll = select.epoll()
        self.buffer = bytearray(BUFFER)
        self.receivers: list[Receive | None] = [None] * MOST_DESCRIPTORS
        self.hoppers: list[Hopper | None] = [None] * MOST_DESCRIPTORS
        self.counts = [0] * MOST_DESCRIPTORS
        self.octets = [0] * MOST_DESCRIPTORS
        self.others: dict[int, Ready] = {}
        self.lost: Callable[[int], None] = lambda fd: None
        self.unit = 0
        """Bytes of one message, where a server may put several into one frame; see `Hopper`."""
        self.left: list[int] = []
        """For each message, how many sockets do not have it yet."""
        self.done: list[float] = []
        """When the last socket had it."""

    def expect(self, messages: int, sockets: int) -> None:
        """Begin to count anew: so many messages, each to so many sockets."""
        self.left = [sockets] * messages
        self.done = [0.0] * messages
        self.counts = [0] * MOST_DESCRIPTORS
        self.octets = [0] * MOST_DESCRIPTORS

    def arrived(self, fd: int, events: int) -> None:
        """So many further messages are complete on this socket."""
        left = self.left
        count = self.counts[fd]
        self.counts[fd] = count + events
        for message in range(count, min(count + events, len(left))):
            left[message] -= 1
            if not left[message]:
                self.done[message] = time.monotonic()

    def turn(self, timeout: float) -> None:
        """Hop over frames: every socket's messages are counted one by one."""
        receivers = self.receivers
        hoppers = self.hoppers
        counts = self.counts
        buffer = self.buffer
        left = self.left
        expected = len(left)
        unit = self.unit
        for fd, mask in self.epoll.poll(max(timeout, 0.0), READY_AT_ONCE):
            receive = receivers[fd]
            if receive is None:
                self._other(fd, mask)
                continue
            try:
                size = receive(buffer)
            except BlockingIOError:
                continue
            except OSError:
                size = 0
            if not size:
                self.lost(fd)
                continue
            if (
                hoppers[fd] is None
                and not unit
                and buffer[1] == 126
                and (length := buffer[2] << 8 | buffer[3]) + 4 == size
                and length >= SMALLEST_EVENT
            ):
                message = counts[fd]
                counts[fd] = message + 1
                if message < expected:
                    left[message] -= 1
                    if not left[message]:
                        self.done[message] = time.monotonic()
            elif events := self._hop(fd, size):
                self.arrived(fd, events)

    def turn_by_octets(self, timeout: float) -> None:
        """Count bytes and have the kernel throw them away (MSG_TRUNC, tcp(7)): for rates at which copying would tell."""
        receivers = self.receivers
        octets = self.octets
        buffer = self.buffer
        truncate = socket.MSG_TRUNC
        for fd, mask in self.epoll.poll(max(timeout, 0.0), READY_AT_ONCE):
            receive = receivers[fd]
            if receive is None:
                self._other(fd, mask)
                continue
            try:
                size = receive(buffer, BUFFER, truncate)
            except BlockingIOError:
                continue
            except OSError:
                size = 0
            if size:
                octets[fd] += size
            else:
                self.lost(fd)

    def quiet(self, seconds: float) -> None:
        """Turn until the time is over, so that what was under way has arrived."""
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            self.turn(until - now)

    def _other(self, fd: int, mask: int) -> None:
        ready = self.others.get(fd)
        if ready is not None:
            ready(mask)

    def _hop(self, fd: int, size: int) -> int:
        hopper = self.hoppers[fd]
        if hopper is None:
            hopper = self.hoppers[fd] = Hopper(self.unit)
        events = hopper.feed(self.buffer, size)
        if hopper.between_frames:
            self.hoppers[fd] = None
        return events
