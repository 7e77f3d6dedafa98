"""All benchmarks by name, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bench.effort import Effort
from bench.report import Outcome
from bench.suites.criteria import criteria
from bench.suites.fanout import fanout
from bench.suites.hostile import hostile
from bench.suites.idle import idle
from bench.suites.micro import micro
from bench.suites.posting import posting
from bench.suites.redis import redis_
from bench.suites.resume import resume
from bench.suites.slow import slow
from bench.suites.storm import storm
from bench.suites.timeline import timeline

Suite = Callable[[Effort], Iterator[Outcome]]


def _one(measure: Callable[[Effort], Outcome]) -> Suite:
    def suite(effort: Effort) -> Iterator[Outcome]:
        yield measure(effort)

    return suite


SUITES: Mapping[str, Suite] = {
    "fanout": _one(fanout),
    "idle": _one(idle),
    "storm": _one(storm),
    "slow": _one(slow),
    "posting": _one(posting),
    "timeline": _one(timeline),
    "resume": _one(resume),
    "redis": _one(redis_),
    "hostile": _one(hostile),
    "micro": _one(micro),
    "criteria": criteria,
}
