"""A window of publishing flat out: how many deliveries a server makes of a second of its processor."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from bench.load.caller import Caller
from bench.load.probe import judge
from bench.load.records import Burst
from bench.load.worker import LONGEST_DRAIN, Watch, Worker

BESIDE = 256
"""Bytes beside the messages that a socket may get in a window: some heartbeats; less than any message."""


def burst(
    worker: Worker,
    writers: int,
    seconds: float,
    pids: Sequence[int],
    reads: Sequence[bytes] = (),
    reads_per_second: float = 10.0,
    warm_up: float = 1.0,
) -> Burst:
    """Publish from so many connections, each as fast as it is answered; then wait until all is quiet.

    `reads` are requests sent meanwhile, each on a connection of its own; their times count from when they were due.
    """
    return _Flood(worker, writers, reads, 1 / reads_per_second).run(seconds, warm_up, pids)


class _Flood:
    def __init__(self, worker: Worker, writers: int, reads: Sequence[bytes], pause: float) -> None:
        self.sockets = worker.prepare(0)
        self._worker = worker
        self._loop = worker.loop
        self._flowing = True
        self._measuring = False
        self._acknowledged: list[int] = []
        self._statuses: Counter[int] = Counter()
        self._answers: list[float] = []
        self._writers = [worker.caller(self._written) for _ in range(writers)]
        self._reads = reads
        self._pause = pause
        self._readers = [worker.caller(self._read) for _ in reads]
        self._read_times: list[float] = []
        self._read_due = [0.0] * len(reads)

    def run(self, seconds: float, warm_up: float, pids: Sequence[int]) -> Burst:
        now = time.monotonic()
        self._read_due = [now + self._pause * i / max(1, len(self._reads)) for i in range(len(self._reads))]
        for number, writer in enumerate(self._writers):
            self._worker.publish(writer, number)
        self._go_on(now + warm_up)
        before = self._octets()
        self._measuring = True
        already = len(self._acknowledged)
        watch = Watch(pids)
        self._go_on(watch.began + seconds)
        took, cpu, busy = watch.stop()
        published = len(self._acknowledged) - already
        octets = self._octets() - before
        self._measuring = False
        self._flowing = False
        missing, drained = self._drain()
        for caller in self._writers + self._readers:
            caller.close()
        probes = self._worker.fleet.probes
        frame = probes[0].octets / max(1, len(probes[0].numbers))
        return Burst(
            sockets=self.sockets,
            writers=len(self._writers),
            seconds=took,
            published=published,
            refused={
                status: n
                for status, n in self._statuses.items()
                if status not in self._worker.publisher.accepted
            },
            delivered=round(octets / max(1.0, frame)),
            cpu=cpu,
            busy=busy,
            closed=self._worker.fleet.closed,
            complete=not missing and not self._worker.fleet.closed,
            missing=missing,
            drained=drained,
            reads=self._read_times,
            answers=self._answers,
            probed=judge(probes, self._acknowledged, self._worker.numbered),
            frame=round(frame),
        )

    def _go_on(self, until: float) -> None:
        while (now := time.monotonic()) < until:
            for number, due in enumerate(self._read_due):
                if now >= due and not self._readers[number].waiting:
                    self._readers[number].call(self._reads[number], since=due)
                    self._read_due[number] = due + self._pause
            self._loop.turn_by_octets(min(0.01, until - now))

    def _drain(self) -> tuple[int, float]:
        """Wait until every socket has as many bytes as the probes have; answers how many lack some, and the seconds."""
        last = time.monotonic()
        fleet = self._worker.fleet
        limit = last + LONGEST_DRAIN
        missing = len(fleet)
        while missing and time.monotonic() < limit:
            quiet = time.monotonic() + 0.1
            while (now := time.monotonic()) < quiet:
                self._loop.turn_by_octets(quiet - now)
            waiting = any(writer.waiting for writer in self._writers)
            if not waiting and all(len(p.numbers) >= len(self._acknowledged) for p in fleet.probes):
                missing = self._lacking()
        return missing, time.monotonic() - last

    def _lacking(self) -> int:
        fleet = self._worker.fleet
        expected = fleet.probes[0].octets
        if fleet.dialect.unit:
            return sum(
                octets < expected * 0.99 for octets in map(self._loop.octets.__getitem__, self._counted())
            )
        octets = self._loop.octets
        return sum(not 0 <= octets[fd] - expected <= BESIDE for fd in self._counted()) + sum(
            probe.octets != expected for probe in fleet.probes
        )

    def _counted(self) -> list[int]:
        """The sockets that are no probes."""
        probes = {probe.fd for probe in self._worker.fleet.probes}
        return [fd for fd in self._worker.fleet.sockets if fd not in probes]

    def _octets(self) -> int:
        """Bytes that all sockets have received so far."""
        return sum(self._loop.octets[fd] for fd in self._worker.fleet.sockets) + sum(
            probe.octets for probe in self._worker.fleet.probes
        )

    def _written(self, caller: Caller, status: int, body: bytes, took: float) -> None:
        self._statuses[status] += 1
        if status in self._worker.publisher.accepted:
            self._acknowledged.append(caller.number)
        if self._measuring:
            self._answers.append(took)
        if self._flowing and status:
            self._worker.publish(caller, self._writers.index(caller))

    def _read(self, caller: Caller, status: int, body: bytes, took: float) -> None:
        if status != 200:
            raise OSError(f"a request to read was answered with {status}")
        if self._measuring:
            self._read_times.append(took)
