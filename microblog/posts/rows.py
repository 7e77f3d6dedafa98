"""Reading rows of posts: the columns, what becomes of them, and statements for many ids at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import FromClause, Select, bindparam, case, literal_column, null, select

from microblog.access import Card, GroupCard
from microblog.access.tables import actors, groups
from microblog.core.clock import Millis, rfc3339
from microblog.db import Hot, Tx
from microblog.posts.model import Folded, Post
from microblog.posts.tables import posts

OPEN: Any = literal_column("posts.open")
"""Said as the partial indexes say it: SQLite uses one only where the query has its very words, and `open = 1` are others."""

WITH_CARDS: FromClause = posts.join(actors, actors.c.id == posts.c.author_id).join(
    groups, groups.c.id == posts.c.group_id
)

_HEAD = (
    posts.c.id,
    posts.c.kind,
    posts.c.thread_id,
    posts.c.reply_to,
    posts.c.title,
    posts.c.mentions,
    posts.c.topics,
    posts.c.link,
    posts.c.content,
    posts.c.source,
    posts.c.quotes,
    posts.c.reactions,
    posts.c.replies,
    posts.c.created_at,
    posts.c.revised_at,
    posts.c.withdrawn_at,
    posts.c.erased_at,
    posts.c.reason,
    actors.c.id,
    actors.c.handle,
    actors.c.name,
    actors.c.kind,
    actors.c.photo,
    actors.c.organisation,
    groups.c.id,
    groups.c.handle,
    groups.c.name,
    groups.c.kind,
)
_UNFOLDED = posts.c.folded.is_(None)

WHOLE = (*_HEAD, null().label("folded"), posts.c.text, posts.c.tokens)
"""Columns of a post with all of its text."""

SHOWN = (
    *_HEAD,
    posts.c.folded,
    case((_UNFOLDED, posts.c.text), else_=""),
    case((_UNFOLDED, posts.c.tokens), else_=""),
)
"""Columns of a post as lists show it: a long text stays where it is."""

_folded = msgspec.json.Decoder(Folded)


def encoded(json: str | msgspec.Raw) -> Any:
    """JSON that was made when it was written, for a field that says what is in it."""
    return msgspec.Raw(json.encode()) if isinstance(json, str) else json


def post_of(row: Sequence[Any]) -> Post:
    """The post in a row of WHOLE or SHOWN."""
    (
        id_, kind, thread, reply_to, title, mentions, topics, link, content, source, quotes, reactions, replies,
        created_at, revised_at, withdrawn_at, erased_at, reason, *cards, folded, text, tokens,
    ) = row  # fmt: skip
    start = _folded.decode(folded) if folded else None
    return Post(
        id=id_,
        kind=kind,
        author=Card(*cards[:6]),
        group=GroupCard(*cards[6:]),
        thread=thread or id_,
        reply_to=reply_to,
        text=start.text if start else text,
        tokens=encoded(start.tokens if start else tokens),
        files=[],
        mentions=encoded(mentions),
        topics=encoded(topics),
        reactions=encoded(reactions),
        replies=replies,
        created_at=rfc3339(created_at),
        title=title,
        folded=start is not None,
        length=start.length if start else None,
        link=encoded(link) if link else None,
        content=encoded(content) if content else None,
        source=encoded(source) if source else None,
        quotes=quotes,
        revised_at=_time(revised_at),
        withdrawn=withdrawn_at is not None or erased_at is not None,
        erased=erased_at is not None,
        reason=reason,
    )


def posts_by_id(tx: Tx, ids: Sequence[int], *, whole: bool = False) -> list[Post]:
    """These posts in this order. Not a gate: ask for what was already found readable."""
    found: dict[int, Post] = {}
    for statement, parameters in for_ids(_whole_by_ids if whole else _shown_by_ids, ids):
        found |= {row[0]: post_of(row) for row in tx.hot(statement, **parameters)}
    return [found[id_] for id_ in ids]


def for_ids(make: Any, ids: Sequence[int]) -> list[tuple[Hot, dict[str, Any]]]:
    """Hot statements, with their parameters, that together ask for all of `ids`: `make(n)` makes one for n.

    A hot statement can not expand a list. So there is one for each power of two, filled up by repeating an id.
    """
    asked = []
    for start in range(0, len(ids), _MOST):
        part = ids[start : start + _MOST]
        size = 1 << (len(part) - 1).bit_length()
        filled = [*part, *[part[0]] * (size - len(part))]
        asked.append((make(size), {f"id_{at}": id_ for at, id_ in enumerate(filled)}))
    return asked


def id_parameters(size: int) -> list[Any]:
    """The parameters that `for_ids` fills, for `column.in_(…)`."""
    return [bindparam(f"id_{at}") for at in range(size)]


_MOST = 128


@lru_cache
def _shown_by_ids(size: int) -> Hot:
    return Hot(_by_ids(SHOWN, size))


@lru_cache
def _whole_by_ids(size: int) -> Hot:
    return Hot(_by_ids(WHOLE, size))


def _by_ids(columns: Sequence[Any], size: int) -> Select[Any]:
    return select(*columns).select_from(WITH_CARDS).where(posts.c.id.in_(id_parameters(size)))


def _time(at: Millis | None) -> str | None:
    return None if at is None else rfc3339(at)
