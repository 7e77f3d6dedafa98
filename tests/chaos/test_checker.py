"""The checker finds each kind of loss. One that finds nothing would make every other chaos test pass."""

from __future__ import annotations

import pytest

from tests.chaos.checker import Heard, Ledger, discrepancies


def ledger() -> Ledger:
    return Ledger({"a": "ok", "b": "ok", "u": "unknown", "f": "failed"})


@pytest.mark.parametrize("stored", [["a", "b"], ["a", "b", "u"]])
def test_all_is_well(stored: list[str]) -> None:
    heard = Heard("Ada", [(seq, key) for seq, key in enumerate(stored, 5)])
    assert discrepancies(ledger(), stored, [heard], [Heard("Gus")]) == []


@pytest.mark.parametrize(
    ("stored", "complaint"),
    [
        (["a"], "acknowledged and in the store 0 times: b"),
        (["a", "b", "b"], "acknowledged and in the store 2 times: b"),
        (["a", "b", "u", "u"], "in the store 2 times: u"),
        (["a", "b", "f"], "refused and yet in the store: f"),
        (["a", "b", "z"], "in the store and never sent: z"),
    ],
)
def test_the_store_disagrees(stored: list[str], complaint: str) -> None:
    assert complaint in discrepancies(ledger(), stored, [])


@pytest.mark.parametrize(
    ("events", "complaint"),
    [
        ([(1, "a")], "Ada missed b"),
        ([(1, "a"), (2, "b"), (3, "b")], "Ada heard b 2 times"),
        ([(1, "a"), (2, "b"), (3, "u")], "Ada heard u, which is not in the store"),
        ([(2, "b"), (1, "a")], "Ada heard 1 after 2"),
        ([(1, "b"), (1, "a")], "Ada heard 1 after 1"),
    ],
)
def test_a_reader_disagrees(events: list[tuple[int, str]], complaint: str) -> None:
    assert complaint in discrepancies(ledger(), ["a", "b"], [Heard("Ada", events)])


def test_a_reader_who_was_told_to_start_over_is_reported() -> None:
    heard = Heard("Ada", [(1, "a"), (2, "b")], resets=1)
    assert "Ada was told 1 times to start over" in discrepancies(ledger(), ["a", "b"], [heard])


def test_whoever_may_not_read_must_hear_nothing() -> None:
    heard = Heard("Gus", [(1, "a")])
    assert "Gus may not read it and heard a" in discrepancies(ledger(), ["a", "b"], [], [heard])


def test_an_acknowledgement_is_never_taken_back() -> None:
    noted = Ledger()
    noted.note("a", "ok")
    noted.note("a", "unknown")
    assert noted.having("ok") == {"a"}
