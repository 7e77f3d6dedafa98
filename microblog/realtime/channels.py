"""Who hears what, kept for many silent subscribers.

A subscriber of a company of some size hears about fifty channels. As a set of strings each that would be 4 KB a
subscriber in each direction; here it is four bytes a membership each way: subscribers and channels are numbers, and
memberships sorted arrays of them. A channel of 15,000 is a 60 KB array: adding to and removing from it costs a binary
search and a `memmove`, 1–3 µs.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

_NOBODY: Sequence[int] = ()


class Directory:
    """Channels by name, and the numbers of the subscribers that hear each."""

    def __init__(self) -> None:
        self.population = 0
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._members: list[array[int]] = []
        self._vacant: list[int] = []

    def enter(self, subscriber: int, channels: Iterable[str]) -> array[int]:
        """A new subscriber hears `channels`. Answers its memberships, which the subscriber keeps for us."""
        known = self._numbers.get
        mine = array("I", sorted([known(channel) or self._number(channel) for channel in channels]))
        for number in mine:
            members = self._members[number]
            if not members or members[-1] < subscriber:
                members.append(subscriber)
            else:
                members.insert(bisect_left(members, subscriber), subscriber)
        self.population += 1
        return mine

    def leave(self, subscriber: int, mine: array[int]) -> None:
        for number in mine:
            self._remove(number, subscriber)
        self.population -= 1

    def add(self, subscriber: int, mine: array[int], channel: str) -> None:
        number = self._number(channel)
        at = bisect_left(mine, number)
        if at < len(mine) and mine[at] == number:
            return
        mine.insert(at, number)
        members = self._members[number]
        members.insert(bisect_left(members, subscriber), subscriber)

    def drop(self, subscriber: int, mine: array[int], channel: str) -> None:
        number = self._numbers.get(channel)
        if number is None:
            return
        at = bisect_left(mine, number)
        if at < len(mine) and mine[at] == number:
            del mine[at]
            self._remove(number, subscriber)

    def names(self, mine: array[int]) -> set[str]:
        return {self._names[number] for number in mine}

    def members(self, channel: str) -> Sequence[int]:
        """The subscribers of one channel, ascending. The answer is live: copy it before changing memberships."""
        number = self._numbers.get(channel)
        return _NOBODY if number is None else self._members[number]

    def hearers(self, channels: Sequence[str]) -> Collection[int]:
        """The union of the subscribers of `channels`, each once. As live as `members`.

        The same object comes back where one channel holds the whole union, so that consecutive events to the same
        people are recognised as such without comparing thousands of numbers.
        """
        heard = [members for members in map(self.members, channels) if members]
        if not heard:
            return _NOBODY
        largest = max(heard, key=len)
        if len(heard) == 1 or len(largest) == self.population:
            return largest
        union = set(largest).union(*heard)
        return largest if len(union) == len(largest) else union

    def _number(self, channel: str) -> int:
        number = self._numbers.get(channel)
        if number is not None:
            return number
        if self._vacant:
            number = self._vacant.pop()
            self._names[number] = channel
        else:
            number = len(self._names)
            self._names.append(channel)
            self._members.append(array("I"))
        self._numbers[channel] = number
        return number

    def _remove(self, number: int, subscriber: int) -> None:
        members = self._members[number]
        at = bisect_left(members, subscriber)
        if at < len(members) and members[at] == subscriber:
            del members[at]
        if not members:
            del self._numbers[self._names[number]]
            self._members[number] = array("I")
            self._vacant.append(number)
