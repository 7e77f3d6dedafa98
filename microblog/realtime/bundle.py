"""What leaves together in one pass: planned per subscriber, joined once per form, shared by all who get the same."""

from __future__ import annotations

from collections.abc import Collection

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

    Consecutive messages to the same people make a run. Most passes are one run, and cost a `dict.fromkeys`; each
    further run costs a tenth of a microsecond per subscriber. However the runs cross, subscribers with the same
    sequence share one bundle, so that a burst to thousands is joined once.
    """

    def __init__(self) -> None:
        self.size = 0
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
        due = self._due
        if not due:
            self._due = dict.fromkeys(hearers, Bundle(run))
            return
        following = _Following(run)
        for number in hearers:
            due[number] = following[due.get(number)]

    def finish(self) -> dict[int, Bundle]:
        self.settle()
        return self._due
