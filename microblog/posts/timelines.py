"""Timelines: lists of posts by id, newest first, of what the viewer may read now."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BindParameter, String, bindparam, select, union_all

from microblog.access import require_group, visible_people
from microblog.access.tables import actors
from microblog.core.bounds import MAX_INT
from microblog.core.errors import NotFound
from microblog.core.handles import handle_key
from microblog.core.text import topic_key
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx, at_most
from microblog.db.schema import BigInt
from microblog.http import Listing
from microblog.journal import head
from microblog.posts.branches import VIEWER, merged, newest, newest_in_my_groups
from microblog.posts.gates import readable
from microblog.posts.home import home as home_ids
from microblog.posts.model import Page, Post, bounds_of
from microblog.posts.reactions import mine_of
from microblog.posts.rows import posts_by_id
from microblog.posts.tables import bookmarks, posts

_IN_GROUP = Hot(
    select(posts.c.id)
    .where(
        posts.c.group_id == bindparam("group"),
        posts.c.reply_to.is_(None),
        posts.c.id < bindparam("before"),
        posts.c.id > bindparam("after"),
    )
    .order_by(posts.c.id.desc())
    .limit(at_most("most"))
)

_AUTHOR: BindParameter[int] = bindparam("author", type_=BigInt)
_TOPIC: BindParameter[str] = bindparam("topic", type_=String)
_SAID_TO_ME = newest_in_my_groups("said_in", _AUTHOR)
_ABOUT_IT_TO_ME = newest_in_my_groups("topic_in", _TOPIC)
_NAMING_ME = newest_in_my_groups("mentioned_in", VIEWER)
# By whether the viewer reads what is open as well.
_SAID = {False: Hot(_SAID_TO_ME), True: Hot(union_all(_SAID_TO_ME, newest("said", _AUTHOR)))}
_ABOUT = {
    False: Hot(_ABOUT_IT_TO_ME),
    True: Hot(union_all(_ABOUT_IT_TO_ME, newest("topic", _TOPIC))),
}
_NAMING = {False: Hot(_NAMING_ME), True: Hot(union_all(_NAMING_ME, newest("mentioned", VIEWER)))}


def home(tx: Tx, viewer: Viewer, page: Page) -> Listing[Post]:
    """Root posts of one's own, of one's groups (not direct ones, not everyone's), of whom and what one follows, and those
    that mention one."""
    now = head(tx)
    return _listing(tx, viewer, page, home_ids(tx, viewer, page), now)


def everyone(tx: Tx, viewer: Viewer, page: Page) -> Listing[Post]:
    """Root posts of the group `all` alone. Raises NotFound for guests."""
    return group(tx, viewer, page, handle="all")


def group(tx: Tx, viewer: Viewer, page: Page, *, handle: str) -> Listing[Post]:
    """Root posts of a group. Raises NotFound."""
    now = head(tx)
    found = require_group(tx, viewer, handle)
    rows = tx.hot(_IN_GROUP, group=found.id, most=page.limit + 1, **bounds_of(page))
    return _listing(tx, viewer, page, [id_ for (id_,) in rows], now)


def person(tx: Tx, viewer: Viewer, page: Page, *, handle: str) -> Listing[Post]:
    """Every post of somebody, replies too. Raises NotFound."""
    now = head(tx)
    author = tx.execute(
        select(actors.c.id).where(
            actors.c.handle_key == handle_key(handle), actors.c.id.in_(visible_people(viewer))
        )
    ).scalar()
    if author is None:
        raise NotFound("There is no such person.")
    ids = merged(tx, _SAID[viewer.employee], page, viewer=viewer.id, author=author)
    return _listing(tx, viewer, page, ids, now)


def topic(tx: Tx, viewer: Viewer, page: Page, *, name: str) -> Listing[Post]:
    """Root posts about a topic; none where nobody ever wrote about it."""
    now = head(tx)
    ids = merged(tx, _ABOUT[viewer.employee], page, viewer=viewer.id, topic=topic_key(name))
    return _listing(tx, viewer, page, ids, now)


def mentioning(tx: Tx, viewer: Viewer, page: Page) -> Listing[Post]:
    """Every post that mentions the viewer."""
    now = head(tx)
    return _listing(tx, viewer, page, merged(tx, _NAMING[viewer.employee], page, viewer=viewer.id), now)


def bookmarked(tx: Tx, viewer: Viewer, page: Page) -> Listing[Post]:
    """Every post that the viewer keeps at hand."""
    now = head(tx)
    kept = (
        select(bookmarks.c.post_id)
        .select_from(bookmarks.join(posts, posts.c.id == bookmarks.c.post_id))
        .where(
            bookmarks.c.actor_id == viewer.id,
            bookmarks.c.post_id < (page.before or MAX_INT),
            bookmarks.c.post_id > (page.after or 0),
            readable(viewer),
        )
        .order_by(bookmarks.c.post_id.desc())
        .limit(page.limit + 1)
    )
    return _listing(tx, viewer, page, list(tx.execute(kept).scalars()), now)


def _listing(tx: Tx, viewer: Viewer, page: Page, ids: Sequence[int], now: int) -> Listing[Post]:
    """The page of these ids, of which there is one more than the limit where the list goes on."""
    shown = list(ids[: page.limit])
    return Listing(
        items=posts_by_id(tx, shown),
        mine=mine_of(tx, viewer, shown),
        next=shown[-1] if len(ids) > page.limit else None,
        head=now,
    )
