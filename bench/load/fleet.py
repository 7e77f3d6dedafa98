"""Thousands of subscribers of one server: most of them counted, a few of them probes."""

from __future__ import annotations

import heapq
import json
import random
import socket
import time
from collections import Counter
from collections.abc import Sequence

from bench.load.framing import Hopper
from bench.load.greeting import Greeting
from bench.load.loop import Loop
from bench.load.probe import Probe
from bench.load.records import Connected, Dialect

PROBES = 16
LONGEST_WAIT = 180.0
"""Seconds. A server that admits a thousand a second and sends the others away for up to five takes its time."""


class Fleet:
    """Sockets come by `connect`, go by `cut`, and say what they got by the loop's lists."""

    def __init__(self, loop: Loop, dialect: Dialect) -> None:
        self.loop = loop
        self.dialect = dialect
        self.sockets: dict[int, socket.socket] = {}
        self.probes: list[Probe] = []
        self.closed = 0
        self.refused = 0
        self.failed: Counter[str] = Counter()
        self.hello: dict[str, object] = {}
        self._under_way = 0
        self._later: list[tuple[float, str]] = []
        self._query = ""
        self._probes_wanted = PROBES
        loop.lost = self._lost
        loop.unit = dialect.unit

    def __len__(self) -> int:
        return len(self.sockets)

    def connect(
        self, tokens: Sequence[str], *, query: str = "", at_once: int = 400, probes: int = PROBES
    ) -> Connected:
        """Connect one socket with each token; those told to come back later (503) do. The loop is turned meanwhile."""
        began = time.monotonic()
        self.refused = 0
        self.failed = Counter()
        self._query = query
        self._probes_wanted = probes
        waiting = list(reversed(tokens))
        self._later = []
        while waiting or self._under_way or self._later:
            now = time.monotonic()
            if now - began > LONGEST_WAIT:
                self.failed["timed out"] += len(waiting) + self._under_way + len(self._later)
                break
            while self._later and self._later[0][0] <= now:
                waiting.append(heapq.heappop(self._later)[1])
            for _ in range(min(at_once - self._under_way, len(waiting), 64)):
                self._knock(waiting.pop())
            self.loop.turn(0.0 if waiting and self._under_way < at_once else 0.01)
        return Connected(len(self.sockets), time.monotonic() - began, self.refused, dict(self.failed))

    def cut(self) -> None:
        """Close every socket at once."""
        for fd, sock in self.sockets.items():
            self.loop.receivers[fd] = None
            self.loop.hoppers[fd] = None
            self.loop.others.pop(fd, None)
            sock.close()
        self.sockets.clear()
        self.probes.clear()

    def fall_silent(self, count: int) -> list[Probe]:
        """So many of the counted sockets read no more. Answers what may read them out later."""
        spared = {probe.fd for probe in self.probes}
        chosen = [fd for fd in self.sockets if fd not in spared][:count]
        silent = []
        for fd in chosen:
            sock = self.sockets.pop(fd)
            self.loop.receivers[fd] = None
            # That the server closes it is not seen from here: the end stands behind what is not read.
            self.loop.epoll.unregister(fd)
            silent.append(Probe(sock, lambda fd, events: None))
        return silent

    def dismiss(self, probe: Probe) -> None:
        """Close a probe's socket and forget it."""
        self.probes.remove(probe)
        del self.loop.others[probe.fd]
        self.sockets.pop(probe.fd).close()

    def _knock(self, token: str) -> None:
        self._under_way += 1
        Greeting(
            self.dialect,
            token,
            self._query,
            self.loop.epoll,
            self.loop.others,
            self._ready,
            self._turned_away,
        )

    def _ready(self, sock: socket.socket, hello: bytes, rest: bytes) -> None:
        self._under_way -= 1
        fd = sock.fileno()
        self.sockets[fd] = sock
        # Only ours is read: others greet in their own way, Centrifugo with several objects in a frame.
        if not self.hello and hello.startswith(b'{"type":"hello"'):
            self.hello = json.loads(hello)
        if len(self.probes) < self._probes_wanted:
            probe = Probe(sock, self.loop.arrived)
            self.probes.append(probe)
            self.loop.others[fd] = lambda mask: self._probe(probe, mask)
            probe.feed(rest)
            return
        self.loop.receivers[fd] = sock.recv_into
        if rest:
            hopper = Hopper(self.loop.unit)
            events = hopper.feed(rest, len(rest))
            self.loop.hoppers[fd] = None if hopper.between_frames else hopper
            self.loop.octets[fd] += len(rest)
            self.loop.arrived(fd, events)

    def _probe(self, probe: Probe, mask: int) -> None:
        probe.on_ready(mask)
        if probe.ended:
            del self.loop.others[probe.fd]
            self._lost(probe.fd)

    def _turned_away(self, token: str, status: int, after: float) -> None:
        self._under_way -= 1
        if status == 503:
            self.refused += 1
            heapq.heappush(self._later, (time.monotonic() + after + random.random() * 0.2, token))
        else:
            self.failed[str(status) if status else "broken"] += 1

    def _lost(self, fd: int) -> None:
        """The server closed a socket: counted, and no longer awaited."""
        self.closed += 1
        self.loop.receivers[fd] = None
        sock = self.sockets.pop(fd, None)
        if sock is not None:
            self.loop.epoll.unregister(fd)
            sock.close()


def read_out(probe: Probe) -> None:
    """Read what a silent socket still holds, to its end or until nothing comes for half a second."""
    probe.sock.settimeout(0.5)
    while True:
        try:
            data = probe.sock.recv(1 << 20)
        except OSError:
            break
        if not data:
            break
        probe.feed(data)
