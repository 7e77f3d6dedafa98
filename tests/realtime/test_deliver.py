"""The hub alone, turned by hand: who gets which bytes in which turn."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from microblog.core.viewer import Viewer
from microblog.journal import Committed, Control
from microblog.realtime import endings
from microblog.realtime.endings import Ending
from microblog.realtime.frames import Form
from microblog.realtime.hub import BUCKETS, PASS_BYTES, SLICE_SECONDS, Hub
from microblog.realtime.messages import error
from microblog.realtime.subscriber import BUFFER_LIMIT, Subscriber


class Listener(Subscriber):
    """A subscriber whose transport is a list. `takes` seconds pass with each write."""

    def __init__(self, world: World, person: int) -> None:
        viewer = Viewer(id=person, handle=f"p{person}", name="", kind="person", via=f"session:{person}")
        super().__init__(viewer, self, Form.LINES)
        self._world = world
        self.chunks: list[list[int]] = []
        self.unread = 0
        self.broken = False
        self.ended: Ending | None = None
        self.suspended: tuple[str, ...] = ()

    @property
    def heard(self) -> list[int]:
        return [seq for chunk in self.chunks for seq in chunk]

    def write(self, data: bytes) -> None:
        if self.broken:
            raise RuntimeError("the handler is closed")
        self._world.now += self._world.takes
        self.chunks.append([json.loads(line).get("seq") for line in data.splitlines()])

    def get_write_buffer_size(self) -> int:
        return self.unread

    def is_closing(self) -> bool:
        return self.ended is not None

    def close(self) -> None: ...

    abort = close

    def end(self, ending: Ending) -> None:
        self.ended = ending

    def suspend(self, channels: Sequence[str], seq: int) -> None:
        self.suspended = (*channels, str(seq))


class World:
    """A hub with its clock and its loop."""

    def __init__(self) -> None:
        self.now = 0.0
        self.takes = 0.0
        self.turns: list[Callable[[], None]] = []
        self.hub = Hub(0, "e5f0", self.turns.append, lambda: self.now)

    def listener(self, person: int, *channels: str, watched: Sequence[str] = ()) -> Listener:
        listener = Listener(self, person)
        place = self.hub.lot.park(listener.viewer)
        place.settle({f"person:{person}", *channels}, watched)
        self.hub.go_live(place, listener)
        return listener

    def deliver(self, *channels: str, control: Control | None = None, size: int = 2, subject: int = 0) -> int:
        queued = sum(isinstance(item, Committed) for _, item in self.hub._incoming)
        seq = self.hub.head + queued + 1
        data = b'"' + b"x" * size + b'"'
        self.hub.deliver([Committed(seq, 0, "post.published", 1, "post", subject, channels, data, control)])
        return seq

    def turn(self) -> None:
        """One turn of the loop."""
        turns, self.turns[:] = self.turns[:], []
        for callback in turns:
            callback()

    def run(self) -> None:
        while self.turns:
            self.turn()


@pytest.fixture
def world() -> World:
    return World()


def test_a_lone_event_leaves_in_the_next_turn(world: World) -> None:
    ada = world.listener(1, "all")
    world.deliver("all")
    assert ada.heard == []
    world.turn()
    assert ada.heard == [1]
    assert world.turns == []


def test_what_falls_due_during_a_pass_leaves_together(world: World) -> None:
    crowd = [world.listener(number, "all") for number in range(1, 100)]
    world.takes = SLICE_SECONDS / 10
    world.deliver("all")
    world.turn()
    assert 0 < sum(len(each.heard) for each in crowd) < len(crowd)
    for _ in range(3):
        world.deliver("all")
    world.run()
    assert all(each.chunks == [[1], [2, 3, 4]] for each in crowd)


def test_everybody_gets_their_own_sequence_in_order(world: World) -> None:
    ada, linus, grace = (
        world.listener(1, "all", "group:7"),
        world.listener(2, "all", "author:3"),
        world.listener(3, "group:7", "author:3"),
    )
    for channels in (
        ["all"],
        ["group:7"],
        ["all", "author:3"],
        ["group:7", "author:3"],
        ["topic:x"],
        ["all"],
    ):
        world.deliver(*channels)
    world.run()
    assert ada.chunks == [[1, 2, 3, 4, 6]]
    assert linus.chunks == [[1, 3, 4, 6]]
    assert grace.chunks == [[2, 3, 4]]


def test_a_removal_takes_effect_in_its_place(world: World) -> None:
    ada = world.listener(1, "all", "group:7")
    world.deliver("group:7")
    world.deliver(control=Control(drop=((1, "group:7"),)))
    world.deliver("group:7")
    world.deliver(control=Control(add=((1, "group:7"),)))
    world.deliver("group:7")
    world.run()
    assert ada.heard == [1, 5]


def test_watched_channels_are_suspended_with_a_removal(world: World) -> None:
    ada = world.listener(1, "group:7", watched=("thread:9",))
    world.deliver(control=Control(drop=((1, "group:7"),)))
    world.deliver("thread:9")
    world.run()
    assert ada.heard == []
    assert ada.suspended == ("thread:9", "1")


def test_closing_by_credential_or_person(world: World) -> None:
    ada, linus, grace = (world.listener(person, "all") for person in (1, 2, 3))
    world.deliver(control=Control(close=("session:1", "person:2")))
    world.deliver("all")
    world.run()
    assert (ada.ended, linus.ended, grace.ended) == (endings.REVOKED, endings.REVOKED, None)
    assert (ada.heard, linus.heard, grace.heard) == ([], [], [2])


def test_a_lost_transport_does_not_end_a_pass(world: World) -> None:
    crowd = [world.listener(number, "all") for number in range(1, 50)]
    crowd[20].broken = True
    world.deliver("all")
    world.run()
    assert crowd[20].ended == endings.BROKEN
    assert all(each.heard == [1] for each in crowd if each is not crowd[20])
    assert len(world.hub) == 48


def test_who_leaves_during_a_pass_makes_no_room_for_a_newcomer_in_it(world: World) -> None:
    crowd = [world.listener(number, "all") for number in range(1, 100)]
    world.takes = SLICE_SECONDS / 10
    world.deliver("all")
    world.turn()
    world.hub.leave(crowd[-1])
    newcomer = world.listener(500, "all")
    world.deliver("all")
    world.run()
    assert newcomer.heard == [2]
    assert crowd[-1].heard == []
    assert crowd[0].heard == [1, 2]


def test_a_newcomer_during_a_pass_hears_only_what_comes_after_its_head(world: World) -> None:
    for number in range(1, 100):
        world.listener(number, "all")
    world.takes = SLICE_SECONDS / 10
    world.deliver("all")
    world.turn()
    world.deliver("all")
    assert world.hub.head == 1
    newcomer = world.listener(500, "all")
    world.run()
    assert newcomer.heard == [2]


def test_who_does_not_read_is_let_go(world: World) -> None:
    ada, linus = world.listener(1, "all"), world.listener(2, "all")
    ada.stalled = linus.stalled = True
    ada.unread = BUFFER_LIMIT
    world.deliver("all")
    world.run()
    assert ada.ended == endings.SLOW
    assert linus.heard == [1]


def test_a_burst_is_given_out_in_parts_that_fit(world: World) -> None:
    ada = world.listener(1, "all")
    for _ in range(10):
        world.deliver("all", size=PASS_BYTES // 4)
    world.run()
    assert [len(chunk) for chunk in ada.chunks] == [4, 4, 2]


def test_heartbeats_are_spread_and_say_what_was_sent_before_them(world: World) -> None:
    crowd = [world.listener(number, "all") for number in range(1, BUCKETS + 3)]
    world.deliver("all")
    world.hub.beat(1)
    world.deliver("all")
    world.run()
    beaten = [number for number, each in enumerate(crowd) if each.chunks == [[1, 1, 2]]]
    assert beaten == [1, BUCKETS + 1]
    assert crowd[0].chunks == [[1, 2]]


def test_a_private_message_keeps_its_place(world: World) -> None:
    ada, linus = world.listener(1, "all"), world.listener(2, "all")
    world.deliver("all")
    world.hub.tell(ada, lambda: [error("x", "y")])
    world.deliver("all")
    world.run()
    assert ada.chunks == [[1, None, 2]]
    assert linus.chunks == [[1, 2]]


def test_it_knows_how_far_it_is_behind(world: World) -> None:
    for number in range(1, 100):
        world.listener(number, "all")
    assert world.hub.lag() == 0
    world.takes = SLICE_SECONDS / 10
    world.deliver("all")
    world.now += 0.1
    assert world.hub.lag() == pytest.approx(0.1)
    world.turn()
    assert world.hub.lag() > 0.1
    world.run()
    assert world.hub.lag() == 0


def test_it_knows_how_much_waits_unread(world: World) -> None:
    crowd = [world.listener(number, "all") for number in range(1, 11)]
    for each, unread in zip(crowd, (BUFFER_LIMIT // 2, 100_000, 100_000), strict=False):
        each.stalled, each.unread = True, unread
    world.deliver("all")
    world.run()
    assert world.hub.unread == (PASS_BYTES + 200_000) / 10
    for each in crowd:
        each.stalled = False
    world.deliver("all")
    world.run()
    assert world.hub.unread == 0


def test_memberships_are_forgotten_with_their_last_member(world: World) -> None:
    for round_ in range(3):
        crowd = [
            world.listener(number, "all", f"group:{number % 5}", f"author:{round_}") for number in range(50)
        ]
        for each in crowd[::2] + crowd[1::2]:
            world.hub.leave(each)
        assert len(world.hub) == 0
    directory = world.hub._directory
    assert directory._numbers == {}
    assert len(directory._names) == 50 + 1 + 5 + 1
