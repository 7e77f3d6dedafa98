"""Coming back for nothing, for little and for much."""

from __future__ import annotations

from collections.abc import Sequence

from bench.contest import say
from bench.effort import Effort
from bench.events import text_of
from bench.load import Load
from bench.load.records import Storm
from bench.peers.microblog import organised
from bench.places import LOAD_CORE
from bench.report import Check, Column, Outcome, Table, holds
from bench.statistics import median
from bench.suites.figures import MICRO

SOCKETS = 200
MISSED = (0, 10, 100, 1000)
"""Posts that were missed."""

TEXT = 160


def resume(effort: Effort) -> Outcome:
    """Few sockets, all let in at once: what a resume costs by how much was missed."""
    sockets = effort.of(SOCKETS)
    found: dict[int, list[Storm]] = {missed: [] for missed in MISSED}
    with organised(sockets) as microblog:
        running = microblog.running(text_of(TEXT))
        with Load(LOAD_CORE, running.dialect, running.publisher, numbered=True) as load:
            load.connect(running.tokens)
            for number in range(effort.rounds):
                for missed in MISSED:
                    found[missed].append(load.storm(running.tokens, missed, running.pids))
                say(f"  round {number + 1} of {effort.rounds}")
    return Outcome(
        name="resume",
        title=f"{sockets:,} sockets that come back",
        tables=[_table(found)],
        checks=_checks(found),
        rounds=found,
    )


def _table(found: dict[int, list[Storm]]) -> Table:
    def each(rounds: Sequence[Storm]) -> float:
        return median([one.cpu / one.sockets * MICRO for one in rounds])

    return Table(
        "What a resume costs",
        [
            Column("posts missed"),
            Column("CPU per socket", 0, "µs"),
            Column("all complete after", 2, "s"),
            Column("incomplete"),
            Column("told twice"),
        ],
        [
            (
                f"{missed:,}",
                each(rounds),
                median([one.seconds for one in rounds]),
                sum(one.incomplete for one in rounds),
                sum(one.surplus for one in rounds),
            )
            for missed, rounds in found.items()
        ],
        note="Publishing what is missed, once for all of them, is in the processor time.",
    )


def _checks(found: dict[int, list[Storm]]) -> list[Check]:
    rounds = [one for many in found.values() for one in many]
    return [
        holds(
            "4", "resumed without a gap or a repetition", sum(one.incomplete + one.surplus for one in rounds)
        )
    ]
