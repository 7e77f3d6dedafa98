"""What the API says of people."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from microblog.access.model import Card
from microblog.core.bounds import Draft, Id, Limit
from microblog.core.viewer import ActorKind

Place = Annotated[str, Meta(max_length=200)]
Department = Annotated[str, Meta(max_length=200)]


class Person(msgspec.Struct, frozen=True, gc=False):
    """A card and what only colleagues may know. For a guest who looks, the rest is empty."""

    id: int
    handle: str
    name: str
    kind: ActorKind
    photo: str | None
    organisation: str | None
    department: str | None = None
    email: str | None = None
    time_zone: str | None = None
    place: str | None = None
    until: str | None = None
    deactivated: bool = False


class Followed(msgspec.Struct, frozen=True, gc=False):
    """Whether the viewer follows this one."""

    following: bool


class PersonPage(msgspec.Struct, frozen=True, gc=False):
    """One person, and what is personal about them for the viewer."""

    person: Person
    mine: Followed


class Following(msgspec.Struct, frozen=True, gc=False):
    """What the viewer follows: the ids of people, and topics as they are compared."""

    people: list[int]
    topics: list[str]


class Me(msgspec.Struct, frozen=True, gc=False):
    """The viewer's own account."""

    person: Card
    kind: ActorKind
    email: str | None
    admin: bool
    department: str | None
    language: str | None
    time_zone: str | None
    place: str | None
    until: str | None
    following: Following
    scopes: list[str]


class Whereabouts(msgspec.Struct, frozen=True, gc=False):
    """Where somebody is; `place` None when they no longer say. `until` and `at` are times."""

    person: Card
    place: str | None
    until: str | None
    at: str


class Search(Draft, frozen=True):
    """Whom to look for: the beginning of a handle, or of any word of a name."""

    q: Annotated[str, Meta(max_length=200)] = ""
    limit: Limit = 50
    before: Id | None = None


class ReviseMe(Draft, frozen=True):
    """What one may change of oneself; what is left out stays. An empty text clears a field that may be empty."""

    name: Annotated[str, Meta(min_length=1, max_length=200)] | msgspec.UnsetType = msgspec.UNSET
    email: Annotated[str, Meta(max_length=254)] | msgspec.UnsetType = msgspec.UNSET
    department: Department | msgspec.UnsetType = msgspec.UNSET
    language: Annotated[str, Meta(pattern="^(nl|en)$")] | msgspec.UnsetType = msgspec.UNSET
    time_zone: Annotated[str, Meta(max_length=64)] | msgspec.UnsetType = msgspec.UNSET


class SayWhere(Draft, frozen=True):
    """Where one is, until when (a time with an offset). An empty place takes it back."""

    place: Place
    until: Annotated[str, Meta(max_length=40)] | None = None
