"""Guessing gets slow; nobody is locked out."""

from __future__ import annotations

import pytest

from microblog.access.slowdown import LONGEST_QUEUE, Slowdown, network_of
from microblog.core.errors import TooMany


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def failing(times: int, account: str = "ada", address: str = "203.0.113.7") -> tuple[Slowdown, Clock]:
    clock = Clock()
    slowdown = Slowdown(clock)
    for _ in range(times):
        slowdown.failed(account, address)
    return slowdown, clock


def test_two_mistakes_cost_nothing() -> None:
    slowdown, _ = failing(2)
    assert slowdown.wait("ada", "203.0.113.7") == 0


def test_more_mistakes_wait_longer() -> None:
    few = failing(5)[0].wait("ada", "203.0.113.7")
    many = failing(8)[0].wait("ada", "203.0.113.7")
    assert 0 < few < many


def test_guesses_at_once_stand_in_a_queue_and_the_queue_has_an_end() -> None:
    slowdown, _ = failing(6)
    waits = [slowdown.wait("ada", "203.0.113.7") for _ in range(3)]
    assert waits == sorted(waits)
    assert waits[0] < waits[2] <= LONGEST_QUEUE
    while waits[-1] + 4 <= LONGEST_QUEUE:
        waits.append(slowdown.wait("ada", "203.0.113.7"))
    with pytest.raises(TooMany) as refused:
        slowdown.wait("ada", "203.0.113.7")
    assert refused.value.retry_after > LONGEST_QUEUE


def test_the_owner_elsewhere_is_never_locked_out() -> None:
    slowdown, _ = failing(500)
    assert slowdown.wait("ada", "198.51.100.9") <= 3


def test_a_colleague_behind_the_same_address_waits_little() -> None:
    slowdown, _ = failing(500)
    assert slowdown.wait("linus", "203.0.113.7") <= 2


def test_failures_are_forgotten_with_time() -> None:
    slowdown, clock = failing(8)
    clock.now += 3600
    assert slowdown.wait("ada", "203.0.113.7") == 0


def test_logging_in_forgets_the_failures_before_it() -> None:
    slowdown, _ = failing(5)
    slowdown.succeeded("ada", "203.0.113.7")
    assert slowdown.wait("ada", "203.0.113.7") == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_a_network_is_what_one_customer_has(address: str, network: str) -> None:
    assert network_of(address) == network
