"""What happened to a group, and who hears of it (DESIGN section 5).

Of a group that is not public nothing is said outside it, listed or not. Who comes in hears their own `group.joined` by the
channel that it adds; who goes out hears their own `group.left` on their person's channel, which is why that says no more of
the group than its id: it stays in the journal, and is replayed to somebody who may know nothing of the group any longer.
"""

from __future__ import annotations

from microblog.access import EVERYONE, card
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Tx
from microblog.groups.model import GroupSize, Joined, Left
from microblog.groups.queries import size, state_of
from microblog.journal import Control, Event, record


def record_revised(tx: Tx, viewer: Viewer, group: int) -> None:
    """`group.revised`: the whole group, to everyone who may read it."""
    state = state_of(tx, group)
    channels = (EVERYONE, _channel(group)) if state.kind == "public" else (_channel(group),)
    _record(tx, viewer, "group.revised", group, channels, encode(state))


def record_joined(tx: Tx, viewer: Viewer, group: int, person: int, role: str) -> None:
    """`group.joined`: from this event on the person hears the group."""
    data = Joined(state_of(tx, group), card(tx, person), role)
    channel = _channel(group)
    control = Control(add=((person, channel),))
    _record(tx, viewer, "group.joined", group, (channel,), encode(data), control)


def record_left(tx: Tx, viewer: Viewer, group: int, person: int) -> None:
    """`group.left`: from this event on the person hears the group no more."""
    data = Left(GroupSize(group, size(tx, group)), card(tx, person))
    channel = _channel(group)
    control = Control(drop=((person, channel),))
    _record(tx, viewer, "group.left", group, (channel, f"person:{person}"), encode(data), control)


def _channel(group: int) -> str:
    return f"group:{group}"


def _record(
    tx: Tx,
    viewer: Viewer,
    kind: str,
    group: int,
    channels: tuple[str, ...],
    data: bytes,
    control: Control | None = None,
) -> None:
    record(tx, Event(kind, viewer.id, viewer.via, "group", group, channels, data, control))
