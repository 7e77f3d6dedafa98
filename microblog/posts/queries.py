"""Reading one post, its thread and its history."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from sqlalchemy import bindparam, literal, select

from microblog.core.bounds import MAX_INT
from microblog.core.clock import rfc3339
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx, at_most
from microblog.db.schema import BigInt
from microblog.http import Listing
from microblog.journal import head
from microblog.posts.gates import find_post
from microblog.posts.model import HistoryPage, Post, Revision, ThreadPage, bounds_of
from microblog.posts.reactions import mine_of
from microblog.posts.rows import encoded, posts_by_id
from microblog.posts.tables import posts, revisions

MOST_LONG = 10
"""Long texts on one page of a thread: with their tokens each may be two megabytes of JSON."""

_REPLIES = Hot(
    select(posts.c.id, posts.c.folded.is_not(None))
    .where(
        posts.c.thread_id == bindparam("root"),
        posts.c.id < bindparam("before"),
        posts.c.id > bindparam("after"),
    )
    .order_by(posts.c.id.desc())
    .limit(at_most("most"))
)


def post(tx: Tx, viewer: Viewer, *, id: int) -> Post:
    """A post with all of its text. Raises NotFound."""
    return find_post(tx, viewer, id)


def shown_post(tx: Tx, viewer: Viewer, id: int) -> Post:
    """A post as events and lists show it: what publishing it again answers. Raises NotFound."""
    return find_post(tx, viewer, id, "shown")


def thread(tx: Tx, viewer: Viewer, page: ThreadPage, *, id: int) -> Listing[Post]:
    """The thread that a post is in, oldest first, with all of its text. `next` leads to older replies. Raises NotFound.

    A page ends early where MOST_LONG texts of it are long.
    """
    now = head(tx)
    root = find_post(tx, viewer, find_post(tx, viewer, id, "shown").thread)
    rows = tx.hot(_REPLIES, root=root.id, most=page.limit + 1, **bounds_of(page))
    newest = _page(rows, page.limit)
    replies = posts_by_id(tx, newest[::-1], whole=True)
    return Listing(
        items=[root, *replies],
        mine=mine_of(tx, viewer, [root.id, *newest]),
        next=newest[-1] if len(rows) > len(newest) else None,
        head=now,
    )


def _page(rows: Sequence[tuple[int, bool]], limit: int) -> list[int]:
    long = list(accumulate(is_long for _, is_long in rows))
    return [id_ for (id_, _), so_far in zip(rows[:limit], long, strict=False) if so_far <= MOST_LONG]


def history(tx: Tx, viewer: Viewer, page: HistoryPage, *, id: int) -> Listing[Revision]:
    """Everything that a post has said, newest first; nothing of one that was withdrawn. Cursors are versions.

    Raises NotFound.
    """
    now = head(tx)
    current = find_post(tx, viewer, id)
    if current.withdrawn:
        return Listing(items=[], head=now)
    kept = tx.execute(
        select(revisions.c.version, revisions.c.at, revisions.c.text, revisions.c.tokens)
        .where(
            revisions.c.post_id == id,
            # Said to have 64 bits: PostgreSQL would not take a cursor that is larger than a version can be.
            revisions.c.version < literal(page.before or MAX_INT, BigInt),
        )
        .order_by(revisions.c.version.desc())
        .limit(page.limit + 1)
    ).all()
    said = [Revision(version, rfc3339(at), text, encoded(tokens)) for version, at, text, tokens in kept]
    if page.before is None:
        version = said[0].version + 1 if said else 1
        said.insert(
            0, Revision(version, current.revised_at or current.created_at, current.text, current.tokens)
        )
    return Listing(items=said[: page.limit], next=_next(said, page.limit), head=now)


def _next(said: list[Revision], limit: int) -> int | None:
    return said[limit - 1].version if len(said) > limit else None
