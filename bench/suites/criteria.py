"""What was promised, one after the other, each with what it takes to see whether it holds."""

from __future__ import annotations

from collections.abc import Iterator

from bench.effort import Effort
from bench.peers.microblog import MICROBLOG
from bench.peers.nchan import NCHAN
from bench.report import Check, Outcome
from bench.report.outcome import table_of
from bench.suites.fanout import fanout
from bench.suites.hostile import hostile
from bench.suites.idle import idle
from bench.suites.posting import posting
from bench.suites.redis import redis_
from bench.suites.slow import slow
from bench.suites.storm import storm
from bench.suites.timeline import timeline


def criteria(effort: Effort) -> Iterator[Outcome]:
    """Each benchmark with the peers that a promise names and no others, then all promises in one table."""
    checks: list[Check] = []
    versions: dict[str, str] = {}
    absent: dict[str, str] = {}
    for outcome in _all(effort):
        yield outcome
        checks += outcome.checks
        versions |= outcome.versions
        absent |= outcome.absent
    checks.sort(key=lambda check: check.criterion)
    yield Outcome(
        name="criteria",
        title="What it must show",
        tables=[table_of(checks)],
        checks=checks,
        versions=versions,
        absent=absent,
    )


def _all(effort: Effort) -> Iterator[Outcome]:
    yield fanout(effort, [MICROBLOG, NCHAN], name="fanout-nchan")
    yield idle(effort, [MICROBLOG])
    yield storm(effort)
    yield slow(effort)
    yield redis_(effort, (1, 2))
    yield hostile(effort)
    yield posting(effort)
    yield timeline(effort)
