"""What an idle, authenticated socket costs in memory, and whether a delivery costs more when there are many."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from bench.contest import event_of, say
from bench.effort import Effort
from bench.load import Load
from bench.load.records import Paced
from bench.meter import Memory, memory
from bench.organisation import FOLLOWS, GROUPS
from bench.peers import Absent, Peer, Running
from bench.peers.microblog import MICROBLOG
from bench.peers.nchan import NCHAN
from bench.peers.python import STARLETTE
from bench.places import LOAD_CORE
from bench.report import Check, Column, Outcome, Table, at_most, holds
from bench.statistics import median
from bench.suites.figures import cost, latency, paced_flaws

SOCKETS = 15_000
FEW = 1_000
EVENT = 800
SETTLING = 2.0
"""Seconds until what was needed only to connect is given back."""

RATE = 4.0
"""Posts per second: at 15,000 sockets already 60,000 deliveries."""


class Crowd(msgspec.Struct):
    """One server before and after so many connected, and what a delivery cost it then."""

    title: str
    sockets: int
    before: Memory
    after: Memory
    paced: list[Paced]

    @property
    def each(self) -> float:
        """Bytes of resident memory for each socket."""
        return (self.after.rss - self.before.rss) / self.sockets


def idle(effort: Effort, peers: Sequence[Peer] = (MICROBLOG, NCHAN, STARLETTE)) -> Outcome:
    """Memory of all, one server after the other; cost at 1,000 and at 15,000 of our own, in turns."""
    many = effort.of(SOCKETS)
    event = event_of(EVENT)
    absent: dict[str, str] = {}
    versions: dict[str, str] = {}
    found: list[Crowd] = []
    for peer in peers:
        try:
            with _crowd(peer, many, event) as (crowd, load, running):
                versions[peer.title] = peer.version()
                if peer is MICROBLOG:
                    found.append(_beside_few(crowd, load, running, event, effort))
                found.append(crowd)
        except Absent as why:
            absent[peer.title] = str(why)
    return Outcome(
        name="idle",
        title=f"{many:,} sockets",
        tables=[_memory_table(found), _cost_table(found)],
        checks=_checks(found, many),
        versions=versions,
        absent=absent,
        rounds=found,
    )


@contextmanager
def _crowd(peer: Peer, sockets: int, event: bytes) -> Iterator[tuple[Crowd, Load, Running]]:
    with (
        peer.start(sockets, event) as running,
        Load(LOAD_CORE, running.dialect, running.publisher, numbered=peer.numbered) as load,
    ):
        before = memory(running.pids)
        connected = load.connect(running.tokens)
        if connected.sockets < sockets:
            raise RuntimeError(f"{peer.title}: only {connected.sockets} of {sockets}: {connected.failed}")
        time.sleep(SETTLING)
        crowd = Crowd(peer.title, sockets, before, memory(running.pids), [])
        say(f"  {peer.title}: {sockets} sockets in {connected.seconds:.1f} s, {crowd.each:.0f} bytes each")
        yield crowd, load, running


def _beside_few(crowd: Crowd, load: Load, running: Running, event: bytes, effort: Effort) -> Crowd:
    """Measure what a delivery costs this crowd and one of a thousand, in turns; answers the latter."""
    with _crowd(MICROBLOG, FEW, event) as (few, other, theirs):
        for number in range(effort.rounds):
            few.paced.append(other.paced(RATE, effort.seconds, theirs.pids))
            crowd.paced.append(load.paced(RATE, effort.seconds, running.pids))
            say(f"  round {number + 1} of {effort.rounds}")
    return few


def _memory_table(found: Sequence[Crowd]) -> Table:
    return Table(
        "Memory of idle sockets",
        [
            Column("server"),
            Column("sockets"),
            Column("resident before", 1, "MiB"),
            Column("resident after", 1, "MiB"),
            Column("each", 0, "bytes"),
        ],
        [
            (of.title, of.sockets, of.before.rss / 2**20, of.after.rss / 2**20, of.each)
            for of in found
            if of.sockets > FEW
        ],
        note=f"microblog's are authenticated, each in {GROUPS} groups and following {FOLLOWS}; the others' know nobody.",
    )


def _cost_table(found: Sequence[Crowd]) -> Table:
    return Table(
        f"microblog at {RATE:g} posts/s",
        [
            Column("sockets"),
            Column("CPU per delivery", 2, "µs"),
            Column("p50 to the last", 1, "ms"),
            Column("p99 to the last", 1, "ms"),
            Column("flaws"),
        ],
        [
            (
                f"{of.sockets:,}",
                cost(of.paced),
                latency(of.paced, 0.5),
                latency(of.paced, 0.99),
                paced_flaws(of.paced),
            )
            for of in found
            if of.paced
        ],
    )


def _checks(found: Sequence[Crowd], many: int) -> list[Check]:
    ours = {of.sockets: of for of in found if of.title == MICROBLOG.title}
    growth = median(
        [
            (large.cpu / large.deliveries) / (small.cpu / small.deliveries)
            for large, small in zip(ours[many].paced, ours[FEW].paced, strict=True)
        ]
    )
    return [
        at_most("3", f"memory of an idle socket at {many:,}", ours[many].each / 1000, 5.0, "KB"),
        at_most("6", f"cost per delivery at {many:,} to that at {FEW:,}", growth, 1.3),
        holds("6", "every post on every socket, in order", paced_flaws(ours[many].paced + ours[FEW].paced)),
    ]
