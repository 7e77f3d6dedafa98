"""Gates: of which groups a viewer may know, which is a little more than those whose posts they may read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, null, or_, select

from microblog.access import GroupRow, readable_groups, require_group
from microblog.access.tables import groups
from microblog.core.errors import NotFound
from microblog.core.handles import handle_key
from microblog.core.viewer import Viewer
from microblog.db import Tx

OWNER, MEMBER = "owner", "member"
"""Roles in a group."""

COLUMNS = (
    groups.c.id,
    groups.c.handle,
    groups.c.name,
    groups.c.kind,
    groups.c.description,
    groups.c.listed,
    groups.c.created_at,
    groups.c.archived_at,
)
"""What a `GroupRow` holds, in its order, before the viewer's role."""

_KNOWN_OUTSIDE = or_(groups.c.kind == "external", and_(groups.c.kind == "private", groups.c.listed))


def visible_groups(viewer: Viewer) -> Select[Any]:
    """The ids of the groups of which this viewer may know: for colleagues, listed private and external ones too."""
    readable = groups.c.id.in_(readable_groups(viewer))
    return select(groups.c.id).where(or_(readable, _KNOWN_OUTSIDE) if viewer.employee else readable)


def see_group(tx: Tx, viewer: Viewer, group: int | str) -> GroupRow:
    """The group by id or handle, if this viewer may know of it. Not leave to read it: `inside` tells. Raises NotFound."""
    try:
        return require_group(tx, viewer, group)
    except NotFound:
        found = _from_outside(tx, group) if viewer.employee else None
        if found is None:
            raise
        return found


def see_group_to_change(tx: Tx, viewer: Viewer, handle: str) -> GroupRow:
    """The same, with its membership as it is from now until COMMIT: changes of one group wait for each other.

    Without it the last two owners could leave at the same moment, each seeing the other stay. The lock is taken before
    anything is read. It is not a plain FOR UPDATE, for which everybody who posts in the group would have to wait: the
    foreign key of a post holds a share of the group's key.
    """
    tx.execute(
        select(groups.c.id)
        .where(groups.c.handle_key == handle_key(handle), groups.c.id.in_(visible_groups(viewer)))
        .with_for_update(of=groups, key_share=True)
    )
    return see_group(tx, viewer, handle)


def inside(viewer: Viewer, group: GroupRow) -> bool:
    """Whether the viewer may read what is said in the group and who is in it."""
    return group.role is not None or (viewer.employee and group.open)


def owns(group: GroupRow) -> bool:
    """Whether the viewer is an owner of the group."""
    return group.role == OWNER


def _from_outside(tx: Tx, group: int | str) -> GroupRow | None:
    which = groups.c.id == group if isinstance(group, int) else groups.c.handle_key == handle_key(group)
    row = tx.execute(select(*COLUMNS, null()).where(which, _KNOWN_OUTSIDE)).first()
    return None if row is None else GroupRow(*row)
