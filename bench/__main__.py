"""`python -m bench [NAME…]`: run the benchmarks, show what they found, keep it in `bench/results/`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from types import FrameType

from bench.contest import say
from bench.effort import Effort
from bench.places import LOAD_CORE
from bench.report import Outcome
from bench.report.keep import circumstances, command_line, keep
from bench.suites.roster import SUITES


def main(words: Sequence[str]) -> int:
    """Exit status: 0 if everything that was promised holds, 1 if not."""
    parser = _parser()
    asked = parser.parse_args(words)
    if unknown := set(asked.names).difference(SUITES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
    effort = Effort(asked.rounds, asked.seconds, asked.sockets)
    signal.signal(signal.SIGTERM, _leave)
    os.sched_setaffinity(0, {LOAD_CORE})
    where = circumstances(command_line())
    outcomes: list[Outcome] = []
    for name in asked.names or [name for name in SUITES if name != "criteria"]:
        began = time.monotonic()
        say(f"{name}:")
        for outcome in SUITES[name](effort):
            keep(outcome, where)
            print(f"\n{outcome.text()}\n", flush=True)
            outcomes.append(outcome)
        say(f"{name} took {time.monotonic() - began:.0f} s")
    return 0 if all(check.passed for outcome in outcomes for check in outcome.checks) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Benchmarks of microblog and its peers; all of them, or those that are named. "
        "`criteria` runs what the promises need, and says of each whether it holds.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SUITES))
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (5)")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long one measurement takes (4)")
    parser.add_argument(
        "--sockets", type=int, help="how many subscribers, instead of the benchmark's own number"
    )
    return parser


def _leave(number: int, frame: FrameType | None) -> None:
    """End as after an exception, so that every server that was started is ended too."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
