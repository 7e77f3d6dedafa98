"""Receiving a listener, the same for every transport: who it is, where it stands, what it may hear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qs

import msgspec

from microblog import journal
from microblog.core.errors import BadRequest, Invalid, Unauthorized
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.realtime import messages
from microblog.realtime.admission import Admission
from microblog.realtime.frames import Message
from microblog.realtime.history import MAX_MISSED
from microblog.realtime.hub import Hub
from microblog.realtime.parking import Place
from microblog.realtime.ports import Ports, Scope

MAX_WATCHED = 100
"""Channels that one connection may watch beyond those it hears anyway."""


class Position(NamedTuple):
    """Where a client says it stands."""

    after: int
    epoch: str


class Request(NamedTuple):
    """What the address (and `Last-Event-ID`) of a stream or a long-poll asks for."""

    position: Position | None
    watch: tuple[str, ...]
    wait: float


class Arrival(NamedTuple):
    """A listener that is let in: parked, with what to say first and the position to replay from."""

    viewer: Viewer
    place: Place
    after: int
    reset: bool
    opening: list[Message]
    refused: list[str]


def read_request(scope: Scope) -> Request:
    """Raises BadRequest on a malformed position, Invalid on too many channels."""
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    position = _last_event_id(scope) or _position(query)
    watch = tuple(
        dict.fromkeys(name for names in query.get("watch", ()) for name in names.split(",") if name)
    )
    if len(watch) > MAX_WATCHED:
        raise Invalid(f"at most {MAX_WATCHED} channels can be watched", field="watch")
    return Request(position, watch, _wait(query))


class Reception:
    """`receive` is all that happens between a request and a subscriber."""

    def __init__(self, hub: Hub, database: Database, ports: Ports, admission: Admission, worker: str) -> None:
        self._hub = hub
        self._database = database
        self._ports = ports
        self._admission = admission
        self._worker = worker

    async def receive(self, scope: Scope) -> Arrival:
        """Raises Problem: Unavailable when too many come at once, BadRequest, Unauthorized, Forbidden."""
        self._admission.admit()
        request = read_request(scope)
        viewer = await self._ports.authenticate(scope)
        # Parked before its channels are read: what changes in between is applied to what was read.
        place = self._hub.lot.park(viewer)
        try:
            # And asked once more who it is, from memory as a rule: a session that ended after it was looked up and before
            # its place was taken would be told to nobody, and its connection would stay.
            await self._ports.authenticate(scope)
            return await self._welcome(request, viewer, place)
        except BaseException:
            self._hub.lot.leave(place)
            raise

    async def _welcome(self, request: Request, viewer: Viewer, place: Place) -> Arrival:
        hub = self._hub
        after = _usable(request.position, hub.epoch)
        known = await self._database.read(_know, viewer, self._ports, request.watch, after)
        place.settle(known.channels, known.watched)
        if place.ending is not None:
            raise Unauthorized("signed out meanwhile")
        start_over = request.position is not None and (
            after is None
            or known.pruned
            or after > max(known.head, hub.head)
            or hub.head - after > MAX_MISSED
        )
        cursor = hub.head if after is None or start_over else after
        opening = [messages.hello(hub.head, hub.epoch, self._worker, known.card, request.position is None)]
        if start_over:
            opening.append(messages.reset(hub.head))
        refused = [channel for channel in request.watch if channel not in known.watched]
        opening += [messages.not_found(channel) for channel in refused]
        return Arrival(viewer, place, cursor, start_over, opening, refused)


class _Known(NamedTuple):
    channels: frozenset[str]
    watched: Sequence[str]
    card: msgspec.Raw
    head: int
    pruned: bool


def _know(tx: Tx, viewer: Viewer, ports: Ports, watch: Sequence[str], after: int | None) -> _Known:
    """Everything that an arrival needs of the store, in one hop."""
    head = journal.head(tx)
    pruned = after is not None and after < journal.pruned(tx)
    watched = [channel for channel in watch if ports.may_hear(tx, viewer, channel)]
    return _Known(ports.channels_of(tx, viewer), watched, ports.card_of(tx, viewer), head, pruned)


def _usable(position: Position | None, epoch: str) -> int | None:
    """The position, unless it is of another store."""
    return position.after if position is not None and position.epoch == epoch else None


def _position(query: dict[str, list[str]]) -> Position | None:
    if "after" not in query:
        return None
    return Position(_seq(query["after"][-1], "after"), query.get("epoch", [""])[-1])


def _last_event_id(scope: Scope) -> Position | None:
    """What an EventSource sends when it reconnects by itself, to the address it had: newer than what that says."""
    for name, value in scope["headers"]:
        if name == b"last-event-id" and value:
            epoch, _, seq = value.decode("latin-1").rpartition(":")
            return Position(_seq(seq, "Last-Event-ID"), epoch)
    return None


def _seq(text: str, field: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 16 or int(text) >= 2**53:
        raise BadRequest("a position is a whole number from 0", code="bad_position", field=field)
    return int(text)


def _wait(query: dict[str, list[str]]) -> float:
    text = query.get("wait", ["25"])[-1]
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        raise BadRequest("`wait` is a number of seconds", field="wait")
    return min(int(text), 55)
