"""Everybody is cut at once, and comes back at once for what was said meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from bench.contest import say
from bench.effort import Effort
from bench.events import text_of
from bench.load import Load
from bench.load.records import Storm
from bench.peers.microblog import organised
from bench.places import LOAD_CORE
from bench.report import Check, Column, Outcome, Table, at_most, holds
from bench.statistics import median
from bench.suites.figures import MICRO

SOCKETS = 5000
MISSED = 10
"""Posts that everybody has to be sent on return."""

TEXT = 160


def storm(effort: Effort) -> Outcome:
    sockets = effort.of(SOCKETS)
    with organised(sockets) as microblog:
        running = microblog.running(text_of(TEXT))
        with Load(LOAD_CORE, running.dialect, running.publisher, numbered=True) as load:
            load.connect(running.tokens)
            found = []
            for number in range(effort.rounds):
                found.append(load.storm(running.tokens, MISSED, running.pids))
                say(f"  round {number + 1} of {effort.rounds}")
    return Outcome(
        name="storm",
        title=f"{sockets:,} sockets cut at once",
        tables=[_table(found)],
        checks=_checks(found),
        rounds=found,
    )


def each(found: Sequence[Storm]) -> float:
    """Processor time of the server for each socket, from the cut until it has all that it missed, in µs."""
    return median([one.cpu / one.sockets * MICRO for one in found])


def _table(found: Sequence[Storm]) -> Table:
    return Table(
        f"Authentication, and {MISSED} missed posts for each",
        [
            Column("round"),
            Column("CPU per socket", 0, "µs"),
            Column("all complete after", 1, "s"),
            Column("sent away for a moment (503)"),
            Column("refused otherwise"),
            Column("incomplete"),
            Column("told twice"),
            Column("generator busy", 0, "%"),
        ],
        [
            (
                str(number),
                one.cpu / one.sockets * MICRO,
                one.seconds,
                one.refused,
                sum(one.failed.values()),
                one.incomplete,
                one.surplus,
                one.busy * 100,
            )
            for number, one in enumerate(found, 1)
        ],
        note="Taking leave of everybody, publishing what is missed and saying 503 are in the processor time.",
    )


def _checks(found: Sequence[Storm]) -> list[Check]:
    return [
        at_most("4", "processor time for each that returns", each(found), 600, "µs"),
        holds(
            "4", "resumed without a gap or a repetition", sum(one.incomplete + one.surplus for one in found)
        ),
        holds(
            "4", "refused other than by the 503 of admission", sum(sum(one.failed.values()) for one in found)
        ),
    ]
