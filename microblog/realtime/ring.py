"""The recent part of the journal, encoded, in memory: it answers nearly every resume without a query.

Events stand in seq order without gaps, those that nobody hears included, so that a position is an index. Per channel
it is known which events went there: a resume looks at its own channels, not at everything that happened.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterable
from itertools import accumulate
from typing import TypeVar

from microblog.core.wire import event_frame
from microblog.journal.event import Committed
from microblog.realtime.frames import Logged

MAX_EVENTS = 50_000
MAX_BYTES = 64 * 1024 * 1024

K = TypeVar("K", bound=Hashable)

_TRIM = 1024
"""Forgotten heads of lists are cut off in steps of this many: `del list[:1]` moves the whole list each time."""


class Ring:
    """`head` is the newest event taken in; at most `max_events` and about `max_bytes` are kept."""

    def __init__(self, head: int, *, max_events: int = MAX_EVENTS, max_bytes: int = MAX_BYTES) -> None:
        self.head = head
        self._max_events = max_events
        self._max_bytes = max_bytes
        self._events: list[Logged] = []
        self._start = 0
        self._bytes = 0
        self._by_channel: dict[str, list[int]] = {}
        self._by_subject: dict[tuple[str, int], list[int]] = {}

    @property
    def first(self) -> int:
        """The oldest seq that is here; `head + 1` when nothing is."""
        return self.head + 1 - (len(self._events) - self._start)

    def covers(self, after: int) -> bool:
        """Whether everything after this position is here."""
        return after + 1 >= self.first

    def append(self, event: Committed) -> Logged:
        """Keep the event `head + 1` and answer it encoded."""
        logged = Logged(event)
        self.head = event.seq
        self._events.append(logged)
        self._bytes += len(logged.plain)
        self._by_subject.setdefault(logged.subject, []).append(event.seq)
        for channel in event.channels:
            self._by_channel.setdefault(channel, []).append(event.seq)
        while self._bytes > self._max_bytes or len(self._events) - self._start > self._max_events:
            self._forget_first()
        return logged

    def rewrite(self, event: Committed) -> None:
        """Every kept event of the same subject says from now on what `event` says: a replay hands out nothing gone."""
        first = self.first
        for seq in self._by_subject.get((event.subject_kind, event.subject_id), ()):
            if seq >= first:
                old = self._at(seq)
                self._bytes -= len(old.plain)
                old.say(event_frame(old.seq, old.type, old.at, event.data))
                self._bytes += len(old.plain)

    def read(self, after: int, channels: Collection[str], max_bytes: int) -> tuple[list[Logged], int]:
        """The events after a position that went to any of `channels`, about `max_bytes` of them, and the position reached.

        That is `head` when there is no more. Only to be asked where `covers(after)`.
        """
        events = self._missed(after, channels)
        for count, size in enumerate(accumulate([len(event.plain) for event in events]), 1):
            if size >= max_bytes and count < len(events):
                return events[:count], events[count - 1].seq
        return events, self.head

    def _missed(self, after: int, channels: Collection[str]) -> list[Logged]:
        found: set[int] = set()
        for channel in channels:
            seqs = self._by_channel.get(channel)
            if seqs is not None and seqs[-1] > after:
                found.update(seqs[bisect_right(seqs, after) :])
        kept, behind = self._events, self.head + 1
        if len(found) == self.head - after:
            return kept[after + 1 - behind :] if found else []
        return [kept[seq - behind] for seq in sorted(found)]

    def _at(self, seq: int) -> Logged:
        return self._events[seq - self.head - 1]

    def _forget_first(self) -> None:
        event = self._events[self._start]
        self._bytes -= len(event.plain)
        _forget(self._by_subject, (event.subject,), event.seq)
        _forget(self._by_channel, event.channels, event.seq)
        self._start += 1
        if self._start >= _TRIM:
            del self._events[: self._start]
            self._start = 0


def _forget(index: dict[K, list[int]], keys: Iterable[K], seq: int) -> None:
    for key in keys:
        seqs = index.get(key)
        if seqs is None:
            continue
        if seqs[-1] <= seq:
            del index[key]
        elif len(seqs) > 2 * _TRIM and seqs[_TRIM] <= seq:
            del seqs[:_TRIM]
