"""Plain requests and their answers, no sockets beside them: posting and reading as such."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from bench.load.caller import Caller
from bench.load.records import Answered
from bench.load.worker import Watch, Worker


def requests(
    worker: Worker,
    sent: Sequence[bytes],
    seconds: float,
    pids: Sequence[int],
    per_second: float | None = None,
    warm_up: float = 0.5,
) -> Answered:
    """One connection for each request, which sends it again and again: flat out, or `per_second` times.

    At a pace a time counts from when the request was due, so that a slow answer is not hidden by those it delays.
    """
    return _Requests(worker, sent, per_second).run(seconds, warm_up, pids)


class _Requests:
    def __init__(self, worker: Worker, sent: Sequence[bytes], per_second: float | None) -> None:
        self._worker = worker
        self._sent = sent
        self._pause = None if per_second is None else 1 / per_second
        self._callers = [worker.caller(self._answered) for _ in sent]
        self._due = [0.0] * len(sent)
        self._measuring = False
        self._answers: list[float] = []
        self._statuses: Counter[int] = Counter()
        self._flowing = True
        self._late = 0.0

    def run(self, seconds: float, warm_up: float, pids: Sequence[int]) -> Answered:
        now = time.monotonic()
        self._due = [now + (self._pause or 0.0) * i / len(self._sent) for i in range(len(self._sent))]
        if self._pause is None:
            for i, caller in enumerate(self._callers):
                self._call(i, caller, None)
        self._go_on(now + warm_up)
        self._measuring = True
        self._late = 0.0
        watch = Watch(pids)
        self._go_on(watch.began + seconds)
        self._measuring = False
        took, cpu, busy = watch.stop()
        self._flowing = False
        limit = time.monotonic() + 10
        while any(caller.waiting for caller in self._callers) and time.monotonic() < limit:
            self._worker.loop.turn(0.05)
        for caller in self._callers:
            caller.close()
        return Answered(len(self._answers), took, self._answers, dict(self._statuses), cpu, busy, self._late)

    def _go_on(self, until: float) -> None:
        while (now := time.monotonic()) < until:
            if self._pause is None:
                self._worker.loop.turn(until - now)
                continue
            for i, due in enumerate(self._due):
                if now >= due and not self._callers[i].waiting:
                    self._late = max(self._late, now - due)
                    self._call(i, self._callers[i], due)
                    self._due[i] = due + self._pause
            self._worker.loop.turn(min(*self._due, until) - time.monotonic())

    def _call(self, i: int, caller: Caller, since: float | None) -> None:
        caller.call(self._sent[i], self._worker.next_number(), since)

    def _answered(self, caller: Caller, status: int, body: bytes, took: float) -> None:
        if self._measuring:
            self._statuses[status] += 1
            self._answers.append(took)
        if self._flowing and self._pause is None and status:
            self._call(self._callers.index(caller), caller, None)
