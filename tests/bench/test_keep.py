"""What is kept of a long series."""

from __future__ import annotations

from bench.report.keep import SERIES, _thinned


def test_a_long_series_is_kept_as_its_quantiles() -> None:
    kept = _thinned({"answers": [float(number) for number in reversed(range(10_001))]})
    assert isinstance(kept, dict)
    answers = kept["answers"]
    assert len(answers) == SERIES
    assert (answers[0], answers[SERIES // 2], answers[-1]) == (0.0, 5_000.0, 10_000.0)
    assert answers == sorted(answers)


def test_a_short_one_stays_in_its_order() -> None:
    assert _thinned({"rounds": [[3, 1, 2], "x", None]}) == {"rounds": [[3, 1, 2], "x", None]}
