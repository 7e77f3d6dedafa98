"""The 20 newest of a home timeline out of a million posts, on both engines, for three ways of looking at it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bench import history
from bench.contest import say
from bench.effort import Effort
from bench.events import text_of
from bench.filling import filling
from bench.load import Load
from bench.load.records import Answered
from bench.peers.microblog import Microblog, served
from bench.places import LOAD_CORE
from bench.report import Check, Column, Outcome, Table, at_most, holds
from bench.services import postgres
from bench.statistics import median, percentile
from bench.suites.figures import MICRO, MILLI

READERS = 8
PER_SECOND = 20.0
"""Requests of each reader."""

MOST = {"SQLite": 10.0, "PostgreSQL": 25.0}
"""The p99 promised, in ms."""


class Reading(msgspec.Struct):
    """What one viewer on one engine was shown."""

    engine: str
    viewer: str
    rounds: list[Answered]


def timeline(effort: Effort) -> Outcome:
    """One engine after the other; viewers in turns."""
    found: list[Reading] = []
    with _on_sqlite() as microblog:
        found += _read("SQLite", microblog, effort)
    with _on_postgresql() as microblog:
        found += _read("PostgreSQL", microblog, effort)
    return Outcome(
        name="timeline",
        title=f"Home timeline out of {history.POSTS:,} posts",
        tables=[_table(found)],
        checks=_checks(found),
        rounds=found,
    )


@contextmanager
def _on_sqlite() -> Iterator[Microblog]:
    with tempfile.TemporaryDirectory(prefix="bench-store-") as folder, _filled("", Path(folder)) as microblog:
        yield microblog


@contextmanager
def _on_postgresql() -> Iterator[Microblog]:
    # Beside the generator, which has little to do here: on the server's core both together were over capacity, at 2.9 ms
    # and 5 ms for a request, and what was measured was the queue.
    with postgres(LOAD_CORE) as server, tempfile.TemporaryDirectory(prefix="bench-store-") as folder:
        with _filled(server.create(), Path(folder)) as microblog:
            yield microblog


@contextmanager
def _filled(url: str, data: Path) -> Iterator[Microblog]:
    with filling(url, data) as filler:
        history.fill(filler, history.POSTS)
    say(f"  {history.POSTS:,} posts stand in {'PostgreSQL' if url else 'SQLite'}")
    with served(data, list(history.VIEWERS.values()), env={"MICROBLOG_DATABASE_URL": url}) as microblog:
        yield microblog


def _read(engine: str, microblog: Microblog, effort: Effort) -> list[Reading]:
    found = [Reading(engine, viewer, []) for viewer in history.VIEWERS]
    with Load(LOAD_CORE, microblog.dialect, microblog.bots(text_of(160))) as load:
        for number in range(effort.rounds):
            for reading in found:
                asked = microblog.read("/timelines/home?limit=20", history.VIEWERS[reading.viewer])
                reading.rounds.append(
                    load.requests([asked] * READERS, effort.seconds, microblog.pids, PER_SECOND)
                )
            say(f"  {engine}, round {number + 1} of {effort.rounds}")
    return found


def _p99(rounds: Sequence[Answered]) -> float:
    return median([percentile(one.answers, 0.99) * MILLI for one in rounds])


def _table(found: Sequence[Reading]) -> Table:
    return Table(
        f"The 20 newest, {READERS} readers at {PER_SECOND:g} requests/s each",
        [
            Column("engine, viewer"),
            Column("p50", 2, "ms"),
            Column("p99", 2, "ms"),
            Column("max", 1, "ms"),
            Column("CPU per request", 0, "µs"),
            Column("requests/s", 0),
            Column("generator late by", 1, "ms"),
        ],
        [
            (
                f"{of.engine}, {of.viewer}",
                median([percentile(one.answers, 0.5) * MILLI for one in of.rounds]),
                _p99(of.rounds),
                max(max(one.answers) for one in of.rounds) * MILLI,
                median([one.cpu / one.requests * MICRO for one in of.rounds]),
                median([one.requests / one.seconds for one in of.rounds]),
                max(one.late for one in of.rounds) * MILLI,
            )
            for of in found
        ],
        note="Times count from when a request was due. Processor time is the server's own, without PostgreSQL's, "
        "which runs on the other core here.",
    )


def _checks(found: Sequence[Reading]) -> list[Check]:
    checks = [
        at_most("2.8", f"p99 of home, {of.engine}, {of.viewer}", _p99(of.rounds), MOST[of.engine], "ms")
        for of in found
    ]
    failed = sum(
        n for of in found for one in of.rounds for status, n in one.statuses.items() if status != 200
    )
    return [*checks, holds("2.8", "every timeline answered", failed)]
