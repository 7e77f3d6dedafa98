"""Some never read: what the others notice of it, what it costs, how soon it ends, and whether they get everything later."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bench.contest import event_of, say
from bench.effort import Effort
from bench.load import Load
from bench.load.records import Paced, Slow
from bench.peers.microblog import MICROBLOG
from bench.places import LOAD_CORE
from bench.report import Check, Column, Outcome, Table, at_least, at_most, holds
from bench.statistics import median, percentile, ratios
from bench.suites.figures import MILLI, paced_flaws
from bench.watching import Look, watched

SOCKETS = 1000
SILENT = 50
RATE = 200.0
"""Posts per second."""

EVENT = 1000
LASTING = 60.0
"""Seconds: long enough that the silent ones have to be closed."""

PARTS = 5
"""The windows are compared in so many parts, and the median is taken."""

MOST_EACH = 1.5 * 2**20
CLOSED_WITHIN = 30.0


class Found(msgspec.Struct):
    """A window in which all read, one in which some do not, the server in each, and what became of those."""

    healthy: Paced
    beside: Paced
    looks_healthy: list[Look]
    looks_beside: list[Look]
    slow: Slow

    @property
    def open(self) -> list[tuple[float, int]]:
        """`(seconds, open sockets of the server)` while posts flowed, from when the writers were connected too."""
        return [(look.at, look.descriptors) for look in self.looks_beside if 1.0 <= look.at < LASTING]

    @property
    def closed(self) -> int:
        """How many of those who do not read the server closed."""
        held = [descriptors for _, descriptors in self.open]
        return held[0] - min(held)

    @property
    def closed_after(self) -> float:
        """Seconds until the last of them was closed; infinite if not all were."""
        wanted = self.open[0][1] - self.slow.sockets
        return min((at for at, descriptors in self.open if descriptors <= wanted), default=float("inf"))


def slow(effort: Effort) -> Outcome:
    """One window of a minute each, whatever the effort: it takes time until a slow one is found out."""
    sockets = effort.of(SOCKETS)
    with MICROBLOG.start(sockets, event_of(EVENT)) as running:
        with Load(LOAD_CORE, running.dialect, running.publisher, numbered=True) as load:
            load.connect(running.tokens)
            load.paced(RATE, 5.0, running.pids)
            with watched(running.pids) as looks_healthy:
                healthy = load.paced(RATE, LASTING, running.pids)
            say("  everybody reads: measured")
            silent = load.fall_silent(SILENT)
            with watched(running.pids) as looks_beside:
                beside = load.paced(RATE, LASTING, running.pids)
            say(f"  {silent} do not: measured")
            found = Found(healthy, beside, looks_healthy, looks_beside, load.wake(running.tokens[:silent]))
    return Outcome(
        name="slow",
        title=f"{SILENT} of {sockets:,} sockets never read",
        tables=[_table(found), _slow_table(found)],
        checks=_checks(found),
        rounds=found,
    )


def _p99(window: Paced) -> list[float]:
    """The p99 of each part of a window, in seconds."""
    size = len(window.latencies) // PARTS
    return [percentile(window.latencies[part * size : (part + 1) * size], 0.99) for part in range(PARTS)]


def _pace(window: Paced) -> float:
    return window.published / window.seconds


def _each(found: Found) -> float:
    """Bytes of resident memory for each that does not read, at the worst moment."""
    return max(0, _most(found.looks_beside) - _most(found.looks_healthy)) / found.slow.sockets


def _most(looks: Sequence[Look]) -> int:
    return max(look.rss for look in looks)


def _table(found: Found) -> Table:
    return Table(
        f"The others, at {RATE:g} events/s of {EVENT} bytes",
        [
            Column("who"),
            Column("p50 to the last", 1, "ms"),
            Column("p99 to the last", 1, "ms"),
            Column("posts/s", 0),
            Column("memory at most", 1, "MiB"),
            Column("flaws"),
        ],
        [
            (
                who,
                percentile(window.latencies, 0.5) * MILLI,
                median(_p99(window)) * MILLI,
                _pace(window),
                _most(looks) / 2**20,
                paced_flaws([window]),
            )
            for who, window, looks in (
                ("everybody reads", found.healthy, found.looks_healthy),
                (f"{found.slow.sockets} do not", found.beside, found.looks_beside),
            )
        ],
        note=f"The p99 is the median of {PARTS} parts of a minute.",
    )


def _slow_table(found: Found) -> Table:
    return Table(
        "Those who do not read",
        [
            Column("sockets"),
            Column("closed"),
            Column("the last after", 1, "s"),
            Column("codes"),
            Column("memory each", 2, "MiB"),
            Column("came back"),
            Column("complete then"),
        ],
        [
            (
                str(found.slow.sockets),
                found.closed,
                found.closed_after,
                ", ".join(f"{code}: {n}" for code, n in sorted(found.slow.codes.items())),
                _each(found) / 2**20,
                found.slow.resumed,
                found.slow.complete,
            )
        ],
    )


def _checks(found: Found) -> list[Check]:
    waits: Sequence[float] = ratios(_p99(found.beside), _p99(found.healthy))
    return [
        at_most("5", "the others' p99 to that without slow ones", median(waits), 1.2),
        at_most("5", "memory of each that does not read", _each(found) / 2**20, MOST_EACH / 2**20, "MiB"),
        at_least("5", "events per second meanwhile", _pace(found.beside), RATE * 0.98),
        holds("5", "not closed", found.slow.sockets - found.closed),
        at_most("5", "the last of them closed after", found.closed_after, CLOSED_WITHIN, "s"),
        holds("5", "incomplete after they came back", found.slow.sockets - found.slow.complete),
        holds("5", "flaws at the others", paced_flaws([found.healthy, found.beside])),
    ]
