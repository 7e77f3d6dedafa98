"""A million posts of an organisation's past, and three people who look at it in different ways."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import NamedTuple

from bench.events import text_of
from bench.filling import Filler, Row
from bench.organisation import FIRST_GROUP, FIRST_PERSON, FOLLOWS, put, token
from microblog.core.wire import encode

POPULATION = 2000
GROUPS = 400
POSTS = 1_000_000
BETWEEN = 60_000
"""Milliseconds between two posts: a million are two years."""

EVERYONE = 0.25
"""Share of posts that go to everyone; the rest goes to groups."""

REPLIES = 0.3
NAMING = 0.04
"""Share of posts that mention somebody."""

SILENT = FIRST_GROUP + GROUPS - 1
"""A group in which nothing was ever said."""

MANY = 300
"""Whom the one who follows many follows."""

AVERAGE, NEWCOMER, FOLLOWER = FIRST_PERSON, FIRST_PERSON + POPULATION - 1, FIRST_PERSON + POPULATION - 2

VIEWERS = {
    f"in 12 groups, following {FOLLOWS}": token(AVERAGE),
    "newcomer in one silent group": token(NEWCOMER),
    f"following {MANY}": token(FOLLOWER),
}


class _Post(NamedTuple):
    id: int
    group: int
    author: int
    thread: int | None


def fill(filler: Filler, posts: int) -> None:
    """An organisation and its past. The same in every run."""
    put(filler, POPULATION)
    for table in ("memberships", "follows"):
        whose = "actor_id" if table == "memberships" else "follower_id"
        filler.run(f"DELETE FROM {table} WHERE {whose} = {NEWCOMER}")
    filler.run(f"DELETE FROM memberships WHERE group_id = {SILENT}")
    now = time.time_ns() // 1_000_000
    filler.fill(
        "memberships", ("group_id", "actor_id", "role", "joined_at"), [(SILENT, NEWCOMER, "member", now)]
    )
    filler.fill(
        "follows",
        ("follower_id", "author_id", "at"),
        [(FOLLOWER, FIRST_PERSON + FOLLOWS + n, now) for n in range(MANY - FOLLOWS)],
    )
    filler.fill("posts", _COLUMNS, _rows(posts, now - posts * BETWEEN))
    filler.fill("mentions", ("actor_id", "post_id", "group_id", "root", "open"), _mentions(posts))


_COLUMNS = (
    *("id", "kind", "group_id", "open", "author_id", "thread_id", "reply_to"),
    *("created_at", "text", "tokens"),
)


def _posts(posts: int) -> Iterator[_Post]:
    """Threads begin here and there and are answered soon: a reply's thread is one of the last fifty."""
    chance = random.Random(8)
    recent: list[_Post] = []
    for id_ in range(1, posts + 1):
        # The newcomer has said nothing yet.
        author = FIRST_PERSON + chance.randrange(POPULATION - 1)
        if recent and chance.random() < REPLIES:
            root = chance.choice(recent)
            yield _Post(id_, root.group, author, root.id)
            continue
        everyone = chance.random() < EVERYONE
        post = _Post(id_, 1 if everyone else FIRST_GROUP + chance.randrange(GROUPS - 1), author, None)
        recent = [*recent[-49:], post]
        yield post


def _rows(posts: int, began: int) -> Iterator[Row]:
    text = text_of(160)
    tokens = encode([{"type": "paragraph", "tokens": [{"type": "text", "text": text}]}]).decode()
    for post in _posts(posts):
        yield (
            *(post.id, "post", post.group, True, post.author, post.thread, post.thread),
            *(began + post.id * BETWEEN, text, tokens),
        )


def _mentions(posts: int) -> Iterator[Row]:
    chance = random.Random(9)
    for post in _posts(posts):
        if chance.random() < NAMING:
            yield (
                FIRST_PERSON + chance.randrange(POPULATION - 1),
                post.id,
                post.group,
                post.thread is None,
                True,
            )
