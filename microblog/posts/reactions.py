"""Reacting and bookmarking: what a reader does with a post. Doing it twice is doing it once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec
from sqlalchemy import bindparam, delete, insert, select, update

from microblog.core.errors import Conflict, Invalid
from microblog.core.text import clean
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Hot, Tx
from microblog.db.upsert import insert_new
from microblog.posts.events import record_mine, record_reacted
from microblog.posts.gates import find_post
from microblog.posts.model import LONGEST_NAME, MOST_NAMES, GroupId, Mine, Post, Reacted
from microblog.posts.rows import for_ids, id_parameters
from microblog.posts.tables import bookmarks, posts, reactions

_MINE = reactions.c.post_id == bindparam("post"), reactions.c.actor_id == bindparam("viewer")
_NAMES = Hot(select(reactions.c.name).where(*_MINE).order_by(reactions.c.at, reactions.c.name))
_GIVE = Hot(insert(reactions), columns=("post_id", "actor_id", "name", "at"))
_TAKE = Hot(delete(reactions).where(*_MINE, reactions.c.name == bindparam("name")))
_KEEP_COUNTS = Hot(update(posts).where(posts.c.id == bindparam("post")).values(reactions=bindparam("counts")))
_BOOKMARKED = Hot(
    select(bookmarks.c.at).where(
        bookmarks.c.post_id == bindparam("post"), bookmarks.c.actor_id == bindparam("viewer")
    )
)
_counts = msgspec.json.Decoder(dict[str, int])


def react(tx: Tx, viewer: Viewer, *, id: int, name: str) -> msgspec.Raw:
    """Give a reaction: an emoji or a short name. Answers every count.

    Raises NotFound, Invalid on `name`, Conflict `withdrawn`, and Conflict `too_many_names` where a post has MOST_NAMES.
    """
    post = find_post(tx, viewer, id, "to_change")
    name = _name(name)
    mine, counts = _mine(tx, viewer, id), _counted(post)
    if name in mine:
        return _answer(post, counts)
    if post.withdrawn:
        raise Conflict("There is nothing left to react to.", code="withdrawn")
    if name not in counts and len(counts) >= MOST_NAMES:
        raise Conflict(f"A post can have {MOST_NAMES} different reactions.", code="too_many_names")
    tx.hot(_GIVE, post_id=id, actor_id=viewer.id, name=name, at=tx.now)
    counts[name] = counts.get(name, 0) + 1
    return _changed(tx, viewer, post, counts)


def unreact(tx: Tx, viewer: Viewer, *, id: int, name: str) -> msgspec.Raw:
    """Take a reaction back. Answers every count. Raises NotFound, and Invalid on `name`."""
    post = find_post(tx, viewer, id, "to_change")
    name = _name(name)
    mine, counts = _mine(tx, viewer, id), _counted(post)
    if name not in mine:
        return _answer(post, counts)
    tx.hot(_TAKE, post=id, viewer=viewer.id, name=name)
    counts[name] -= 1
    if not counts[name]:
        del counts[name]
    return _changed(tx, viewer, post, counts)


def bookmark(tx: Tx, viewer: Viewer, *, id: int) -> None:
    """Keep a post at hand. Nobody else is told. Raises NotFound."""
    find_post(tx, viewer, id, "to_change")
    if tx.hot(insert_new(bookmarks, tx.dialect), actor_id=viewer.id, post_id=id, at=tx.now):
        record_mine(tx, viewer, id, Mine(_mine(tx, viewer, id), bookmarked=True))


def unbookmark(tx: Tx, viewer: Viewer, *, id: int) -> None:
    """No longer keep it at hand. Raises NotFound."""
    find_post(tx, viewer, id, "to_change")
    gone = delete(bookmarks).where(bookmarks.c.actor_id == viewer.id, bookmarks.c.post_id == id)
    if tx.execute(gone).rowcount:
        record_mine(tx, viewer, id, Mine(_mine(tx, viewer, id), bookmarked=False))


def mine_of(tx: Tx, viewer: Viewer, ids: Sequence[int]) -> dict[str, Mine]:
    """What is the viewer's own about these posts, by id; those where nothing is are absent."""
    given: dict[int, list[str]] = {}
    kept: set[int] = set()
    for statement, parameters in for_ids(_reactions_to, ids):
        for post, name in tx.hot(statement, viewer=viewer.id, **parameters):
            given.setdefault(post, []).append(name)
    for statement, parameters in for_ids(_bookmarks_of, ids):
        kept |= {post for (post,) in tx.hot(statement, viewer=viewer.id, **parameters)}
    return {str(id_): Mine(given.get(id_, []), id_ in kept) for id_ in ids if id_ in given or id_ in kept}


def _changed(tx: Tx, viewer: Viewer, post: Post, counts: dict[str, int]) -> msgspec.Raw:
    tx.hot(_KEEP_COUNTS, post=post.id, counts=encode(counts).decode())
    data = record_reacted(tx, viewer, post, counts)
    kept = bool(tx.hot(_BOOKMARKED, post=post.id, viewer=viewer.id))
    record_mine(tx, viewer, post.id, Mine(_mine(tx, viewer, post.id), kept))
    return msgspec.Raw(data)


def _answer(post: Post, counts: dict[str, int]) -> msgspec.Raw:
    return msgspec.Raw(encode(Reacted(post.id, post.thread, GroupId(post.group.id), counts)))


def _mine(tx: Tx, viewer: Viewer, post: int) -> list[str]:
    return [name for (name,) in tx.hot(_NAMES, post=post, viewer=viewer.id)]


def _counted(post: Post) -> dict[str, int]:
    # A row holds them as JSON that is ready to be sent.
    return _counts.decode(encode(post.reactions))


def _name(name: str) -> str:
    name = clean(name, "name").strip()
    if not 0 < len(name) <= LONGEST_NAME or "\n" in name or "\t" in name:
        raise Invalid(f"A reaction is an emoji or a name of 1 to {LONGEST_NAME} characters.", field="name")
    return name


@lru_cache
def _reactions_to(size: int) -> Hot:
    return Hot(
        select(reactions.c.post_id, reactions.c.name)
        .where(reactions.c.actor_id == bindparam("viewer"), reactions.c.post_id.in_(id_parameters(size)))
        .order_by(reactions.c.at, reactions.c.name)
    )


@lru_cache
def _bookmarks_of(size: int) -> Hot:
    return Hot(
        select(bookmarks.c.post_id).where(
            bookmarks.c.actor_id == bindparam("viewer"), bookmarks.c.post_id.in_(id_parameters(size))
        )
    )
