"""Timelines: lists of posts by id, newest first, of what the viewer may read now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, select, union_all

from microblog.access import require_group, visible_people
from microblog.access.tables import actors
from microblog.core.bounds import MAX_INT
from microblog.core.errors import NotFound
from microblog.core.handles import handle_key
from microblog.core.text import topic_key
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx
from microblog.http import Listing
from microblog.journal import head
from microblog.posts.gates import readable
from microblog.posts.home import home as home_ids
from microblog.posts.model import Page, Post
from microblog.posts.reactions import mine_of
from microblog.posts.rows import posts_by_id
from microblog.posts.tables import bookmarks, mentions, post_topics, posts

_IN_GROUP = Hot(
    select(posts.c.id)
    .where(
        posts.c.group_id == bindparam("group"),
        posts.c.reply_to.is_(None),
        posts.c.id < bindparam("before"),
        posts.c.id > bindparam("after"),
    )
    .order_by(posts.c.id.desc())
    .limit(bindparam("most"))
)


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
    rows = tx.hot(
        _IN_GROUP,
        group=found.id,
        before=page.before or MAX_INT,
        after=page.after or 0,
        most=page.limit + 1,
    )
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
    said = select(posts.c.id).where(posts.c.author_id == author, readable(viewer))
    return _listing(tx, viewer, page, _newest(tx, page, said, posts.c.id), now)


def topic(tx: Tx, viewer: Viewer, page: Page, *, name: str) -> Listing[Post]:
    """Root posts about a topic; none where nobody ever wrote about it."""
    now = head(tx)
    about: tuple[Any, ...] = (post_topics.c.topic == topic_key(name), literal_column("post_topics.root"))
    closed = (
        select(post_topics.c.post_id.label("id"))
        .select_from(post_topics.join(posts, posts.c.id == post_topics.c.post_id))
        .where(*about, ~post_topics.c.open, readable(viewer))
    )
    arms = [_limited(page, closed, post_topics.c.post_id)]
    if viewer.employee:
        opened = select(post_topics.c.post_id.label("id")).where(*about, literal_column("post_topics.open"))
        arms.append(_limited(page, opened, post_topics.c.post_id))
    ids = union_all(*(select(arm.subquery().c.id) for arm in arms)).subquery()
    newest = select(ids.c.id).order_by(ids.c.id.desc()).limit(page.limit + 1)
    return _listing(tx, viewer, page, list(tx.execute(newest).scalars()), now)


def mentioning(tx: Tx, viewer: Viewer, page: Page) -> Listing[Post]:
    """Every post that mentions the viewer."""
    now = head(tx)
    named = (
        select(mentions.c.post_id)
        .select_from(mentions.join(posts, posts.c.id == mentions.c.post_id))
        .where(mentions.c.actor_id == viewer.id, readable(viewer))
    )
    return _listing(tx, viewer, page, _newest(tx, page, named, mentions.c.post_id), now)


def bookmarked(tx: Tx, viewer: Viewer, page: Page) -> Listing[Post]:
    """Every post that the viewer keeps at hand."""
    now = head(tx)
    kept = (
        select(bookmarks.c.post_id)
        .select_from(bookmarks.join(posts, posts.c.id == bookmarks.c.post_id))
        .where(bookmarks.c.actor_id == viewer.id, readable(viewer))
    )
    return _listing(tx, viewer, page, _newest(tx, page, kept, bookmarks.c.post_id), now)


def _limited(page: Page, query: Select[Any], id_: ColumnElement[int]) -> Select[Any]:
    within = query.where(id_ < (page.before or MAX_INT), id_ > (page.after or 0))
    return within.order_by(id_.desc()).limit(page.limit + 1)


def _newest(tx: Tx, page: Page, query: Select[Any], id_: ColumnElement[int]) -> list[int]:
    return list(tx.execute(_limited(page, query, id_)).scalars())


def _listing(tx: Tx, viewer: Viewer, page: Page, ids: Sequence[int], now: int) -> Listing[Post]:
    """The page of these ids, of which there is one more than the limit where the list goes on."""
    shown = list(ids[: page.limit])
    return Listing(
        items=posts_by_id(tx, shown),
        mine=mine_of(tx, viewer, shown),
        next=shown[-1] if len(ids) > page.limit else None,
        head=now,
    )
