"""The home timeline: one's own posts, those of one's groups, of whom and what one follows, and those that mention one."""

from __future__ import annotations

from sqlalchemy import union_all

from microblog.access.tables import follows, groups, memberships, topic_follows
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx
from microblog.posts.branches import VIEWER, merged, newest
from microblog.posts.model import Page


def home(tx: Tx, viewer: Viewer, page: Page) -> list[int]:
    """The ids of the viewer's home timeline, newest first, one more than the limit where there are more."""
    return merged(tx, _EMPLOYEE if viewer.employee else _GUEST, page, viewer=viewer.id)


_GROUPS = (
    newest("group", memberships.c.group_id)
    .select_from(memberships.join(groups, groups.c.id == memberships.c.group_id))
    .where(memberships.c.actor_id == VIEWER, groups.c.kind != "direct")
)
_AUTHORS = newest("author", follows.c.author_id).where(follows.c.follower_id == VIEWER)
_TOPICS = newest("topic", topic_follows.c.topic).where(topic_follows.c.follower_id == VIEWER)
_GUEST = Hot(_GROUPS)
_EMPLOYEE = Hot(
    union_all(
        _GROUPS,
        _AUTHORS,
        _TOPICS,
        newest("author", VIEWER),
        newest("mention", VIEWER),
    )
)
