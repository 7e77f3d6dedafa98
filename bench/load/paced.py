"""A window of publishing at a fixed rate: what a delivery costs, and how long the last socket waits."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bench.load.caller import Caller
from bench.load.probe import judge
from bench.load.records import Paced
from bench.load.worker import LONGEST_DRAIN, Watch, Worker

CALLERS = 16
"""Connections that take turns, so that slow answers do not hold up the pace."""


def paced(worker: Worker, rate: float, seconds: float, pids: Sequence[int]) -> Paced:
    """Publish `rate` messages a second, and wait until every socket has every one.

    The k-th event on a socket is taken for the k-th request: where two requests overlap and are swapped, each is off by
    the time between them.
    """
    total = round(rate * seconds)
    sockets = worker.prepare(total)
    loop = worker.loop
    accepted: list[int] = []
    answers: list[float] = []
    sent: list[float] = []
    idle: list[Caller] = []

    def answered(caller: Caller, status: int, body: bytes, took: float) -> None:
        answers.append(took)
        if status in worker.publisher.accepted:
            accepted.append(caller.number)
        idle.append(caller)

    everyone = [worker.caller(answered) for _ in range(CALLERS)]
    idle += everyone
    late = 0.0
    watch = Watch(pids)
    due = watch.began
    limit = due + seconds + LONGEST_DRAIN
    while (now := time.monotonic()) < limit:
        if len(sent) < total and now >= due and idle:
            late = max(late, now - due)
            sent.append(worker.publish(idle.pop(0), len(sent)))
            due += 1 / rate
        elif len(answers) == total and not any(loop.left):
            break
        loop.turn(min(due - now, 0.05) if len(sent) < total and idle else 0.05)
    took, cpu, busy = watch.stop()
    for caller in everyone:
        caller.close()
    probes = worker.fleet.probes
    return Paced(
        sockets=sockets,
        published=len(accepted),
        seconds=took,
        deliveries=sockets * total - sum(loop.left),
        expected=sockets * len(sent),
        cpu=cpu,
        latencies=[end - start for start, end in zip(sent, loop.done, strict=False) if end],
        answers=answers,
        late=late,
        busy=busy,
        closed=worker.fleet.closed,
        probed=judge(probes, accepted, worker.numbered),
        frame=round(probes[0].octets / max(1, len(probes[0].numbers))),
    )
