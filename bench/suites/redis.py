"""Two and three processes behind Redis beside one without: what the way through Redis adds, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

from bench.contest import event_of, say
from bench.effort import Effort
from bench.events import text_in
from bench.load import Load
from bench.load.records import Paced
from bench.meter import cpu_seconds
from bench.peers.microblog import organised
from bench.peers.peer import Running
from bench.places import LOAD_CORE
from bench.report import Check, Column, Outcome, Table, at_least, at_most, holds
from bench.services import redis
from bench.statistics import median
from bench.suites.figures import MICRO, cost, latency, paced_flaws

FEW, FEW_RATE = 200, 5.0
MANY, MANY_RATE = 5000, 8.0
EVENT = 800
PROCESSES = (1, 2, 3)
"""One is without Redis."""


class Side(msgspec.Struct):
    """So many processes with few and with many sockets. `redis` is Redis' own processor seconds in each round."""

    processes: int
    few: list[Paced]
    many: list[Paced]
    redis: list[float]


def redis_(effort: Effort, processes: Sequence[int] = PROCESSES) -> Outcome:
    sides = [Side(number, [], [], []) for number in processes]
    many = effort.of(MANY)
    with redis() as server:
        environment = {"MICROBLOG_REDIS_URL": server.url}
        with _sides(processes, FEW, environment) as running:
            for side, one, load in _turns(sides, running, effort, f"{FEW} sockets"):
                side.few.append(load.paced(FEW_RATE, max(effort.seconds, 8.0), one.pids))
        with _sides(processes, many, environment) as running:
            for side, one, load in _turns(sides, running, effort, f"{many} sockets"):
                before = cpu_seconds([server.pid])
                side.many.append(load.paced(MANY_RATE, effort.seconds, one.pids))
                side.redis.append(cpu_seconds([server.pid]) - before)
    return Outcome(
        name="redis",
        title="Several processes behind Redis",
        tables=[_few_table(sides), _many_table(sides, many)],
        checks=_checks(sides),
        rounds=sides,
    )


@contextmanager
def _sides(
    processes: Sequence[int], sockets: int, environment: Mapping[str, str]
) -> Iterator[list[tuple[Running, Load]]]:
    """Each number of processes, one after the other started, all of them connected."""
    if not processes:
        yield []
        return
    number, *others = processes
    with (
        organised(sockets, workers=number, env=environment if number > 1 else {}) as microblog,
        Load(LOAD_CORE, microblog.dialect, microblog.bots(text_in(event_of(EVENT))), numbered=True) as load,
    ):
        connected = load.connect(microblog.tokens)
        if connected.sockets < sockets:
            raise RuntimeError(f"only {connected.sockets} of {sockets} connected: {connected.failed}")
        with _sides(others, sockets, environment) as rest:
            yield [(microblog.running(text_in(event_of(EVENT))), load), *rest]


def _turns(
    sides: Sequence[Side], running: Sequence[tuple[Running, Load]], effort: Effort, what: str
) -> Iterator[tuple[Side, Running, Load]]:
    for number in range(effort.rounds):
        for side, (one, load) in zip(sides, running, strict=True):
            yield side, one, load
        say(f"  {what}, round {number + 1} of {effort.rounds}")


def _name(side: Side) -> str:
    return "1 process" if side.processes == 1 else f"{side.processes} processes, Redis"


def _few_table(sides: Sequence[Side]) -> Table:
    return Table(
        f"{FEW} sockets, {FEW_RATE:g} posts/s",
        [
            Column("server"),
            Column("p50 to the last", 2, "ms"),
            Column("p99 to the last", 2, "ms"),
            Column("added to the p50", 2, "ms"),
            Column("flaws"),
        ],
        [
            (
                _name(side),
                latency(side.few, 0.5),
                latency(side.few, 0.99),
                latency(side.few, 0.5) - latency(sides[0].few, 0.5),
                paced_flaws(side.few),
            )
            for side in sides
        ],
    )


def _many_table(sides: Sequence[Side], many: int) -> Table:
    return Table(
        f"{many:,} sockets, {MANY_RATE:g} posts/s",
        [
            Column("server"),
            Column("deliveries/CPU s"),
            Column("CPU per delivery", 2, "µs"),
            Column("Redis' own per delivery", 3, "µs"),
            Column("p99 to the last", 1, "ms"),
            Column("flaws"),
        ],
        [
            (
                _name(side),
                1 / cost(side.many) * MICRO,
                cost(side.many),
                median([own / w.deliveries * MICRO for own, w in zip(side.redis, side.many, strict=True)])
                if side.processes > 1
                else None,
                latency(side.many, 0.99),
                paced_flaws(side.many),
            )
            for side in sides
        ],
    )


def _checks(sides: Sequence[Side]) -> list[Check]:
    one, two = sides[0], sides[1]
    yields = median(
        [
            (alone.cpu / alone.deliveries) / (behind.cpu / behind.deliveries)
            for alone, behind in zip(one.many, two.many, strict=True)
        ]
    )
    return [
        at_most(
            "7", "added to the p50 by two processes", latency(two.few, 0.5) - latency(one.few, 0.5), 3.0, "ms"
        ),
        at_least("7", "deliveries per CPU second to those of one process", yields, 0.9),
        holds("7", "every post on every socket, in order", paced_flaws(two.few + two.many)),
    ]
