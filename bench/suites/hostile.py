"""The worst that clients do, to the whole server: dying in a pass, breaking every rule, staying when it has to go."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec

from bench import rude
from bench.contest import event_of, say
from bench.effort import Effort
from bench.events import text_in
from bench.load import Load
from bench.load.records import Burst
from bench.meter import memory
from bench.peers.microblog import Microblog, organised
from bench.places import LOAD_CORE
from bench.report import Check, Column, Outcome, Table, at_most, holds
from bench.suites.figures import burst_flaws

SOCKETS = 1000
RESETS = 100
HALVES = 50
MUTATED = 100_000
"""Handshakes and frames together."""

GONE_WITHIN = 15.0
GROWTH = 20.0
"""MB."""


class Found(msgspec.Struct):
    """What happened. Each `wrong` is an answer that should not have been, and how often."""

    flood: Burst
    reset: int
    halves_heard: int
    handshakes: Counter[str]
    frames: Counter[str]
    wrong: Counter[str]
    grown: int
    errors: int
    told: int
    clients: int
    gone: float


def hostile(effort: Effort) -> Outcome:
    with organised(effort.of(SOCKETS)) as microblog:
        found = _measure(microblog)
    return Outcome(
        name="hostile",
        title="The worst that clients do",
        tables=[_table(found)],
        checks=_checks(found),
        rounds=found,
    )


def _measure(microblog: Microblog) -> Found:
    tokens = microblog.tokens
    at = rude.Address(microblog.port, tokens[0])
    with (
        Load(LOAD_CORE, microblog.dialect, microblog.bots(text_in(event_of(800))), numbered=True) as load,
        ThreadPoolExecutor(1) as beside,
    ):
        load.connect(tokens)
        doomed = rude.listening(at, RESETS)
        flooding = beside.submit(load.burst, 32, 4.0, microblog.pids)
        rude.reset_one_by_one(doomed, over=4.0)
        flood = flooding.result()
        say(f"  {RESETS} reset while {flood.delivered:,} were delivered")
    halves = sum(rude.says_half_with_the_handshake(at) for _ in range(HALVES))
    # The first thousand make what is made once: compiled patterns, caches, the allocator's pools.
    rude.mutated_handshakes(at, 500)
    rude.mutated_frames(at, 500)
    before = memory(microblog.pids).rss
    handshakes = rude.mutated_handshakes(at, MUTATED // 2)
    say(f"  {MUTATED // 2:,} mutated handshakes")
    frames = rude.mutated_frames(at, MUTATED // 2)
    say(f"  {MUTATED // 2:,} mutated frames")
    grown = memory(microblog.pids).rss - before
    told, clients, gone = _farewell(microblog, at)
    wrong = Counter({answer: n for answer, n in (handshakes + frames).items() if answer not in rude.RIGHT})
    return Found(
        flood=flood,
        reset=len(doomed),
        halves_heard=halves,
        handshakes=handshakes,
        frames=frames,
        wrong=wrong,
        grown=grown,
        errors=_errors(microblog.server.said),
        told=told,
        clients=clients,
        gone=gone,
    )


def _farewell(microblog: Microblog, at: rude.Address) -> tuple[int, int, float]:
    """SIGTERM with every kind of client open: how many were told 1012, of how many, and the seconds until it was gone."""
    everyone = rude.every_kind(at)
    began = time.monotonic()
    microblog.server.signal(signal.SIGTERM)
    told = sum(client.told_to_come_back() for client in everyone)
    microblog.server.wait(30)
    return told, len(everyone), time.monotonic() - began


def _errors(log: str) -> int:
    return sum(
        "Traceback" in line or " error " in line.lower() or "[error" in line.lower()
        for line in log.splitlines()
    )


def _table(found: Found) -> Table:
    def show(answers: Counter[str]) -> str:
        return ", ".join(f"{answer}: {n:,}" for answer, n in sorted(answers.items()))

    rows: Sequence[tuple[str, str]] = [
        ("reset in the middle of passes", f"{found.reset}, the others complete: {found.flood.complete}"),
        ("half a frame with the handshake", f"{found.halves_heard} of {HALVES} answered"),
        ("answers to mutated handshakes", show(found.handshakes)),
        ("answers to mutated frames", show(found.frames)),
        ("memory grown", f"{found.grown / 1e6:.1f} MB"),
        ("told to come back at SIGTERM", f"{found.told} of {found.clients}"),
        ("gone after", f"{found.gone:.1f} s"),
    ]
    return Table("What was done and what came of it", [Column("what"), Column("found")], rows)


def _checks(found: Found) -> list[Check]:
    return [
        holds("8", "flaws at the others while sockets are reset in a pass", burst_flaws([found.flood])),
        holds("8", "half frames that were lost", HALVES - found.halves_heard),
        holds("8", "mutated handshakes and frames with a wrong answer", found.wrong.total()),
        holds("8", "errors logged as ours", found.errors),
        at_most("8", "memory grown", found.grown / 1e6, GROWTH, "MB"),
        holds("8", "clients not told to come back", found.clients - found.told),
        at_most("8", "gone after SIGTERM", found.gone, GONE_WITHIN, "s"),
    ]
