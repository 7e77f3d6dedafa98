from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from microblog.core.viewer import Viewer
from microblog.journal import Committed
from microblog.realtime.endings import Ending
from microblog.realtime.frames import Form
from microblog.realtime.hub import Hub
from microblog.realtime.subscriber import Subscriber

SUBSCRIBERS = 1000


class Void:
    """A transport whose kernel costs nothing: what remains is our own work."""

    written = 0

    def write(self, data: bytes) -> None:
        self.written += 1

    def get_write_buffer_size(self) -> int:
        return 0

    def is_closing(self) -> bool:
        return False

    def close(self) -> None: ...

    abort = close


class Listener(Subscriber):
    """One whose transport is the void."""

    def end(self, ending: Ending) -> None: ...

    def suspend(self, channels: Sequence[str], seq: int) -> None: ...


class Turns:
    """The loop, turned by hand until nothing is left to do."""

    def __init__(self) -> None:
        self.void = Void()
        self._due: deque[Callable[[], None]] = deque()
        self.hub = Hub(0, "e5f0", self._due.append)
        for number in range(1, SUBSCRIBERS + 1):
            viewer = Viewer(id=number, handle=f"p{number}", name="", kind="person", via=f"token:{number}")
            place = self.hub.lot.park(viewer)
            place.settle({"all", f"person:{number}", *(f"group:{number % 50 + n}" for n in range(12))})
            self.hub.go_live(place, Listener(viewer, self.void, Form.PLAIN))

    def deliver(self, data: bytes, *channels: str, events: int = 1) -> None:
        head = self.hub.head
        self.hub.deliver(
            [
                Committed(head + number, 0, "post.published", 1, "post", head + number, channels, data)
                for number in range(1, events + 1)
            ]
        )
        while self._due:
            self._due.popleft()()


@pytest.fixture
def turns() -> Turns:
    return Turns()


def test_deliver_to_a_thousand(benchmark: BenchmarkFixture, turns: Turns, event: Committed) -> None:
    benchmark(turns.deliver, event.data, "all")
    assert turns.void.written == turns.hub.head * SUBSCRIBERS


def test_deliver_a_hundred_at_once_to_a_thousand(
    benchmark: BenchmarkFixture, turns: Turns, event: Committed
) -> None:
    benchmark(turns.deliver, event.data, "all", events=100)
    # A busy machine may split a pass in two, never join two.
    assert turns.void.written >= turns.hub.head // 100 * SUBSCRIBERS


def test_deliver_to_a_group_of_some(benchmark: BenchmarkFixture, turns: Turns, event: Committed) -> None:
    benchmark(turns.deliver, event.data, "group:20", "author:1")
    assert 0 < turns.void.written < turns.hub.head * SUBSCRIBERS
