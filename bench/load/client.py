"""The generator as the suite holds it: a process on the load's core that carries out one command at a time."""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from bench.load import burst, paced, requests, slow, storm
from bench.load.records import Answered, Burst, Connected, Dialect, Paced, Publisher, Slow, Storm
from bench.load.worker import Worker

T = TypeVar("T")


class LoadFailed(Exception):
    """The generator could not do what it was told; the message is its own traceback."""


class Load:
    """Calls are carried out in the other process; see the functions of the same names for what they do."""

    def __init__(self, core: int, dialect: Dialect, publisher: Publisher, *, numbered: bool = False) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, core, dialect, publisher, numbered), daemon=True
        )
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def connect(self, tokens: Sequence[str]) -> Connected:
        return self._call(Worker.connect, tokens)

    def cut(self) -> None:
        self._call(_cut)

    def sample(self) -> bytes:
        return self._call(Worker.sample)

    def paced(self, rate: float, seconds: float, pids: Sequence[int]) -> Paced:
        return self._call(paced.paced, rate, seconds, pids)

    def burst(self, writers: int, seconds: float, pids: Sequence[int], reads: Sequence[bytes] = ()) -> Burst:
        return self._call(burst.burst, writers, seconds, pids, reads)

    def storm(self, tokens: Sequence[str], missed: int, pids: Sequence[int]) -> Storm:
        return self._call(storm.storm, tokens, missed, pids)

    def fall_silent(self, count: int) -> int:
        return self._call(slow.fall_silent, count)

    def wake(self, tokens: Sequence[str]) -> Slow:
        return self._call(slow.wake, tokens)

    def requests(
        self, sent: Sequence[bytes], seconds: float, pids: Sequence[int], per_second: float | None = None
    ) -> Answered:
        return self._call(requests.requests, sent, seconds, pids, per_second)

    def close(self) -> None:
        self._pipe.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()

    def _call(self, command: Callable[..., T], *arguments: object) -> T:
        self._pipe.send((command, arguments))
        answer = self._pipe.recv()
        if isinstance(answer, _Trouble):
            raise LoadFailed(answer.trace)
        return cast("T", answer)


class _Trouble:
    def __init__(self, trace: str) -> None:
        self.trace = trace


def _cut(worker: Worker) -> None:
    worker.fleet.cut()


def _serve(pipe: Connection, core: int, dialect: Dialect, publisher: Publisher, numbered: bool) -> None:
    os.sched_setaffinity(0, {core})
    worker = Worker(dialect, publisher, numbered)
    while True:
        try:
            command, arguments = cast("tuple[Callable[..., Any], tuple[Any, ...]]", pipe.recv())
        except EOFError:
            return
        try:
            answer = command(worker, *arguments)
        except Exception:
            answer = _Trouble(traceback.format_exc())
        pipe.send(answer)
