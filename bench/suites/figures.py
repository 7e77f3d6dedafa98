"""What windows come to: medians over rounds of the figures that tables show. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bench.load.records import Burst, Paced, Probed
from bench.statistics import median, percentile

MILLI, MICRO = 1e3, 1e6


def cost(windows: Sequence[Paced]) -> float:
    """Processor time of the server for each delivery, in µs: the median of the rounds."""
    return median([window.cpu / window.deliveries * MICRO for window in windows])


def latency(windows: Sequence[Paced], share: float) -> float:
    """From the request until the last socket had the message, in ms: the median of the rounds' percentiles."""
    return median([percentile(window.latencies, share) * MILLI for window in windows])


def worst(windows: Sequence[Paced]) -> float:
    """The longest that any socket waited in any round, in ms."""
    return max(max(window.latencies) for window in windows) * MILLI


def answer(windows: Sequence[Paced], share: float) -> float:
    """From the request until it was answered, in ms."""
    return median([percentile(window.answers, share) * MILLI for window in windows])


def efficiency(windows: Sequence[Burst]) -> float:
    """Deliveries for each second of the server's processor: the median of the rounds."""
    return median([window.delivered / window.cpu for window in windows])


def throughput(windows: Sequence[Burst]) -> float:
    """Deliveries per second: the median of the rounds."""
    return median([window.delivered / window.seconds for window in windows])


def busiest(windows: Sequence[Paced | Burst]) -> float:
    """The greatest share of its core that the generator used, in percent."""
    return max(window.busy for window in windows) * 100


def flaws(probed: Probed) -> int:
    """Messages that a probe saw out of order, not in a row, or not at all."""
    return probed.disordered + probed.gaps + probed.lacking


def paced_flaws(windows: Sequence[Paced]) -> int:
    """Deliveries that did not happen, sockets that were closed, and what the probes object to."""
    return sum(w.expected - w.deliveries + w.closed + flaws(w.probed) for w in windows)


def burst_flaws(windows: Sequence[Burst]) -> int:
    """Sockets that lacked something when all was quiet or were closed, and what the probes object to."""
    return sum(w.missing + w.closed + flaws(w.probed) for w in windows)
