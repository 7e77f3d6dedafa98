"""Merging lists that each have an index of their own, without walking over what is not shown.

A timeline is made of branches: the posts of a group, what somebody says in the open, what they say in one closed group.
Asking for all branches with OR took 52 ms on a million posts; walking ids until enough were readable took 104 ms for
somebody in one silent group, and has no bound at all where hardly anything is theirs to read. So first the newest id of
every branch is looked up; only branches whose newest is among the newest can hold what is shown, and the union of the
newest posts of those few is sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import SelectBase

from microblog.access.tables import memberships
from microblog.db import Hot, Tx, at_most
from microblog.db.schema import BigInt
from microblog.posts.model import Page, bounds_of
from microblog.posts.tables import mentions, post_topics, posts

Branch = tuple[str, Any, int | None]
"""A kind (`_KINDS`), whose (a group's or an actor's id, a topic), and for the kinds that end in `_in` the closed group."""

VIEWER: BindParameter[int] = bindparam("viewer", type_=BigInt)
# PostgreSQL would take a bare NULL in the first arms of a union for text.
_NOBODY: ColumnElement[Any] = cast(null(), BigInt)
_NO_GROUP, _NO_NAME = _NOBODY, cast(null(), String)
_BEFORE: BindParameter[int] = bindparam("before", type_=BigInt)
_AFTER: BindParameter[int] = bindparam("after", type_=BigInt)


class _Kind(NamedTuple):
    """Where the posts of a branch stand: each kind is answered by one index alone."""

    id: Any
    whose: Any
    conditions: tuple[Any, ...]
    group: Any = None


def _is(words: str) -> ColumnElement[bool]:
    # SQLite uses a partial index only where the query has its very words: `open = 1` are others.
    return literal_column(words)


_ROOT, _OPEN, _CLOSED = posts.c.reply_to.is_(None), _is("posts.open"), _is("NOT posts.open")
_TOPIC_ROOT = _is("post_topics.root")

_KINDS = {
    "group": _Kind(posts.c.id, posts.c.group_id, (_ROOT,)),
    "author": _Kind(posts.c.id, posts.c.author_id, (_ROOT, _OPEN)),
    "said": _Kind(posts.c.id, posts.c.author_id, (_OPEN,)),
    "said_in": _Kind(posts.c.id, posts.c.author_id, (_CLOSED,), posts.c.group_id),
    "topic": _Kind(post_topics.c.post_id, post_topics.c.topic, (_TOPIC_ROOT, _is("post_topics.open"))),
    "topic_in": _Kind(
        post_topics.c.post_id,
        post_topics.c.topic,
        (_TOPIC_ROOT, _is("NOT post_topics.open")),
        post_topics.c.group_id,
    ),
    "mention": _Kind(mentions.c.post_id, mentions.c.actor_id, (_is("mentions.root"), _is("mentions.open"))),
    "mentioned": _Kind(mentions.c.post_id, mentions.c.actor_id, (_is("mentions.open"),)),
    "mentioned_in": _Kind(
        mentions.c.post_id, mentions.c.actor_id, (_is("NOT mentions.open"),), mentions.c.group_id
    ),
}


def newest(kind: str, whose: Any, group: Any = _NO_GROUP) -> Select[Any]:
    """Rows of one kind for the statement that `merged` takes: whose it is, in which closed group, and its newest id."""
    column = _KINDS[kind].id
    latest = select(func.max(column)).where(*_in(kind, whose, group)).scalar_subquery()
    named = isinstance(_KINDS[kind].whose.type, String)
    number, name = (_NOBODY, whose) if named else (whose, _NO_NAME)
    return select(literal(kind, literal_execute=False), number, name, group, latest)


def mark(word: str, whose: Any) -> Select[Any]:
    """A row among those of `newest` that is no branch: whether it is there tells something."""
    return select(literal(word, literal_execute=False), whose, _NO_NAME, _NO_GROUP, _NOBODY)


def newest_in_my_groups(kind: str, whose: Any) -> Select[Any]:
    """The same for each group of the viewer. In an open one nothing of these kinds is found."""
    mine = newest(kind, whose, memberships.c.group_id)
    return mine.select_from(memberships).where(memberships.c.actor_id == VIEWER)


def merged(tx: Tx, statement: Hot, page: Page, **parameters: Any) -> list[int]:
    """The ids of a page, newest first, one more than the limit where there are more.

    `statement` answers a row of `newest` for each branch.
    """
    return merge(tx, tx.hot(statement, **parameters, **bounds_of(page)), page)


def merge(tx: Tx, rows: Sequence[tuple[Any, ...]], page: Page, known: Iterable[int] = ()) -> list[int]:
    """The same for rows that are read already. `known` are of further branches: as many of their newest as fill a page."""
    most, bounds, found = page.limit + 1, bounds_of(page), set(known)
    branches, oldest = _worth_reading(rows, found, most)
    # With that many newest ones, nothing below the last of them can be shown either.
    bounds["after"] = max(bounds["after"], oldest - 1)
    for start in range(0, len(branches), _MOST_ARMS):
        reading, whose = _reading(branches[start : start + _MOST_ARMS])
        found.update(id_ for (id_,) in tx.hot(reading, most=most, **bounds, **whose))
    return sorted(found, reverse=True)[:most]


def _worth_reading(rows: Sequence[tuple[Any, ...]], known: set[int], most: int) -> tuple[list[Branch], int]:
    """The branches whose newest post is among the `most` newest: any other has that many newer posts above its own.

    Several branches may have the same newest post: it counts once. Also the last of those, 0 where there are fewer.
    """
    alive = [(id_, kind, name or number, group) for kind, number, name, group, id_ in rows if id_ is not None]
    kept = sorted({*known, *(id_ for id_, *_ in alive)}, reverse=True)[:most]
    oldest = kept[-1] if kept else 0
    branches = [(kind, whose, group) for id_, kind, whose, group in alive if id_ >= oldest]
    return branches, oldest if len(kept) == most else 0


def _in(kind: str, whose: Any, group: Any) -> list[Any]:
    found = _KINDS[kind]
    conditions = [found.whose == whose, *found.conditions, found.id < _BEFORE, found.id > _AFTER]
    return conditions if found.group is None else [found.group == group, *conditions]


_MOST_ARMS = 64
"""Branches in one statement; SQLite takes at most 500 terms."""


def _reading(branches: Sequence[Branch]) -> tuple[Hot, dict[str, Any]]:
    """A statement for the newest posts of these branches, filled up to a few sizes so that it is compiled only once."""
    of_kind: dict[str, list[Branch]] = {}
    for branch in branches:
        of_kind.setdefault(branch[0], []).append(branch)
    shape: list[tuple[str, int]] = []
    parameters: dict[str, Any] = {}
    for kind, ones in sorted(of_kind.items()):
        size = 1 << (len(ones) - 1).bit_length()
        for at, (_, whose, group) in enumerate([*ones, *[ones[0]] * (size - len(ones))]):
            parameters[f"{kind}_{at}"] = whose
            if group is not None:
                parameters[f"{kind}_{at}_group"] = group
        shape.append((kind, size))
    return _union(tuple(shape)), parameters


@lru_cache(maxsize=1024)
def _union(shape: tuple[tuple[str, int], ...]) -> Hot:
    return Hot(union_all(*(_arm(kind, f"{kind}_{at}") for kind, size in shape for at in range(size))))


def _arm(kind: str, parameter: str) -> SelectBase:
    column = _KINDS[kind].id
    latest = (
        select(column.label("id"))
        .where(*_in(kind, bindparam(parameter), bindparam(f"{parameter}_group")))
        .order_by(column.desc())
        .limit(at_most("most"))
    )
    # SQLite takes no LIMIT in an arm of a UNION, but in a subquery of one.
    return select(latest.subquery().c.id)
