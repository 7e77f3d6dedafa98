"""What becomes of a post later: its author revises or withdraws it, and the law may have it erased."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select, update

from microblog.access.gates import OPEN_KINDS
from microblog.access.tables import actors
from microblog.core.errors import Conflict, Forbidden, Invalid, NotFound
from microblog.core.handles import handle_key
from microblog.core.text import clean
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Hot, Tx
from microblog.http import Erasure
from microblog.posts.events import record_changed
from microblog.posts.gates import find_post
from microblog.posts.model import Post, Revise
from microblog.posts.publish import keep_names
from microblog.posts.rows import WHOLE, WITH_CARDS, post_of, posts_by_id
from microblog.posts.tables import erasures as erasures_table
from microblog.posts.tables import mentions, post_topics, posts, revisions
from microblog.posts.writing import Written, write_down

_ERASABLE = Hot(
    select(*WHOLE)
    .select_from(WITH_CARDS)
    .where(posts.c.id == bindparam("post"))
    .with_for_update(of=posts, key_share=True)
)


def revise(tx: Tx, viewer: Viewer, draft: Revise, written: Written | None = None, *, id: int) -> msgspec.Raw:
    """Say it differently; what it said before stays in its history. Saying the same changes nothing.

    A long text was `written` beforehand.

    Raises NotFound, Forbidden where it is another's, Conflict `withdrawn`, Invalid and TooLarge on `text`.
    """
    before = _own(tx, viewer, id)
    if before.withdrawn:
        raise Conflict("What was withdrawn can not be revised.", code="withdrawn")
    written = written or write_down(tx, viewer, draft.text, open_group=before.group.kind in OPEN_KINDS)
    if written.text == before.text:
        return msgspec.Raw(encode(_shown(tx, id)))
    _keep_revision(tx, before)
    tx.execute(
        update(posts)
        .where(posts.c.id == id)
        .values(
            text=written.text,
            tokens=written.tokens,
            folded=written.folded,
            mentions=encode(written.mentions).decode(),
            topics=encode(written.topics).decode(),
            revised_at=tx.now,
        )
    )
    _forget_names(tx, id)
    keep_names(tx, id, written, before.group, root=before.reply_to is None)
    return msgspec.Raw(record_changed(tx, viewer, "post.revised", before, _shown(tx, id)))


def withdraw(tx: Tx, viewer: Viewer, *, id: int) -> msgspec.Raw:
    """Take it back: a tombstone stays, and the text is gone everywhere. Twice is once.

    Raises NotFound, and Forbidden where it is another's.
    """
    before = _own(tx, viewer, id)
    if before.withdrawn:
        return msgspec.Raw(encode(_shown(tx, id)))
    _empty(tx, id)
    tx.execute(update(posts).where(posts.c.id == id).values(withdrawn_at=tx.now))
    return msgspec.Raw(record_changed(tx, viewer, "post.withdrawn", before, _shown(tx, id)))


def erase(tx: Tx, viewer: Viewer, post: int, reason: str, by: str) -> Post:
    """Erase a post because the law says so: for the command line alone. The tombstone says the reason, the public log who.

    Raises NotFound for the post or for the handle in `by`, Invalid on `reason`. Twice is once.
    """
    reason = clean(reason, "reason").strip()
    if not reason:
        raise Invalid("An erasure needs its ground.", field="reason")
    answerable = tx.execute(select(actors.c.handle).where(actors.c.handle_key == handle_key(by))).scalar()
    if answerable is None:
        raise NotFound("Nobody has this handle.", field="by")
    rows = tx.hot(_ERASABLE, post=post)
    if not rows:
        raise NotFound("There is no such post.")
    before = post_of(rows[0])
    if before.erased:
        return before
    _empty(tx, post)
    tx.execute(update(posts).where(posts.c.id == post).values(erased_at=tx.now, reason=reason))
    tx.execute(insert(erasures_table).values(at=tx.now, by=answerable, reason=reason))
    after = _shown(tx, post)
    record_changed(tx, viewer, "post.erased", before, after)
    return after


def erasures(tx: Tx, viewer: Viewer | None) -> Sequence[Erasure]:
    """The public, permanent log, newest first."""
    log = select(erasures_table.c.at, erasures_table.c.by, erasures_table.c.reason)
    return [Erasure(*row) for row in tx.execute(log.order_by(erasures_table.c.id.desc()))]


def _own(tx: Tx, viewer: Viewer, post: int) -> Post:
    found = find_post(tx, viewer, post, "to_change")
    if found.author.id != viewer.id:
        raise Forbidden("Only who said it can change it.")
    return found


def _shown(tx: Tx, post: int) -> Post:
    return posts_by_id(tx, (post,))[0]


def _keep_revision(tx: Tx, before: Post) -> None:
    version = select(func.coalesce(func.max(revisions.c.version), 0)).where(revisions.c.post_id == before.id)
    said_at = select(func.coalesce(posts.c.revised_at, posts.c.created_at)).where(posts.c.id == before.id)
    tx.execute(
        insert(revisions).values(
            post_id=before.id,
            version=tx.execute(version).scalar_one() + 1,
            text=before.text,
            tokens=encode(before.tokens).decode(),
            at=tx.execute(said_at).scalar_one(),
        )
    )


def _forget_names(tx: Tx, post: int) -> None:
    tx.execute(delete(mentions).where(mentions.c.post_id == post))
    tx.execute(delete(post_topics).where(post_topics.c.post_id == post))


def _empty(tx: Tx, post: int) -> None:
    """Nothing that was said stays, now or in history; who replied and reacted does."""
    _forget_names(tx, post)
    tx.execute(delete(revisions).where(revisions.c.post_id == post))
    tx.execute(
        update(posts)
        .where(posts.c.id == post)
        .values(
            title=None,
            text="",
            tokens="[]",
            folded=None,
            mentions="[]",
            topics="[]",
            link=None,
            content=None,
            source=None,
            quotes=None,
        )
    )
