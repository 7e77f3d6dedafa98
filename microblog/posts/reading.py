"""How far somebody has read, and what is new since."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, bindparam, cast, func, literal, select

from microblog.access import ALL, GroupCard, require_group
from microblog.access.tables import actors, groups, memberships
from microblog.core.errors import Invalid
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx
from microblog.db.upsert import insert_or_raise
from microblog.http import Listing
from microblog.journal import head
from microblog.posts.events import record_read
from microblog.posts.gates import find_post
from microblog.posts.model import ReadMark, ReadUpTo, Unread
from microblog.posts.tables import posts, reads

MOST_COUNTED = 1_000
"""Newest posts of a group that are looked at to count those unread."""


_MARKED = Hot(
    select(reads.c.up_to).where(
        reads.c.actor_id == bindparam("actor_id"), reads.c.scope == bindparam("scope")
    )
)


def read_up_to(tx: Tx, viewer: Viewer, draft: ReadUpTo) -> ReadMark:
    """Mark a group or a thread as read up to a post. It never goes back. Answers how far it is now.

    Raises Invalid unless exactly one of `group` and `thread` is given, and NotFound.
    """
    scope = _scope(tx, viewer, draft)
    # What nobody has said yet is not read: a mark out in the future would hide all that is still to come.
    newest: int | None = tx.execute(select(func.max(posts.c.id))).scalar()
    up_to = min(draft.up_to, newest or 0)
    marking = insert_or_raise(reads.c.up_to, tx.dialect)
    if tx.hot(marking, actor_id=viewer.id, scope=scope, up_to=up_to, at=tx.now):
        mark = ReadMark(scope, up_to)
        record_read(tx, viewer, mark)
        return mark
    [(known,)] = tx.hot(_MARKED, actor_id=viewer.id, scope=scope)
    return ReadMark(scope, known)


def unread(tx: Tx, viewer: Viewer) -> Listing[Unread]:
    """What is new in each of the viewer's groups, and for employees in everyone's."""
    now = head(tx)
    rows = tx.execute(_my_groups(viewer)).all()
    items = [
        Unread(GroupCard(id_, handle, name, kind), up_to or 0, _count(tx, viewer, id_, up_to, since))
        for id_, handle, name, kind, since, up_to in rows
    ]
    return Listing(items=items, head=now)


def _scope(tx: Tx, viewer: Viewer, draft: ReadUpTo) -> str:
    if draft.group is not None and draft.thread is None:
        return f"group:{require_group(tx, viewer, draft.group).id}"
    if draft.thread is not None and draft.group is None:
        return f"thread:{find_post(tx, viewer, draft.thread, 'shown').thread}"
    raise Invalid("Name a group or a thread, and not both.", field="group")


def _my_groups(viewer: Viewer) -> Select[Any]:
    scope = literal("group:").concat(cast(groups.c.id, reads.c.scope.type))
    read = and_(reads.c.actor_id == viewer.id, reads.c.scope == scope)
    member = and_(memberships.c.group_id == groups.c.id, memberships.c.actor_id == viewer.id)
    # Who has read nothing yet has missed only what came after they did.
    since = func.coalesce(memberships.c.joined_at, actors.c.created_at)
    mine = memberships.c.actor_id.is_not(None)
    return (
        select(groups.c.id, groups.c.handle, groups.c.name, groups.c.kind, since, reads.c.up_to)
        .select_from(
            groups.join(actors, actors.c.id == viewer.id)
            .outerjoin(memberships, member)
            .outerjoin(reads, read)
        )
        .where((groups.c.id == ALL) | mine if viewer.employee else mine)
        .order_by(groups.c.id)
    )


def _count(tx: Tx, viewer: Viewer, group: int, up_to: int | None, since: int) -> int:
    newest = (
        select(posts.c.author_id, posts.c.created_at)
        .where(posts.c.group_id == group, posts.c.reply_to.is_(None), posts.c.id > (up_to or 0))
        .order_by(posts.c.id.desc())
        .limit(MOST_COUNTED)
        .subquery()
    )
    others = select(func.count()).where(newest.c.author_id != viewer.id)
    if up_to is None:
        others = others.where(newest.c.created_at >= since)
    found: int = tx.execute(others).scalar_one()
    return found
