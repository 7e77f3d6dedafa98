"""Posts and what hangs on them. Every post is in exactly one group; that alone decides who may see it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from microblog.db.schema import BigInt, Millis, identity, metadata

posts = Table(
    "posts",
    metadata,
    identity(),
    Column("kind", String(20), nullable=False),
    Column("group_id", BigInt, ForeignKey("groups.id"), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("author_id", BigInt, ForeignKey("actors.id"), nullable=False),
    Column("thread_id", BigInt, ForeignKey("posts.id")),
    Column("reply_to", BigInt, ForeignKey("posts.id")),
    Column("title", String(500)),
    Column("mentions", Text, nullable=False, server_default="[]"),
    Column("topics", Text, nullable=False, server_default="[]"),
    Column("link", Text),
    Column("content", Text),
    Column("source", Text),
    Column("quotes", BigInt),
    Column("reactions", Text, nullable=False, server_default="{}"),
    Column("replies", Integer, nullable=False, server_default="0"),
    Column("created_at", Millis, nullable=False),
    Column("revised_at", Millis),
    Column("withdrawn_at", Millis),
    Column("erased_at", Millis),
    Column("reason", Text),
    Column("folded", Text),
    Column("text", Text, nullable=False),
    Column("tokens", Text, nullable=False),
    Index(
        "ix_posts_group_root",
        "group_id",
        "id",
        sqlite_where=text("reply_to IS NULL"),
        postgresql_where=text("reply_to IS NULL"),
    ),
    Index(
        "ix_posts_author_open_root",
        "author_id",
        "id",
        sqlite_where=text("reply_to IS NULL AND open"),
        postgresql_where=text("reply_to IS NULL AND open"),
    ),
    Index(
        "ix_posts_author_open",
        "author_id",
        "id",
        sqlite_where=text("open"),
        postgresql_where=text("open"),
    ),
    Index(
        "ix_posts_author_closed",
        "author_id",
        "group_id",
        "id",
        sqlite_where=text("NOT open"),
        postgresql_where=text("NOT open"),
    ),
    Index(
        "ix_posts_thread",
        "thread_id",
        "id",
        sqlite_where=text("thread_id IS NOT NULL"),
        postgresql_where=text("thread_id IS NOT NULL"),
    ),
)
"""`open` is true where the group's kind is `all` or `public` (kinds never change), so that following someone reads one
index; what somebody says in closed groups is indexed by group, so that nobody walks over what they may not read.
`thread_id` is the first post's id, NULL for that one itself: its id is not known when it is inserted. `tokens`, `mentions`
(actor ids), `topics`, `reactions` (name to count), `link`, `content`, `source` are JSON, made once when written; `folded`
too, what lists show of a long text. The long columns come last: SQLite walks through a row to reach a column."""

mentions = Table(
    "mentions",
    metadata,
    Column("post_id", BigInt, ForeignKey("posts.id"), primary_key=True),
    Column("actor_id", BigInt, ForeignKey("actors.id"), primary_key=True),
    Column("group_id", BigInt, nullable=False),
    Column("root", Boolean, nullable=False),
    Column("open", Boolean, nullable=False),
    Index(
        "ix_mentions_open_root",
        "actor_id",
        "post_id",
        sqlite_where=text("root AND open"),
        postgresql_where=text("root AND open"),
    ),
    Index(
        "ix_mentions_open",
        "actor_id",
        "post_id",
        sqlite_where=text("open"),
        postgresql_where=text("open"),
    ),
    Index(
        "ix_mentions_closed",
        "actor_id",
        "group_id",
        "post_id",
        sqlite_where=text("NOT open"),
        postgresql_where=text("NOT open"),
    ),
)
"""Whom a post names. `group_id`, `root` and `open` are the post's own, here for the indexes. The key begins with the post:
beginning with the actor, SQLite preferred it to the index of closed groups, and walked over what one may not read."""

post_topics = Table(
    "post_topics",
    metadata,
    Column("post_id", BigInt, ForeignKey("posts.id"), primary_key=True),
    Column("topic", String(200), primary_key=True),
    Column("group_id", BigInt, nullable=False),
    Column("root", Boolean, nullable=False),
    Column("open", Boolean, nullable=False),
    Index(
        "ix_post_topics_open_root",
        "topic",
        "post_id",
        sqlite_where=text("root AND open"),
        postgresql_where=text("root AND open"),
    ),
    Index(
        "ix_post_topics_closed_root",
        "topic",
        "group_id",
        "post_id",
        sqlite_where=text("root AND NOT open"),
        postgresql_where=text("root AND NOT open"),
    ),
)
"""What a post is about; as `mentions`."""

reactions = Table(
    "reactions",
    metadata,
    Column("post_id", BigInt, ForeignKey("posts.id"), primary_key=True),
    Column("actor_id", BigInt, ForeignKey("actors.id"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("at", Millis, nullable=False),
    Index(None, "actor_id", "post_id"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("post_id", BigInt, ForeignKey("posts.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("tokens", Text, nullable=False),
    Column("at", Millis, nullable=False),
)
"""What a post said before; version 1 is the first text. Emptied when the post is withdrawn or erased."""

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("actor_id", BigInt, ForeignKey("actors.id"), primary_key=True),
    Column("post_id", BigInt, ForeignKey("posts.id"), primary_key=True),
    Column("at", Millis, nullable=False),
)

reads = Table(
    "reads",
    metadata,
    Column("actor_id", BigInt, ForeignKey("actors.id"), primary_key=True),
    Column("scope", String(40), primary_key=True),
    Column("up_to", BigInt, nullable=False),
    Column("at", Millis, nullable=False),
)
"""How far somebody has read. `scope` is a channel name, `group:12` or `thread:9`; `up_to` a post id."""

erasures = Table(
    "erasures",
    metadata,
    identity(),
    Column("at", Millis, nullable=False),
    Column("by", String(64), nullable=False),
    Column("reason", Text, nullable=False),
)
"""The public, permanent log on `/policy`: when, by whom, on what ground; neither post, group nor author."""
