"""The envelope of everything that happens: what `record` takes, what COMMIT numbers, what the hub delivers."""

from __future__ import annotations

import msgspec

from microblog.core.clock import Millis
from microblog.core.wire import event_frame


class Control(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A change of rights that travels in `seq` order with the events and is never sent to clients (DESIGN section 5).

    `add` and `drop` are `(actor id, channel)` pairs; `close` holds credentials or persons such as `session:17`,
    `token:4`, `person:9`, whose live connections end and whose cached authentication is forgotten. `rewrite` says that
    this event's data replaces that of every earlier event of the same subject: in the journal, where COMMIT sees to it,
    and in each process's ring of recent events.
    """

    add: tuple[tuple[int, str], ...] = ()
    drop: tuple[tuple[int, str], ...] = ()
    close: tuple[str, ...] = ()
    rewrite: bool = False


class Event(msgspec.Struct, frozen=True, gc=False):
    """Something that happened, before it has a number.

    `data` is the encoded JSON payload, absolute state, the same for every reader. `channels` are those of DESIGN
    section 5 (`all`, `group:12`, `person:9`, …); none means journalled but delivered to nobody (controls, audit).
    """

    type: str
    actor: int
    via: str
    subject_kind: str
    subject_id: int
    channels: tuple[str, ...]
    data: bytes
    control: Control | None = None


class Committed(msgspec.Struct, frozen=True, gc=False):
    """An event with its place in the journal: gap-free `seq` in commit order, and `at` in milliseconds."""

    seq: int
    at: Millis
    type: str
    actor: int
    subject_kind: str
    subject_id: int
    channels: tuple[str, ...]
    data: bytes
    control: Control | None = None

    def frame(self) -> bytes:
        """The JSON text that every subscriber is sent."""
        return event_frame(self.seq, self.type, self.at, self.data)
