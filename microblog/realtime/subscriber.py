"""One listener, however it is connected: a small object that the hub writes bytes to."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from microblog.core.viewer import Viewer
from microblog.realtime.endings import Ending
from microblog.realtime.frames import Form, Message, assemble

if TYPE_CHECKING:
    from microblog.realtime.resume import Resume

BUFFER_LIMIT = 1024 * 1024
"""Bytes that may wait unread for one subscriber; beyond it the connection ends as SLOW and resumes from the journal. A
bound keeps a sleeping laptop from costing memory; 1 MiB is some minutes of a busy stream."""


class Outlet(Protocol):
    """The part of an asyncio transport that a subscriber needs."""

    def write(self, data: bytes, /) -> None: ...
    def get_write_buffer_size(self) -> int: ...
    def is_closing(self) -> bool: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...


class Subscriber:
    """Base of the drivers' connections. There are thousands, so it has slots, and no task, timer, dict or queue.

    `number` is its place in the hub, -1 while it has none. `stalled` is true while more waits unwritten than the
    transport likes; only then is the size of its buffer asked for. `resume` is there while it catches up.
    `watched` are the channels that it hears only because it asked.
    """

    __slots__ = ("form", "mine", "number", "outlet", "resume", "stalled", "viewer", "watched")

    def __init__(self, viewer: Viewer, outlet: Outlet, form: Form) -> None:
        self.viewer = viewer
        self.outlet = outlet
        self.form = form
        self.number = -1
        self.mine: array[int] | None = None
        self.watched: tuple[str, ...] = ()
        self.stalled = False
        self.resume: Resume | None = None

    def pause_writing(self) -> None:
        """The transport has more than it likes (asyncio.BaseProtocol)."""
        self.stalled = True

    def resume_writing(self) -> None:
        """The transport has room again (asyncio.BaseProtocol)."""
        self.stalled = False
        if self.resume is not None:
            self.resume.advance()

    def say(self, message: Message) -> None:
        """Send a message that may go out of turn: one that moves no position."""
        if not self.outlet.is_closing():
            self.outlet.write(assemble([message], self.form, b""))

    def end(self, ending: Ending) -> None:
        """Tell the client why, in the way of its transport, and let go of it. The hub has forgotten it already."""
        raise NotImplementedError

    def suspend(self, channels: Sequence[str], seq: int) -> None:
        """Rights changed at `seq`, and these watched channels were dropped until they are allowed again."""
        raise NotImplementedError
