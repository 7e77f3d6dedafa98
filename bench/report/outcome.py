"""What one benchmark found, and whether that is what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from bench.report.chart import Chart
from bench.report.table import Column, Table


class Check(msgspec.Struct, frozen=True):
    """One promise: its number and words, the figure, the bound, and whether it holds."""

    criterion: str
    promise: str
    value: float
    bound: str
    passed: bool
    unit: str = ""

    def line(self) -> str:
        return (
            f"{'pass' if self.passed else 'FAIL'}  {self.criterion:<4} {self.promise}: "
            f"{self.value:.4g}{' ' + self.unit if self.unit else ''} ({self.bound})"
        )


class Outcome(msgspec.Struct, frozen=True):
    """`rounds` is everything that was measured; the rest is drawn from it."""

    name: str
    title: str
    tables: Sequence[Table]
    checks: Sequence[Check] = ()
    charts: Sequence[Chart] = ()
    versions: dict[str, str] = {}
    absent: dict[str, str] = {}
    rounds: Any = None

    def text(self) -> str:
        parts = [table.text() for table in self.tables]
        parts += [f"absent: {name}: {why}" for name, why in self.absent.items()]
        parts += [check.line() for check in self.checks]
        return "\n\n".join(parts[: len(self.tables)]) + "\n" + "\n".join(parts[len(self.tables) :])


def at_most(criterion: str, promise: str, value: float, bound: float, unit: str = "") -> Check:
    return Check(criterion, promise, value, f"at most {bound:g}", value <= bound, unit)


def at_least(criterion: str, promise: str, value: float, bound: float, unit: str = "") -> Check:
    return Check(criterion, promise, value, f"at least {bound:g}", value >= bound, unit)


def holds(criterion: str, promise: str, exceptions: float) -> Check:
    """Something that must hold without exception; the value is the number of exceptions."""
    return Check(criterion, promise, exceptions, "none", not exceptions, "exceptions")


def table_of(checks: Sequence[Check]) -> Table:
    """All promises in one table."""
    return Table(
        "What it must show",
        [Column("criterion"), Column("promise"), Column("measured"), Column("bound"), Column("holds")],
        [
            (
                check.criterion,
                check.promise,
                f"{check.value:.4g} {check.unit}".strip(),
                check.bound,
                "yes" if check.passed else "NO",
            )
            for check in checks
        ],
    )
