"""Everybody hears the same posts: what a delivery costs at a pace, how long the last one waits, and what a flood yields."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bench.contest import Contest, Contestant, contest, event_of
from bench.effort import Effort
from bench.load.records import Burst, Connected, Paced
from bench.meter import Cpu, cpu_split
from bench.organisation import BOTS
from bench.peers import PEERS, Peer, get, token_header
from bench.report import Chart, Check, Column, Outcome, Series, Table, at_least, at_most, holds
from bench.statistics import median, percentile, ratios
from bench.suites.figures import (
    MICRO,
    MILLI,
    burst_flaws,
    busiest,
    cost,
    efficiency,
    latency,
    paced_flaws,
    throughput,
    worst,
)

SOCKETS = 5000
EVENT = 800
"""Bytes of an event, about."""

BRISK, CALM = 20.0, 8.0
"""Posts per second at which cost, and at which latency is compared."""

READS = 4
"""Connections on which somebody asks for a timeline ten times a second while the flood lasts."""


class Windows(msgspec.Struct):
    """Everything that was measured of one peer."""

    brisk: list[Paced]
    calm: list[Paced]
    flood: list[Burst]
    connected: Connected
    split: Cpu
    """Of the server, over all rounds at the brisk pace."""


def fanout(effort: Effort, peers: Sequence[Peer] = PEERS, name: str = "fanout") -> Outcome:
    """All peers with the same sockets and the same bytes, in turns."""
    sockets = effort.of(SOCKETS)
    with contest(peers, sockets, event_of(EVENT)) as taking_part:
        found = _measure(taking_part, effort)
        titles = {one.peer.name: one.peer.title for one in taking_part.contestants}
        return Outcome(
            name=name,
            title=f"Fan-out to {sockets:,} sockets",
            tables=[_paced_table(found, titles), _flood_table(found, titles)],
            checks=_checks(found),
            charts=_charts(name, found, titles, sockets),
            versions=taking_part.versions,
            absent=taking_part.absent,
            rounds=found,
        )


def _measure(taking_part: Contest, effort: Effort) -> dict[str, Windows]:
    spent = {one.peer.name: Cpu(0.0, 0.0) for one in taking_part.contestants}

    def pace(rate: float, one: Contestant) -> Paced:
        # Long enough for 30 messages, so that a p99 is more than the one slowest.
        before = cpu_split(one.running.pids)
        window = one.load.paced(rate, max(effort.seconds, 30 / rate), one.running.pids)
        if rate == BRISK:
            spent[one.peer.name] += cpu_split(one.running.pids) - before
        return window

    brisk = taking_part.rounds(effort.rounds, lambda one: pace(BRISK, one), f"{BRISK:g} posts/s")
    calm = taking_part.rounds(effort.rounds, lambda one: pace(CALM, one), f"{CALM:g} posts/s")
    flood = taking_part.rounds(effort.rounds, lambda one: _flood(one, effort), "flat out")
    connected = {one.peer.name: one.connected for one in taking_part.contestants}
    return {
        name: Windows(brisk[name], calm[name], flood[name], connected[name], spent[name])
        for name in connected
    }


def _flood(one: Contestant, effort: Effort) -> Burst:
    running = one.running
    reads = [
        get(running.dialect.port, "/api/v1/timelines/home", [token_header(token)])
        for token in running.tokens[:READS]
        if token
    ]
    return one.load.burst(BOTS, effort.seconds, running.pids, reads)


def _paced_table(found: dict[str, Windows], titles: dict[str, str]) -> Table:
    ours = cost(found["microblog"].brisk) if "microblog" in found else None
    return Table(
        f"At a pace: {BRISK:g} posts/s for the cost, {CALM:g} posts/s for the wait until the last socket has it",
        [
            Column("server"),
            Column("CPU per delivery", 2, "µs"),
            Column("of it user", 0, "%"),
            Column("ratio to microblog", 2),
            Column("p50", 1, "ms"),
            Column("p99", 1, "ms"),
            Column("max", 1, "ms"),
            Column(f"p99 at {BRISK:g}/s", 1, "ms"),
            Column("flaws"),
            Column("generator busy", 0, "%"),
        ],
        [
            (
                titles[name],
                cost(of.brisk),
                of.split.share_of_user(),
                cost(of.brisk) / ours if ours else None,
                latency(of.calm, 0.5),
                latency(of.calm, 0.99),
                worst(of.calm),
                latency(of.brisk, 0.99),
                paced_flaws(of.brisk + of.calm),
                busiest(of.brisk + of.calm),
            )
            for name, of in found.items()
        ],
        note="Medians over the rounds. A server that can not keep the pace shows it in the wait.",
    )


def _flood_table(found: dict[str, Windows], titles: dict[str, str]) -> Table:
    ours = efficiency(found["microblog"].flood) if "microblog" in found else None
    return Table(
        f"Flat out: {BOTS} writers, each as fast as it is answered",
        [
            Column("server"),
            Column("deliveries/CPU s"),
            Column("ratio to microblog", 3),
            Column("deliveries/s"),
            Column("posts/s", 1),
            Column("p99 of a post", 0, "ms"),
            Column("p99 of a read", 0, "ms"),
            Column("drained in", 2, "s"),
            Column("flaws"),
            Column("generator busy", 0, "%"),
        ],
        [
            (
                titles[name],
                efficiency(of.flood),
                efficiency(of.flood) / ours if ours else None,
                throughput(of.flood),
                median([w.published / w.seconds for w in of.flood]),
                median([percentile(w.answers, 0.99) * MILLI for w in of.flood])
                if of.flood[0].answers
                else None,
                _reads(of.flood),
                max(w.drained for w in of.flood),
                burst_flaws(of.flood),
                busiest(of.flood),
            )
            for name, of in found.items()
        ],
    )


def _reads(windows: Sequence[Burst]) -> float | None:
    """The p99 of requests to read while the flood lasted, in ms; only microblog has something to read."""
    rounds = [percentile(w.reads, 0.99) * MILLI for w in windows if w.reads]
    return median(rounds) if rounds else None


def _checks(found: dict[str, Windows]) -> list[Check]:
    if "microblog" not in found:
        return []
    ours = found["microblog"]
    checks = [
        holds("1", "every post on every socket, in order, at a pace", paced_flaws(ours.brisk + ours.calm)),
        holds("2", "every acknowledged post on every socket, in order, flat out", burst_flaws(ours.flood)),
        at_most("2", "p99 of reading a timeline meanwhile", _reads(ours.flood) or float("inf"), 250, "ms"),
    ]
    if "nchan" not in found:
        return checks
    theirs = found["nchan"]
    return [
        at_most("1", f"CPU per delivery at {BRISK:g}/s to nchan's", _of_costs(ours.brisk, theirs.brisk), 1.0),
        at_most(
            "1", f"p99 to the last socket at {CALM:g}/s to nchan's", _of_waits(ours.calm, theirs.calm), 1.2
        ),
        at_least("2", "deliveries per CPU second to nchan's", _of_floods(ours.flood, theirs.flood), 5.0),
        *checks,
    ]


def _of_costs(ours: Sequence[Paced], theirs: Sequence[Paced]) -> float:
    def costs(windows: Sequence[Paced]) -> list[float]:
        return [window.cpu / window.deliveries * MICRO for window in windows]

    return median(ratios(costs(ours), costs(theirs)))


def _of_waits(ours: Sequence[Paced], theirs: Sequence[Paced]) -> float:
    def waits(windows: Sequence[Paced]) -> list[float]:
        return [percentile(window.latencies, 0.99) for window in windows]

    return median(ratios(waits(ours), waits(theirs)))


def _of_floods(ours: Sequence[Burst], theirs: Sequence[Burst]) -> float:
    def yields(windows: Sequence[Burst]) -> list[float]:
        return [window.delivered / window.cpu for window in windows]

    return median(ratios(yields(ours), yields(theirs)))


def _charts(name: str, found: dict[str, Windows], titles: dict[str, str], sockets: int) -> list[Chart]:
    names = [titles[name] for name in found]
    note = f"{sockets} sockets, events of about {EVENT} bytes, one core, median of rounds"
    return [
        Chart(
            f"{name}-cost",
            "Processor time per delivery",
            "µs, less is better",
            names,
            [Series(f"{BRISK:g} posts/s", [cost(of.brisk) for of in found.values()])],
            ours="microblog",
            note=note,
        ),
        Chart(
            f"{name}-flood",
            "Deliveries per second of processor, flat out",
            "thousands, more is better",
            names,
            [Series("flat out", [efficiency(of.flood) / 1000 for of in found.values()])],
            ours="microblog",
            note=note,
            digits=0,
        ),
    ]
