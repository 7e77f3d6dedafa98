"""What the API and the events say of groups, and what clients send."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from microblog.access import Card
from microblog.core.bounds import Draft, Id, Limit

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Description = Annotated[str, Meta(max_length=4000)]


class GroupState(msgspec.Struct, frozen=True, gc=False):
    """A group as everyone in it is told of it, to be merged by `id`.

    `listed` says whether those outside know of it. `member_count` counts open accounts; it is None for whoever sees the
    group from outside.
    """

    id: int
    handle: str
    name: str
    kind: str
    description: str
    listed: bool
    archived: bool
    created_at: str
    member_count: int | None


class Group(GroupState, frozen=True, gc=False):
    """The same with the viewer's own `role` in it: owner, member, or None."""

    role: str | None


class Member(msgspec.Struct, frozen=True, gc=False):
    """Somebody in a group, as owner or member."""

    person: Card
    role: str
    joined_at: str


class GroupPage(msgspec.Struct, frozen=True, gc=False):
    """One group, its owners by how long they have been in it, and a part of its members, newest accounts first.

    Both are empty for whoever sees the group from outside, and for `all`, where `GET /people` finds everyone. `next` is the
    `before` of the following part, None at the end.
    """

    group: Group
    owners: list[Card]
    members: list[Member]
    next: int | None


class MembersPage(Draft, frozen=True, kw_only=True):
    """Which of the members to show: the `limit` newest accounts whose id is below `before`."""

    limit: Limit = 100
    before: Id | None = None


class Joined(msgspec.Struct, frozen=True, gc=False):
    """Somebody is in a group from now on, in this role; or was, and has another role now."""

    group: GroupState
    person: Card
    role: str


class GroupSize(msgspec.Struct, frozen=True, gc=False):
    """All that is said of a group to somebody who is no longer in it."""

    id: int
    member_count: int


class Left(msgspec.Struct, frozen=True, gc=False):
    """Somebody is no longer in a group."""

    group: GroupSize
    person: Card


class NewGroup(Draft, frozen=True, kw_only=True):
    """A group to make. `kind` stays what it is; `listed` tells those outside of a private one that there is one."""

    handle: Annotated[str, Meta(min_length=1, max_length=64)]
    name: Name
    kind: Annotated[str, Meta(max_length=20, description="`public` or `private`.")]
    listed: bool = False
    description: Description = ""
    key: Annotated[str, Meta(min_length=1, max_length=200)] | None = None


class ReviseGroup(Draft, frozen=True):
    """What an owner may change; what is left out stays."""

    name: Name | msgspec.UnsetType = msgspec.UNSET
    description: Description | msgspec.UnsetType = msgspec.UNSET
    listed: bool | msgspec.UnsetType = msgspec.UNSET
