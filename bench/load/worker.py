"""What every window of a benchmark shares: one fleet of one server, writers with numbered messages, a watch."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence

from bench.load.caller import FIRST_NUMBER, Answer, Caller
from bench.load.fleet import Fleet
from bench.load.loop import Loop
from bench.load.probe import Probe
from bench.load.records import Connected, Dialect, Publisher
from bench.meter import cpu_seconds

LONGEST_DRAIN = 60.0


class Worker:
    """Numbers of messages go on from window to window, so that none is used twice."""

    def __init__(self, dialect: Dialect, publisher: Publisher, numbered: bool) -> None:
        self.loop = Loop()
        self.fleet = Fleet(self.loop, dialect)
        self.publisher = publisher
        self.numbered = numbered
        self.silent: list[Probe] = []
        self._number = FIRST_NUMBER
        gc.disable()

    def connect(self, tokens: Sequence[str]) -> Connected:
        connected = self.fleet.connect(tokens)
        self.loop.quiet(0.3)
        gc.collect()
        gc.freeze()
        return connected

    def sample(self) -> bytes:
        """Publish one message; answers what a probe then got, without its frame."""
        self.prepare(1)
        self.publish_quietly(1)
        limit = time.monotonic() + 10
        while any(self.loop.left) and time.monotonic() < limit:
            self.loop.turn(0.05)
        return self.fleet.probes[0].last

    def prepare(self, messages: int) -> int:
        """Everything under way arrives; then all counts start at zero. Answers how many sockets there are."""
        self.loop.quiet(0.2)
        self.loop.expect(messages, len(self.fleet))
        self.fleet.closed = 0
        for probe in self.fleet.probes:
            probe.reset()
        return len(self.fleet)

    def caller(self, answered: Answer) -> Caller:
        """A connection on which the publisher's requests are sent."""
        publisher = self.publisher
        return Caller(
            (publisher.host, publisher.port), self.loop.epoll, self.loop.others, answered, publisher.kind
        )

    def publish(self, caller: Caller, writer: int) -> float:
        """Send the next message; answers when it was sent."""
        requests = self.publisher.requests
        return caller.call(requests[writer % len(requests)], self.next_number())

    def next_number(self) -> int:
        self._number += 1
        return self._number

    def publish_quietly(self, messages: int) -> None:
        """Publish one after the other, while nobody measures. Raises OSError when one is not taken."""
        statuses: list[int] = []
        caller = self.caller(lambda caller, status, body, seconds: statuses.append(status))
        for _ in range(messages):
            self.publish(caller, 0)
            limit = time.monotonic() + 10
            while caller.waiting and time.monotonic() < limit:
                self.loop.turn(0.05)
        caller.close()
        if len(statuses) < messages or not set(statuses) <= set(self.publisher.accepted):
            raise OSError(f"the server did not take a message: {statuses[-1:]}")


class Watch:
    """The server's processor time, the generator's, and the wall clock, read at the same moment."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._pids = pids
        self._cpu = cpu_seconds(pids)
        self._own = time.process_time()
        self.began = time.monotonic()

    def stop(self) -> tuple[float, float, float]:
        """Seconds that passed, the server's processor seconds, the share of a core that the generator used."""
        seconds = time.monotonic() - self.began
        return seconds, cpu_seconds(self._pids) - self._cpu, (time.process_time() - self._own) / seconds
