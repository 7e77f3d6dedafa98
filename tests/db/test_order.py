from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from microblog.db.order import CommitOrder


def test_a_commit_that_follows_goes_at_once() -> None:
    order: CommitOrder[str] = CommitOrder()
    first, second = order.enter(), order.enter()
    assert order.finish(first, (1, 2), "first") == ["first"]
    assert order.finish(second, (3, 3), "second") == ["second"]


def test_one_that_overtook_waits_for_the_one_before() -> None:
    order: CommitOrder[str] = CommitOrder()
    first, second = order.enter(), order.enter()
    assert order.finish(second, (2, 2), "second") == []
    assert order.finish(first, (1, 1), "first") == ["first", "second"]


def test_a_gap_that_is_another_process_does_not_hold_it() -> None:
    order: CommitOrder[str] = CommitOrder()
    assert order.finish(order.enter(), (7, 7), "ours") == ["ours"]
    assert order.finish(order.enter(), (9, 9), "ours again") == ["ours again"]


def test_who_entered_later_is_not_waited_for() -> None:
    order: CommitOrder[str] = CommitOrder()
    slow, quick = order.enter(), order.enter()
    assert order.finish(quick, (5, 5), "quick") == []
    order.enter()
    assert order.leave(slow) == ["quick"]


@given(st.data())
def test_any_interleaving_is_passed_on_in_order_and_whole(data: st.DataObject) -> None:
    """Threads enter, the server numbers those that entered in any order, threads finish in any order or fail."""
    order: CommitOrder[int] = CommitOrder()
    entered: list[int] = []
    numbered: list[tuple[int, int]] = []
    passed: list[int] = []
    number, expected = 0, 0
    for _ in range(data.draw(st.integers(0, 60))):
        match data.draw(st.sampled_from(("enter", "number", "finish", "leave", "elsewhere"))):
            case "enter" if len(entered) + len(numbered) < 8:
                entered.append(order.enter())
            case "number" if entered:
                number += 1
                numbered.append((entered.pop(data.draw(st.integers(0, len(entered) - 1))), number))
            case "finish" if numbered:
                ticket, own = numbered.pop(data.draw(st.integers(0, len(numbered) - 1)))
                passed += order.finish(ticket, (own, own), own)
                expected += 1
            case "leave" if entered:
                passed += order.leave(entered.pop())
            case "elsewhere":
                number += 1
    for ticket in entered:
        passed += order.leave(ticket)
    for ticket, own in numbered:
        passed += order.finish(ticket, (own, own), own)
        expected += 1
    assert passed == sorted(passed)
    assert len(passed) == expected
