"""Results that stay: JSON with every round, Markdown and SVG for readers, each with machine, versions, date, command."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from bench.places import LOAD_CORE, RESULTS, SERVER_CORE
from bench.report.outcome import Outcome

_PACKAGES = ("uvicorn", "uvloop", "starlette", "websockets", "msgspec", "sqlalchemy", "psycopg", "redis")


class Circumstances(msgspec.Struct, frozen=True):
    """Where, when and how something was measured."""

    machine: str
    cores: int
    memory_gib: float
    kernel: str
    server_core: int
    load_core: int
    versions: dict[str, str]
    date: str
    command: str
    load_before: float
    """Runnable processes in the minute before: above 0.5 the machine was not quiet."""


SERIES = 201
"""Numbers kept of a longer series of measurements: its quantiles, evenly spaced, smallest and largest included."""


def circumstances(command: str) -> Circumstances:
    return Circumstances(
        machine=_processor(),
        cores=os.cpu_count() or 0,
        memory_gib=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        kernel=platform.release(),
        server_core=SERVER_CORE,
        load_core=LOAD_CORE,
        versions={
            "python": platform.python_version(),
            **{name: version(name) for name in _PACKAGES},
            "sqlite": _sqlite(),
        },
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        command=command,
        load_before=round(os.getloadavg()[0], 2),
    )


def command_line() -> str:
    return " ".join(["python -m bench", *sys.argv[1:]])


def keep(outcome: Outcome, where: Circumstances, folder: Path = RESULTS) -> None:
    """Write NAME.json, NAME.md and a chart for each of the outcome's charts."""
    folder.mkdir(exist_ok=True)
    kept = _thinned(msgspec.to_builtins({"circumstances": where, "outcome": outcome}))
    (folder / f"{outcome.name}.json").write_bytes(
        msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n"
    )
    (folder / f"{outcome.name}.md").write_text(_markdown(outcome, where))
    for chart in outcome.charts:
        (folder / f"{chart.name}.svg").write_text(chart.svg())


def _thinned(value: object) -> object:
    if isinstance(value, dict):
        return {name: _thinned(part) for name, part in value.items()}
    if not isinstance(value, list | tuple):
        return value
    if len(value) <= SERIES or not all(isinstance(part, int | float) for part in value):
        return [_thinned(part) for part in value]
    ranked = sorted(value)
    return [round(ranked[place * (len(ranked) - 1) // (SERIES - 1)], 6) for place in range(SERIES)]


def _markdown(outcome: Outcome, where: Circumstances) -> str:
    parts = [f"# {outcome.title}"]
    parts += [table.markdown() for table in outcome.tables]
    parts += [f"![{chart.title}]({chart.name}.svg)" for chart in outcome.charts]
    if outcome.absent:
        parts.append("\n".join(f"Absent: {name} ({why})." for name, why in outcome.absent.items()))
    if outcome.checks:
        parts.append("\n".join(f"- {check.line()}" for check in outcome.checks))
    versions = {**where.versions, **outcome.versions}
    parts.append(
        f"{where.date}, `{where.command}`, {where.machine}, {where.cores} cores, {where.memory_gib} GiB, "
        f"Linux {where.kernel}, load before {where.load_before}. "
        + ", ".join(f"{name} {number}" for name, number in versions.items())
        + "."
    )
    return "\n\n".join(parts) + "\n"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _sqlite() -> str:
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3.sqlite_version
    return str(dbapi2.sqlite_version)
