"""The home timeline: one's own posts, those of one's groups, of whom and what one follows, and those that mention one."""

from __future__ import annotations

from sqlalchemy import bindparam, func, literal_column, select, union_all

from microblog.access.tables import follows, groups, memberships, topic_follows
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx, at_most
from microblog.posts.branches import VIEWER, mark, merge, merged, newest
from microblog.posts.model import Page, bounds_of
from microblog.posts.tables import posts

MANY = 50
"""Who follows more is a busy reader: looking up the newest post of each of 300 authors costs PostgreSQL 2.1 ms of 2.4."""

WINDOW = 1_000
"""Posts among which those of many authors are looked for first: 0.4 ms, and nearly always a page is found there."""


def home(tx: Tx, viewer: Viewer, page: Page) -> list[int]:
    """The ids of the viewer's home timeline, newest first, one more than the limit where there are more."""
    if not viewer.employee:
        return merged(tx, _GUEST, page, viewer=viewer.id)
    asked = {"viewer": viewer.id, **bounds_of(page)}
    rows = tx.hot(_EMPLOYEE, **asked)
    if all(kind != "many" for kind, *_ in rows):
        return merge(tx, rows, page)
    recent = [id_ for (id_,) in tx.hot(_RECENT, most=page.limit + 1, **asked)]
    if len(recent) > page.limit:
        return merge(tx, rows, page, recent)
    # They say little, or others say much: there is no way but to look at each.
    return merge(tx, [*rows, *tx.hot(_AUTHORS_OF_MANY, **asked)], page)


_GROUPS = (
    newest("group", memberships.c.group_id)
    .select_from(memberships.join(groups, groups.c.id == memberships.c.group_id))
    .where(memberships.c.actor_id == VIEWER, groups.c.kind != "direct")
)
_FOLLOWED = select(follows.c.author_id).where(follows.c.follower_id == VIEWER)
_HOW_MANY = (
    select(func.count())
    .select_from(_FOLLOWED.limit(literal_column(str(MANY + 1))).subquery())
    .scalar_subquery()
)
_AUTHORS = newest("author", follows.c.author_id).where(follows.c.follower_id == VIEWER)
_TOPICS = newest("topic", topic_follows.c.topic).where(topic_follows.c.follower_id == VIEWER)
_GUEST = Hot(_GROUPS)
_EMPLOYEE = Hot(
    union_all(
        _GROUPS,
        _AUTHORS.where(_HOW_MANY <= MANY),
        mark("many", VIEWER).where(_HOW_MANY > MANY),
        _TOPICS,
        newest("author", VIEWER),
        newest("mention", VIEWER),
    )
)
_AUTHORS_OF_MANY = Hot(_AUTHORS)

# Bounded before it is filtered: where nearly everything is said in closed groups, the walk would not end.
_window = (
    select(posts.c.id, posts.c.author_id, posts.c.reply_to, posts.c.open)
    .where(posts.c.id < bindparam("before"), posts.c.id > bindparam("after"))
    .order_by(posts.c.id.desc())
    .limit(literal_column(str(WINDOW)))
    .subquery()
)
_RECENT = Hot(
    select(_window.c.id)
    .where(_window.c.reply_to.is_(None), _window.c.open, _window.c.author_id.in_(_FOLLOWED))
    .order_by(_window.c.id.desc())
    .limit(at_most("most"))
)
