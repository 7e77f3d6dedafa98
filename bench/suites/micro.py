"""Single steps of the hot path, each alone, by pytest-benchmark."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import msgspec

from bench.effort import Effort
from bench.places import ROOT, SERVER_CORE
from bench.process import run
from bench.report import Column, Outcome, Table
from bench.suites.figures import MICRO


class Stats(msgspec.Struct):
    """Seconds, as pytest-benchmark has them."""

    min: float
    median: float
    iqr: float
    rounds: int


class Step(msgspec.Struct):
    """One test."""

    name: str
    stats: Stats


class Steps(msgspec.Struct):
    """The part of pytest-benchmark's JSON that we show."""

    benchmarks: list[Step]


def micro(effort: Effort) -> Outcome:
    """In a process of its own, on the server's core."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "micro.json"
        run(
            [
                *("taskset", "--cpu-list", str(SERVER_CORE), sys.executable, "-m", "pytest", ROOT / "micro"),
                *("-q", f"--benchmark-json={kept}", "--benchmark-disable-gc", "-p", "no:cacheprovider"),
                f"--benchmark-max-time={min(1.0, effort.seconds)}",
            ]
        )
        found = msgspec.json.decode(kept.read_bytes(), type=Steps)
    return Outcome(name="micro", title="Single steps", tables=[_table(found)], rounds=found)


def _table(found: Steps) -> Table:
    return Table(
        "Each alone, on one core",
        [
            Column("step"),
            Column("median", 2, "µs"),
            Column("least", 2, "µs"),
            Column("interquartile range", 2, "µs"),
            Column("rounds"),
        ],
        [
            (
                step.name.removeprefix("test_").replace("_", " "),
                step.stats.median * MICRO,
                step.stats.min * MICRO,
                step.stats.iqr * MICRO,
                step.stats.rounds,
            )
            for step in found.benchmarks
        ],
    )
