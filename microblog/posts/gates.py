"""Gates: no way leads to a post but through what the viewer may see."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select

from microblog.access import Card, GroupCard
from microblog.access.gates import OPEN_KINDS
from microblog.access.tables import actors, groups, memberships
from microblog.core.errors import Conflict, NotFound
from microblog.core.handles import handle_key
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx
from microblog.posts.model import Post
from microblog.posts.rows import OPEN, SHOWN, WHOLE, WITH_CARDS, post_of
from microblog.posts.tables import posts


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which this viewer may read a row of `posts`."""
    mine = select(memberships.c.group_id).where(memberships.c.actor_id == viewer.id)
    member = posts.c.group_id.in_(mine)
    return or_(OPEN, member) if viewer.employee else member


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where something is about to be said, and the card of who says it. `thread` and `reply_to` are a reply's."""

    group: GroupCard
    author: Card
    thread: int | None = None
    reply_to: int | None = None

    @property
    def open(self) -> bool:
        """Read by every employee."""
        return self.group.kind in OPEN_KINDS


def place_in_group(tx: Tx, viewer: Viewer, group: str | int) -> Place:
    """Where a root post goes. Raises NotFound, and Conflict `archived` in a group that was closed."""
    if isinstance(group, int):
        rows = tx.hot(_GROUP_BY_ID, viewer=viewer.id, group=group)
    else:
        rows = tx.hot(_GROUP_BY_HANDLE, viewer=viewer.id, key=handle_key(group))
    if not rows:
        raise NotFound("There is no such group.", field="group")
    return _place(viewer, rows[0], field="group")


def place_in_thread(tx: Tx, viewer: Viewer, reply_to: int) -> Place:
    """Where a reply goes. Raises NotFound, and Conflict `archived`."""
    rows = tx.hot(_PARENT, viewer=viewer.id, post=reply_to)
    if not rows:
        raise NotFound("There is no such post.", field="reply_to")
    *place, thread = rows[0]
    found = _place(viewer, place, field="reply_to")
    return msgspec.structs.replace(found, thread=thread or reply_to, reply_to=reply_to)


def find_post(
    tx: Tx, viewer: Viewer, post: int, how: Literal["whole", "shown", "to_change"] = "whole"
) -> Post:
    """A post that this viewer may read; `to_change` locks it until COMMIT. Raises NotFound."""
    rows = tx.hot(_FIND[how], viewer=viewer.id, post=post)
    if rows:
        *row, role = rows[0]
        found = post_of(row)
        if role is not None or (viewer.employee and found.group.kind in OPEN_KINDS):
            return found
    raise NotFound("There is no such post.")


_GROUP = (
    groups.c.id,
    groups.c.handle,
    groups.c.name,
    groups.c.kind,
    groups.c.archived_at,
    memberships.c.role,
    actors.c.id,
    actors.c.handle,
    actors.c.name,
    actors.c.kind,
    actors.c.photo,
    actors.c.organisation,
)


def _place(viewer: Viewer, row: Any, field: str) -> Place:
    id_, handle, name, kind, archived_at, role, *author = row
    if role is None and not (viewer.employee and kind in OPEN_KINDS):
        what = "group" if field == "group" else "post"
        raise NotFound(f"There is no such {what}.", field=field)
    if archived_at is not None:
        raise Conflict("This group was closed; nothing new can be said in it.", code="archived", field=field)
    return Place(GroupCard(id_, handle, name, kind), Card(*author))


_VIEWER: BindParameter[int] = bindparam("viewer")
_MEMBERSHIP = and_(memberships.c.group_id == groups.c.id, memberships.c.actor_id == _VIEWER)
_PLACES = groups.join(actors, actors.c.id == _VIEWER).outerjoin(memberships, _MEMBERSHIP)
_GROUP_BY_ID = Hot(select(*_GROUP).select_from(_PLACES).where(groups.c.id == bindparam("group")))
_GROUP_BY_HANDLE = Hot(select(*_GROUP).select_from(_PLACES).where(groups.c.handle_key == bindparam("key")))
_PARENT = Hot(
    select(*_GROUP, posts.c.thread_id)
    .select_from(
        posts.join(groups, groups.c.id == posts.c.group_id)
        .join(actors, actors.c.id == _VIEWER)
        .outerjoin(memberships, _MEMBERSHIP)
    )
    .where(posts.c.id == bindparam("post"))
)

_WITH_ROLE = WITH_CARDS.outerjoin(memberships, _MEMBERSHIP)
_ONE = select(*WHOLE, memberships.c.role).select_from(_WITH_ROLE).where(posts.c.id == bindparam("post"))
_FIND = {
    "whole": Hot(_ONE),
    "shown": Hot(
        select(*SHOWN, memberships.c.role).select_from(_WITH_ROLE).where(posts.c.id == bindparam("post"))
    ),
    # Not a plain FOR UPDATE: that would wait for everybody who just replies, whose foreign key holds a share of the key.
    "to_change": Hot(_ONE.with_for_update(of=posts, key_share=True)),
}
