"""Acknowledged, durable posts per second with 32 writers, beside an endpoint that only answers 201."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bench.contest import say
from bench.effort import Effort
from bench.events import sample, text_of
from bench.load import Load, Publisher
from bench.load.records import Answered
from bench.organisation import BOTS
from bench.peers.microblog import organised
from bench.peers.peer import Running
from bench.peers.python import STARLETTE
from bench.places import LOAD_CORE
from bench.report import Check, Column, Outcome, Table, at_least, holds
from bench.services import postgres
from bench.statistics import median, percentile, ratios
from bench.suites.figures import MICRO, MILLI

POPULATION = 200
TEXT = 160
"""Characters of a post."""

BARE = "bare Starlette"
SQLITE = "microblog on SQLite"
POSTGRESQL = "microblog on PostgreSQL"
LEAST = {SQLITE: 0.12, POSTGRESQL: 0.03}


def posting(effort: Effort) -> Outcome:
    """Nobody listens: what is measured is the way from the request to the disk and back."""
    with _servers() as running:
        found = _rounds(running, effort)
    return Outcome(
        name="posting",
        title=f"Posting: {BOTS} writers, every answer durable",
        tables=[_table(found)],
        checks=_checks(found),
        versions={"starlette": STARLETTE.version()},
        rounds=found,
    )


@contextmanager
def _servers() -> Iterator[dict[str, Running]]:
    text = text_of(TEXT)
    with (
        STARLETTE.start(0, sample(800)) as bare,
        organised(POPULATION) as sqlite,
        postgres() as server,
        organised(POPULATION, url=server.create()) as postgresql,
    ):
        yield {BARE: bare, SQLITE: sqlite.running(text), POSTGRESQL: postgresql.running(text)}


def _rounds(running: dict[str, Running], effort: Effort) -> dict[str, list[Answered]]:
    found: dict[str, list[Answered]] = {name: [] for name in running}
    for number in range(effort.rounds):
        for name, one in running.items():
            with Load(LOAD_CORE, one.dialect, one.publisher) as load:
                found[name].append(load.requests(_writers(one.publisher), effort.seconds, one.pids))
            say(f"  round {number + 1} of {effort.rounds}: {name}")
    return found


def _writers(publisher: Publisher) -> Sequence[bytes]:
    return [publisher.requests[writer % len(publisher.requests)] for writer in range(BOTS)]


def _rate(rounds: Sequence[Answered]) -> list[float]:
    """Acknowledged posts per second of each round."""
    return [sum(n for status, n in one.statuses.items() if status == 201) / one.seconds for one in rounds]


def _table(found: dict[str, list[Answered]]) -> Table:
    return Table(
        "Posts per second",
        [
            Column("server"),
            Column("posts/s"),
            Column("ratio to bare Starlette", 3),
            Column("p50", 1, "ms"),
            Column("p99", 1, "ms"),
            Column("CPU per post", 0, "µs"),
            Column("core used", 0, "%"),
            Column("generator busy", 0, "%"),
        ],
        [
            (
                name,
                median(_rate(rounds)),
                median(ratios(_rate(rounds), _rate(found[BARE]))),
                median([percentile(one.answers, 0.5) * MILLI for one in rounds]),
                median([percentile(one.answers, 0.99) * MILLI for one in rounds]),
                median([one.cpu / one.requests * MICRO for one in rounds]),
                median([one.cpu / one.seconds * 100 for one in rounds]),
                max(one.busy for one in rounds) * 100,
            )
            for name, rounds in found.items()
        ],
        note="Processor time is the server's own; PostgreSQL's, on the same core, is not in it.",
    )


def _checks(found: dict[str, list[Answered]]) -> list[Check]:
    bare = _rate(found[BARE])
    checks = [
        at_least(
            "2.8", f"posts per second, {name}, to {BARE}", median(ratios(_rate(found[name]), bare)), least
        )
        for name, least in LEAST.items()
    ]
    refused = sum(
        n
        for rounds in found.values()
        for one in rounds
        for status, n in one.statuses.items()
        if status != 201
    )
    return [*checks, holds("2.8", "every post taken", refused)]
