"""Subscribers on their way in: registered, so that no change of rights passes them by, but not yet live.

A subscriber is parked before its channels are read. Controls that pass between the two are kept and applied to what was
read; afterwards they change what it hears at once. Each is idempotent, so that one which the reading saw already does
no harm.
"""

from __future__ import annotations

from collections.abc import Iterable

from microblog.core.viewer import Viewer
from microblog.journal.event import Control
from microblog.realtime import endings
from microblog.realtime.endings import Ending


class Place:
    """A place in the parking lot. `ending` is set when the viewer lost its rights meanwhile."""

    __slots__ = ("channels", "ending", "missed", "viewer", "watched")

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.channels: set[str] | None = None
        self.watched: tuple[str, ...] = ()
        self.missed: list[Control] = []
        self.ending: Ending | None = None

    def settle(self, channels: Iterable[str], watched: Iterable[str] = ()) -> None:
        """The channels are read. `watched` are those that it hears only because it asked."""
        self.channels = set(channels)
        self.watched = tuple(name for name in watched if name not in self.channels)
        self.channels.update(self.watched)
        missed, self.missed = self.missed, []
        for control in missed:
            self.obey(control)

    def obey(self, control: Control) -> None:
        if self.ending is not None:
            return
        if f"person:{self.viewer.id}" in control.close or self.viewer.via in control.close:
            self.ending = endings.REVOKED
        if self.channels is None:
            self.missed.append(control)
            return
        self.channels.update(channel for person, channel in control.add if person == self.viewer.id)
        dropped = {channel for person, channel in control.drop if person == self.viewer.id}
        if dropped:
            # As in the hub: what was watched may lie in what was dropped. The client asks again.
            self.channels -= dropped.union(self.watched)
            self.watched = ()


class Lot:
    """The places, by person."""

    def __init__(self) -> None:
        self._places: dict[int, set[Place]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._places.values()))

    def park(self, viewer: Viewer) -> Place:
        place = Place(viewer)
        self._places.setdefault(viewer.id, set()).add(place)
        return place

    def leave(self, place: Place) -> None:
        places = self._places.get(place.viewer.id, set())
        places.discard(place)
        if not places:
            self._places.pop(place.viewer.id, None)

    def obey(self, control: Control) -> None:
        """Apply a change of rights to whoever is parked: to those it names, and by credential to anyone."""
        for places in list(self._places.values()):
            for place in places:
                place.obey(control)

    def end(self, ending: Ending) -> None:
        """Nobody who is parked goes live any more."""
        for places in self._places.values():
            for place in places:
                place.ending = place.ending or ending
