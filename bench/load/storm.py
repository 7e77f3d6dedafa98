"""Everybody is cut at once and comes back for what it missed."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bench.load.records import Storm
from bench.load.worker import LONGEST_DRAIN, Watch, Worker


def storm(worker: Worker, tokens: Sequence[str], missed: int, pids: Sequence[int]) -> Storm:
    """Cut everybody, publish `missed` messages, and have all return at the same moment for exactly those.

    The server's time counts from the cut until the last one has all: taking leave, the messages and those turned away
    with 503 are in it.
    """
    worker.prepare(1)
    worker.publish_quietly(1)
    worker.loop.quiet(0.5)
    fleet, loop = worker.fleet, worker.loop
    query = f"?after={fleet.probes[0].seqs[-1]}&epoch={fleet.hello['epoch']}"
    watch = Watch(pids)
    fleet.cut()
    worker.publish_quietly(missed)
    loop.expect(missed, len(tokens))
    connected = fleet.connect(tokens, query=query, at_once=len(tokens))
    limit = time.monotonic() + LONGEST_DRAIN
    while any(loop.left) and time.monotonic() < limit:
        loop.turn(0.05)
    took, cpu, busy = watch.stop()
    loop.quiet(0.5)
    counts = [loop.counts[fd] for fd in fleet.sockets]
    return Storm(
        sockets=len(tokens),
        missed=missed,
        seconds=took,
        cpu=cpu,
        refused=connected.refused,
        failed=connected.failed,
        incomplete=sum(count < missed for count in counts) + len(tokens) - len(counts),
        surplus=sum(count > missed for count in counts),
        busy=busy,
    )
