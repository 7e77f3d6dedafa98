"""Sockets that read every frame: what they see stands for what the counted ones, which got as many bytes, have got."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable, Sequence

from bench.load.framing import CLOSE, SMALLEST_EVENT, Reader
from bench.load.records import Probed

_MESSAGE = re.compile(rb'"seq":(\d+),"type":"post\.published".*?"text":"(1\d{9})', re.DOTALL)
"""The seq of the event and the number that its text begins with."""


class Probe:
    """Keeps the seq and the number of each message, in the order of arrival."""

    def __init__(self, sock: socket.socket, arrived: Callable[[int, int], None]) -> None:
        self.sock = sock
        self.fd = sock.fileno()
        self.seqs: list[int] = []
        self.numbers: list[int] = []
        self.octets = 0
        """Bytes of messages, with their headers, without anything else that came."""
        self.last = b""
        """The newest frame with a message."""
        self.code: int | None = None
        self.ended = False
        self._arrived = arrived
        self._reader = Reader()

    def reset(self) -> None:
        self.seqs.clear()
        self.numbers.clear()
        self.octets = 0

    def on_ready(self, mask: int) -> None:
        try:
            data = self.sock.recv(1 << 20)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.feed(data)
        else:
            self.ended = True

    def feed(self, data: bytes) -> None:
        events = 0
        for opcode, payload in self._reader.feed(data):
            if opcode == CLOSE:
                self.code = int.from_bytes(payload[:2], "big")
            elif len(payload) >= SMALLEST_EVENT:
                events += self._note(payload)
        if events:
            self._arrived(self.fd, events)

    def _note(self, payload: bytes) -> int:
        """Write down what a frame holds: one message, or several where a server lets them share a frame."""
        self.last = payload
        found = _MESSAGE.findall(payload)
        self.seqs += [int(seq) for seq, _ in found]
        self.numbers += [int(number) for _, number in found]
        self.octets += len(payload) + (4 if len(payload) < 65536 else 10)
        return len(found)


def judge(probes: Sequence[Probe], acknowledged: Iterable[int], numbered: bool) -> Probed:
    """Compare what the probes saw. `numbered`: the server numbers its events, so that they must ascend without a gap."""
    first = probes[0]
    wanted = set(acknowledged)
    disordered = sum(probe.numbers != first.numbers for probe in probes[1:])
    gaps = 0
    if numbered:
        disordered += sum(probe.seqs != sorted(set(probe.seqs)) for probe in probes)
        gaps = sum(
            later - earlier != 1
            for probe in probes
            for earlier, later in zip(probe.seqs, probe.seqs[1:], strict=False)
        )
    lacking = sum(len(wanted.difference(probe.numbers)) for probe in probes)
    return Probed(len(probes), len(first.numbers), disordered, gaps, lacking)
