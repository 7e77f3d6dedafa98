"""The ring of recent events: what it answers is what the journal would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from microblog.journal import Committed
from microblog.realtime.ring import Ring

CHANNELS = ["all", "group:1", "group:2", "author:3", "person:4"]
EVENTS = st.lists(st.lists(st.sampled_from(CHANNELS), max_size=3, unique=True), max_size=60)


def event(seq: int, channels: list[str], subject: int = 0, data: bytes = b"{}") -> Committed:
    return Committed(seq, 0, "post.published", 1, "post", subject, tuple(channels), data)


@given(
    EVENTS, st.sets(st.sampled_from(CHANNELS)), st.integers(0, 60), st.integers(1, 40), st.integers(1, 2000)
)
def test_it_answers_what_was_missed(
    events: list[list[str]], mine: set[str], after: int, kept: int, chunk: int
) -> None:
    ring = Ring(100, max_events=kept)
    for offset, channels in enumerate(events):
        ring.append(event(101 + offset, channels))
    assert ring.head == 100 + len(events)
    assert ring.first == max(101, ring.head + 1 - kept)
    cursor = 100 + min(after, len(events))
    if not ring.covers(cursor):
        assert cursor + 1 < ring.first
        return
    expected = [101 + at for at, channels in enumerate(events) if 101 + at > cursor and mine & set(channels)]
    answered: list[int] = []
    while True:
        part, cursor = ring.read(cursor, mine, chunk)
        answered += [each.seq for each in part]
        if cursor == ring.head:
            break
        assert part
    assert answered == expected


def test_it_forgets_by_size() -> None:
    ring = Ring(0, max_bytes=100_000)
    for seq in range(1, 5001):
        ring.append(event(seq, ["all"], seq % 7, b'"' + b"x" * 400 + b'"'))
    assert 150 < ring.head - ring.first + 1 < 250
    assert [each.seq for each in ring.read(ring.head - 3, ["all"], 10_000)[0]] == [4998, 4999, 5000]
    assert len(ring._by_channel["all"]) < 3000
    assert len(ring._events) < 3000


def test_it_rewrites_what_it_has_of_a_subject() -> None:
    ring = Ring(0, max_events=5)
    for seq in range(1, 10):
        ring.append(event(seq, ["all"], seq % 2, b'"secret"'))
    ring.rewrite(event(10, [], 1, b'"gone"'))
    texts = [each.text for each in ring.read(4, ["all"], 10_000)[0]]
    assert [b"secret" in text for text in texts] == [False, True, False, True, False]
