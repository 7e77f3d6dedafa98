"""Gates: the only way to groups and people leads through what this viewer may see. What one may not see is not found."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import Select, and_, bindparam, or_, select

from microblog.access.tables import actors, groups, memberships
from microblog.core.errors import Conflict, NotFound
from microblog.core.handles import handle_key
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx

OPEN_KINDS = ("all", "public")
"""Kinds of group that every employee reads and writes without being a member."""

ALL = 1
"""The id of the group `all`, inserted by the first migration."""


class GroupRow(msgspec.Struct, frozen=True, gc=False):
    """A group that a viewer was let to; `role` is the viewer's own in it, None where they are no member."""

    id: int
    handle: str
    name: str
    kind: str
    description: str
    listed: bool
    created_at: int
    archived_at: int | None
    role: str | None

    @property
    def open(self) -> bool:
        """Read by every employee, so that its posts reach followers and the mentioned."""
        return self.kind in OPEN_KINDS


def readable_groups(viewer: Viewer) -> Select[Any]:
    """The ids of the groups whose posts this viewer may read: `column.in_(readable_groups(viewer))`.

    Administrators read no more than anyone.
    """
    mine = select(memberships.c.group_id).where(memberships.c.actor_id == viewer.id)
    if not viewer.employee:
        return mine
    return select(groups.c.id).where(or_(groups.c.kind.in_(OPEN_KINDS), groups.c.id.in_(mine)))


def visible_people(viewer: Viewer) -> Select[Any]:
    """The ids of the actors whom this viewer may see: everyone for employees; for a guest those in a shared group."""
    if viewer.employee:
        return select(actors.c.id)
    mine = select(memberships.c.group_id).where(memberships.c.actor_id == viewer.id)
    sharing = select(memberships.c.actor_id).where(memberships.c.group_id.in_(mine))
    return select(actors.c.id).where(or_(actors.c.id == viewer.id, actors.c.id.in_(sharing)))


_GROUP = select(
    groups.c.id,
    groups.c.handle,
    groups.c.name,
    groups.c.kind,
    groups.c.description,
    groups.c.listed,
    groups.c.created_at,
    groups.c.archived_at,
    memberships.c.role,
).select_from(
    groups.outerjoin(
        memberships,
        and_(memberships.c.group_id == groups.c.id, memberships.c.actor_id == bindparam("viewer")),
    )
)
_BY_ID = Hot(_GROUP.where(groups.c.id == bindparam("group")))
_BY_HANDLE = Hot(_GROUP.where(groups.c.handle_key == bindparam("handle")))


def require_group(tx: Tx, viewer: Viewer, group: int | str, to: Literal["read", "post"] = "read") -> GroupRow:
    """The group by id or handle, if this viewer may read it (or post to it).

    Raises NotFound where they may not read it, exactly as where there is none; Conflict `archived` for `to="post"` in a
    group that was closed. Whoever may read a group may post to it: there is no rule beyond membership.
    """
    rows = (
        tx.hot(_BY_ID, viewer=viewer.id, group=group)
        if isinstance(group, int)
        else tx.hot(_BY_HANDLE, viewer=viewer.id, handle=handle_key(group))
    )
    found = GroupRow(*rows[0]) if rows else None
    if found is None or not (found.role or (viewer.employee and found.open)):
        raise NotFound("There is no such group.", field="group")
    if to == "post" and found.archived_at is not None:
        raise Conflict(
            "This group was closed; nothing new can be said in it.", code="archived", field="group"
        )
    return found
