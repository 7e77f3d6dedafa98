"""Figures of rounds: medians, percentiles, ratios round by round."""

from __future__ import annotations

import pytest

from bench.load.records import Paced, Probed
from bench.meter import Cpu
from bench.statistics import median, percentile, ratios
from bench.suites.figures import cost, flaws, latency, paced_flaws


def window(
    cpu: float, *, deliveries: int = 1000, lacking: int = 0, waits: tuple[float, ...] = (0.01,)
) -> Paced:
    return Paced(
        sockets=100,
        published=10,
        seconds=1.0,
        deliveries=deliveries,
        expected=1000,
        cpu=cpu,
        latencies=list(waits),
        answers=[0.001],
        late=0.0,
        busy=0.1,
        closed=0,
        probed=Probed(probes=16, events=10, disordered=0, gaps=0, lacking=lacking),
        frame=805,
    )


def test_a_percentile_lies_between_its_neighbours() -> None:
    assert percentile([4, 1, 3, 2], 0.5) == 2.5
    assert percentile([5], 0.99) == 5
    assert percentile(list(range(101)), 0.99) == 99


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_ratios_are_taken_within_a_round() -> None:
    # The machine was twice as slow in the second round: the ratio does not notice.
    assert ratios([1.0, 2.0, 1.0], [2.0, 4.0, 2.0]) == [0.5, 0.5, 0.5]
    with pytest.raises(ValueError):  # noqa: PT011
        ratios([1.0], [1.0, 2.0])


def test_one_bad_round_does_not_decide() -> None:
    rounds = [window(0.007), window(0.008), window(0.9)]
    assert cost(rounds) == pytest.approx(8.0)
    assert median([1, 2, 100]) == 2


def test_a_wait_is_the_median_of_the_rounds_percentiles() -> None:
    rounds = [window(0.01, waits=(0.01, 0.02)), window(0.01, waits=(0.03, 0.03)), window(0.01, waits=(1.0,))]
    assert latency(rounds, 1.0) == pytest.approx(30.0)


def test_what_did_not_arrive_is_a_flaw() -> None:
    assert paced_flaws([window(0.01)]) == 0
    assert paced_flaws([window(0.01, deliveries=998, lacking=2)]) == 4
    assert flaws(Probed(probes=16, events=10, disordered=1, gaps=2, lacking=3)) == 6


def test_a_split_of_few_ticks_is_not_told() -> None:
    assert Cpu(0.3, 0.6).share_of_user() is None
    assert (Cpu(3.0, 7.0) + Cpu(1.0, 3.0) - Cpu(1.0, 2.0)).share_of_user() == pytest.approx(3 / 11 * 100)
