"""What leaves together in one pass: planned per subscriber, joined once per form, shared by all who get the same."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from itertools import repeat

from microblog.realtime.frames import Form, Message, assemble


class Bundle:
    """Some messages in order, and their bytes in each form once somebody wanted them."""

    __slots__ = ("joined", "messages")

    def __init__(self, messages: list[Message]) -> None:
        self.messages = messages
        self.joined: list[bytes | None] = [None] * len(Form)

    def join(self, form: Form, epoch: bytes) -> bytes:
        joined = self.joined[form] = assemble(self.messages, form, epoch)
        return joined


class _Following(dict["Bundle | None", Bundle]):
    """For each bundle that some subscriber has so far, the one with a run's messages behind it."""

    def __init__(self, run: list[Message]) -> None:
        self._run = run

    def __missing__(self, so_far: Bundle | None) -> Bundle:
        bundle = Bundle(self._run if so_far is None else so_far.messages + self._run)
        self[so_far] = bundle
        return bundle


class Plan:
    """Who gets what in the next pass.

    Consecutive messages to the same people make a run. Most passes are one run: its hearers are copied as they stand, four
    bytes each. Each further run costs a tenth of a microsecond per subscriber, and the first of them a dictionary, which for
    15,000 is a megabyte that the writing would then drag through the caches. However the runs cross, subscribers with the
    same sequence share one bundle, so that a burst to thousands is joined once.
    """

    def __init__(self) -> None:
        self.size = 0
        self._only: tuple[Sequence[int], Bundle] | None = None
        self._due: dict[int, Bundle] = {}
        self._run: list[Message] = []
        self._hearers: Collection[int] | None = None

    def add(self, message: Message, hearers: Collection[int]) -> None:
        """`hearers` must not change before `settle` or the next `add` with another collection."""
        if hearers is not self._hearers:
            self.settle()
            self._hearers = hearers
        self._run.append(message)
        self.size += len(message.plain)

    def settle(self) -> None:
        """Close the current run, as memberships are about to change."""
        run, hearers = self._run, self._hearers
        self._run, self._hearers = [], None
        if not run or not hearers:
            return
        if self._only is None and not self._due:
            self._only = hearers[:] if isinstance(hearers, array) else tuple(hearers), Bundle(run)
            return
        if self._only is not None:
            numbers, bundle = self._only
            self._only, self._due = None, dict.fromkeys(numbers, bundle)
        due = self._due
        following = _Following(run)
        for number in hearers:
            due[number] = following[due.get(number)]

    def finish(self) -> tuple[int, Iterator[tuple[int, Bundle]]]:
        """How many get something, and who gets what."""
        self.settle()
        if self._only is None:
            return len(self._due), iter(self._due.items())
        numbers, bundle = self._only
        return len(numbers), zip(numbers, repeat(bundle))
