"""What the API and the events say of a post, and what clients send."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from microblog.access import Card, GroupCard
from microblog.core.bounds import MAX_INT, Draft, Id, Limit
from microblog.core.text import Block

LONGEST_TEXT = 64 * 1024
"""Bytes of UTF-8 of a text: capacity, not a rule of style."""

MOST_MENTIONS = 1_000
"""Actors whom one text tells of itself; further mentions are links like any other. Each costs a row and a channel."""

MOST_TOPICS = 100
"""Topics under whose name one text is found; further ones are links like any other."""

LONGEST_NAME = 64
"""Characters of the name of a reaction."""

MOST_NAMES = 100
"""Different reactions to one post: they travel with it in every event and list."""

Key = Annotated[str, Meta(min_length=1, max_length=200)]
GroupName = Annotated[str, Meta(min_length=1, max_length=200)]


class Post(msgspec.Struct, frozen=True, omit_defaults=True, gc=False, kw_only=True):
    """A post as everyone is told of it. Where two are of the same id, the newer one replaces the other as a whole.

    `length` is the whole text's, in bytes of UTF-8, where `folded` says that `text` and `tokens` are only its beginning. A
    withdrawn one is a tombstone: text, tokens, mentions and topics are empty; an erased one also says the `reason`.
    """

    id: int
    kind: str
    author: Card
    group: GroupCard
    thread: int
    reply_to: int | None
    text: str
    tokens: list[Block]
    files: list[int]
    mentions: list[int]
    topics: list[str]
    reactions: dict[str, int]
    replies: int
    created_at: str
    title: str | None = None
    folded: bool = False
    length: int | None = None
    link: dict[str, Any] | None = None
    content: dict[str, Any] | None = None
    source: dict[str, Any] | None = None
    quotes: int | None = None
    revised_at: str | None = None
    withdrawn: bool = False
    erased: bool = False
    reason: str | None = None


class Folded(msgspec.Struct, frozen=True, gc=False):
    """What lists show of a long text."""

    text: str
    tokens: msgspec.Raw
    length: int


class GroupId(msgspec.Struct, frozen=True, gc=False):
    """The group that a part of a post's state belongs to."""

    id: int


class Reacted(msgspec.Struct, frozen=True, gc=False):
    """How often each reaction was given to a post: the whole of it, to be merged by `id`."""

    id: int
    thread: int
    group: GroupId
    reactions: dict[str, int]


class Replied(msgspec.Struct, frozen=True, gc=False):
    """How many posts a thread has below its first one, to be merged by `id`."""

    id: int
    group: GroupId
    replies: int


class Mine(msgspec.Struct, frozen=True, gc=False):
    """What is the viewer's own about a post."""

    reactions: list[str]
    bookmarked: bool


class MineChanged(msgspec.Struct, frozen=True, gc=False):
    """The same, heard on one's own channel."""

    post: int
    reactions: list[str]
    bookmarked: bool


class Revision(msgspec.Struct, frozen=True, gc=False):
    """What a post said from `at` on. Version 1 is the first."""

    version: int
    at: str
    text: str
    tokens: list[Block]


class Publish(Draft, frozen=True, kw_only=True):
    """Something to say. Without `group` it goes to everyone; a reply goes where its thread is."""

    text: str
    group: GroupName | Id | None = None
    reply_to: Id | None = None
    quotes: Id | None = None
    key: Key | None = None


class Revise(Draft, frozen=True):
    """What a post is to say from now on."""

    text: str


class Page(Draft, frozen=True, kw_only=True):
    """A part of a list: the `limit` newest whose id is below `before` and above `after`."""

    limit: Limit = 20
    before: Id | None = None
    after: Annotated[int, Meta(ge=0, le=2**53 - 1)] | None = None


class ThreadPage(Draft, frozen=True, kw_only=True):
    """A part of a thread: its first post, and the `limit` newest replies below `before` and above `after`."""

    limit: Limit = 100
    before: Id | None = None
    after: Annotated[int, Meta(ge=0, le=2**53 - 1)] | None = None


def bounds_of(page: Page | ThreadPage) -> dict[str, int]:
    """The parameters `before` and `after` of a statement that reads a part of a list by id."""
    return {"before": page.before or MAX_INT, "after": page.after or 0}


class HistoryPage(Draft, frozen=True, kw_only=True):
    """A part of a history: the `limit` newest versions below `before`."""

    limit: Annotated[int, Meta(ge=1, le=20)] = 20
    before: Id | None = None


class ReadUpTo(Draft, frozen=True, kw_only=True):
    """How far somebody has read in a group (by handle or id) or in a thread (by the id of any of its posts)."""

    up_to: Id
    group: GroupName | Id | None = None
    thread: Id | None = None


class ReadMark(msgspec.Struct, frozen=True, gc=False):
    """How far the viewer has read, by the name of the channel: `group:12` or `thread:9`."""

    scope: str
    up_to: int


class ReadChanged(msgspec.Struct, frozen=True, gc=False):
    """The same, heard on one's own channel."""

    read: ReadMark


class Unread(msgspec.Struct, frozen=True, gc=False):
    """What is new to the viewer in a group: root posts of others above `up_to`, counted as far as 1,000."""

    group: GroupCard
    up_to: int
    unread: int
