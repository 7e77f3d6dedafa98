"""The home timeline: one's own posts, those of one's groups, of whom and what one follows, and those that mention one.

Each of these is a branch with an index of its own that gives its newest posts at once. Asking for all branches with OR
took 52 ms on a million posts, walking the ids until enough were found 104 ms for somebody in one silent group. So first the
newest id of every branch is looked up; only branches whose newest is among the newest can hold what is shown, and the
union of the newest posts of those few is sorted.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import SelectBase

from microblog.access.tables import follows, groups, memberships, topic_follows
from microblog.core.bounds import MAX_INT
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx
from microblog.posts.model import Page
from microblog.posts.rows import OPEN
from microblog.posts.tables import mentions, post_topics, posts

Branch = tuple[str, Any]
"""A kind out of BRANCHES, and whose: a group's or an author's id, a topic, the mentioned actor's id."""

_VIEWER: BindParameter[int] = bindparam("viewer")
_BEFORE: BindParameter[int] = bindparam("before")
_AFTER: BindParameter[int] = bindparam("after")
# In the words of the partial indexes, as `posts.rows.OPEN`.
_MENTION_OPEN_ROOT: tuple[Any, ...] = (literal_column("mentions.root"), literal_column("mentions.open"))
_TOPIC_OPEN_ROOT: tuple[Any, ...] = (literal_column("post_topics.root"), literal_column("post_topics.open"))


def home(tx: Tx, viewer: Viewer, page: Page) -> list[int]:
    """The ids of the viewer's home timeline, newest first, one more than the limit where there are more."""
    most, bounds = page.limit + 1, {"before": page.before or MAX_INT, "after": page.after or 0}
    newest = tx.hot(_NEWEST if viewer.employee else _NEWEST_OF_GROUPS, viewer=viewer.id, **bounds)
    branches = _worth_reading(newest, most)
    if not branches:
        return []
    found: set[int] = set()
    for start in range(0, len(branches), _MOST_ARMS):
        statement, parameters = _reading(branches[start : start + _MOST_ARMS])
        found.update(id_ for (id_,) in tx.hot(statement, most=most, **bounds, **parameters))
    return sorted(found, reverse=True)[:most]


def _worth_reading(newest: Sequence[tuple[Any, ...]], most: int) -> list[Branch]:
    """The branches whose newest post is among the `most` newest: any other has that many newer posts above its own.

    Several branches may have the same newest post: it counts once.
    """
    alive = [(id_, kind, name or number) for kind, number, name, id_ in newest if id_ is not None]
    kept = set(sorted({id_ for id_, _, _ in alive}, reverse=True)[:most])
    return [(kind, whose) for id_, kind, whose in alive if id_ in kept]


def _within(column: Any) -> tuple[Any, ...]:
    return column < _BEFORE, column > _AFTER


def _of(kind: str, whose: Any) -> tuple[Any, tuple[Any, ...]]:
    """The column of post ids, and the conditions, of one branch: each is answered by one partial index alone."""
    match kind:
        case "group":
            return posts.c.id, (posts.c.group_id == whose, posts.c.reply_to.is_(None))
        case "author":
            return posts.c.id, (posts.c.author_id == whose, posts.c.reply_to.is_(None), OPEN)
        case "topic":
            return post_topics.c.post_id, (post_topics.c.topic == whose, *_TOPIC_OPEN_ROOT)
        case _:
            return mentions.c.post_id, (mentions.c.actor_id == whose, *_MENTION_OPEN_ROOT)


def _newest_in(kind: str, whose: Any) -> Any:
    column, conditions = _of(kind, whose)
    newest = select(func.max(column)).where(*conditions, *_within(column))
    return newest.scalar_subquery()


def _branches(kind: str, number: Any, name: Any, whose: Any) -> Select[Any]:
    return select(literal(kind, literal_execute=False), number, name, _newest_in(kind, whose))


_GROUPS = (
    _branches("group", memberships.c.group_id, null(), memberships.c.group_id)
    .select_from(memberships.join(groups, groups.c.id == memberships.c.group_id))
    .where(memberships.c.actor_id == _VIEWER, groups.c.kind != "direct")
)
_AUTHORS = _branches("author", follows.c.author_id, null(), follows.c.author_id).where(
    follows.c.follower_id == _VIEWER
)
_TOPICS = _branches("topic", null(), topic_follows.c.topic, topic_follows.c.topic).where(
    topic_follows.c.follower_id == _VIEWER
)
_NEWEST_OF_GROUPS = Hot(_GROUPS)
_NEWEST = Hot(
    union_all(
        _GROUPS,
        _AUTHORS,
        _TOPICS,
        _branches("author", _VIEWER, null(), _VIEWER),
        _branches("mention", _VIEWER, null(), _VIEWER),
    )
)

_MOST_ARMS = 64
"""Branches in one statement; SQLite takes at most 500 terms."""


def _reading(branches: Sequence[Branch]) -> tuple[Hot, dict[str, Any]]:
    """A statement for the newest posts of these branches, filled up to a few sizes so that it is compiled only once."""
    whose: dict[str, list[Any]] = {}
    for kind, one in branches:
        whose.setdefault(kind, []).append(one)
    shape: list[tuple[str, int]] = []
    parameters: dict[str, Any] = {}
    for kind, ones in sorted(whose.items()):
        size = 1 << (len(ones) - 1).bit_length()
        filled = [*ones, *[ones[0]] * (size - len(ones))]
        parameters |= {f"{kind}_{at}": one for at, one in enumerate(filled)}
        shape.append((kind, size))
    return _union(tuple(shape)), parameters


@lru_cache(maxsize=1024)
def _union(shape: tuple[tuple[str, int], ...]) -> Hot:
    return Hot(union_all(*(_arm(kind, f"{kind}_{at}") for kind, size in shape for at in range(size))))


def _arm(kind: str, parameter: str) -> SelectBase:
    column, conditions = _of(kind, bindparam(parameter))
    newest = (
        select(column.label("id"))
        .where(*conditions, *_within(column))
        .order_by(column.desc())
        .limit(bindparam("most"))
    )
    # SQLite takes no LIMIT in an arm of a UNION, but in a subquery of one.
    return select(newest.subquery().c.id)
