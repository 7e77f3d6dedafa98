"""Some of the sockets stop reading; later each comes back for the rest."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from bench.load.fleet import read_out
from bench.load.records import Slow
from bench.load.worker import Worker

LONGEST_RESUME = 20.0


def fall_silent(worker: Worker, count: int) -> int:
    """So many sockets read no more from here on."""
    worker.silent = worker.fleet.fall_silent(count)
    return len(worker.silent)


def wake(worker: Worker, tokens: Sequence[str]) -> Slow:
    """Read out what the silent ones hold, resume each after the last whole message, and see whether it has all then."""
    worker.loop.quiet(0.1)
    fleet = worker.fleet
    epoch = fleet.hello["epoch"]
    newest = fleet.probes[0].seqs[-1]
    slow = Slow(
        sockets=len(worker.silent),
        codes={},
        resumed=0,
        complete=0,
    )
    codes: Counter[int] = Counter()
    for probe, token in zip(worker.silent, tokens, strict=True):
        read_out(probe)
        codes[probe.code or 0] += 1
        probe.sock.close()
        held = len(fleet.probes)
        fleet.connect([token], query=f"?after={probe.seqs[-1]}&epoch={epoch}", probes=held + 1)
        if len(fleet.probes) == held:
            continue
        slow.resumed += 1
        heir = fleet.probes[-1]
        limit = time.monotonic() + LONGEST_RESUME
        while (
            probe.seqs[-1] < newest and (not heir.seqs or heir.seqs[-1] < newest) and time.monotonic() < limit
        ):
            worker.loop.turn(0.05)
        slow.complete += probe.seqs + heir.seqs == list(range(probe.seqs[0], newest + 1))
        fleet.dismiss(heir)
    worker.silent = []
    slow.codes = dict(codes)
    return slow
