"""The first schema: who is who, groups, posts, and the journal that tells of them."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from microblog.core import clock

revision = "0001"
down_revision = None

BigInt = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _actors()
    _consumers()
    _counter()
    _erasures()
    _events()
    _requests()
    _activity()
    _external_ids()
    _follows()
    _groups()
    _reads()
    _sessions()
    _tokens()
    _topic_follows()
    _whereabouts()
    _invitations()
    _memberships()
    _posts()
    _bookmarks()
    _mentions()
    _post_topics()
    _reactions()
    _revisions()
    _begin()


def _begin() -> None:
    """What stands in every store from the start: its numbering, and the group of everyone."""
    connection = op.get_bind()
    counter = sa.table("counter", sa.column("id"), sa.column("seq"), sa.column("epoch"))
    connection.execute(sa.insert(counter).values(id=1, seq=0, epoch=secrets.token_hex(16)))
    # The product names it by its handle in every language; its id is the first that the table hands out.
    connection.execute(
        sa.text(
            "INSERT INTO groups (kind, handle, handle_key, name, created_at)"
            " VALUES ('all', 'all', 'all', 'Everyone', :now)"
        ),
        {"now": clock.now()},
    )


def _actors() -> None:
    op.create_table(
        "actors",
        sa.Column("id", BigInt, autoincrement=True, primary_key=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("handle", sa.String(length=64), nullable=False),
        sa.Column("handle_key", sa.String(length=64), nullable=False, unique=True),
        sa.Column("handle_shape", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), unique=True),
        sa.Column("organisation", sa.String(length=200)),
        sa.Column("department", sa.String(length=200)),
        sa.Column("photo", sa.String(length=200)),
        sa.Column("time_zone", sa.String(length=64)),
        sa.Column("language", sa.String(length=10)),
        sa.Column("admin", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("owner_id", BigInt, sa.ForeignKey("actors.id")),
        sa.Column("password", sa.String(length=200)),
        sa.Column("created_at", BigInt, nullable=False),
        sa.Column("deactivated_at", BigInt),
    )
    op.create_index(op.f("ix_actors_handle_shape"), "actors", ["handle_shape"], unique=False)


def _consumers() -> None:
    op.create_table(
        "consumers",
        sa.Column("name", sa.String(length=40), primary_key=True),
        sa.Column("cursor", BigInt, nullable=False),
        sa.Column("holder", sa.String(length=64)),
        sa.Column("leased_until", BigInt, server_default="0", nullable=False),
    )


def _counter() -> None:
    op.create_table(
        "counter",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("seq", BigInt, nullable=False),
        sa.Column("pruned", BigInt, server_default="0", nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
    )


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", BigInt, autoincrement=True, primary_key=True),
        sa.Column("at", BigInt, nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", BigInt, autoincrement=False, primary_key=True),
        sa.Column("at", BigInt, nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("actor", BigInt, nullable=False),
        sa.Column("via", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", BigInt, nullable=False),
        sa.Column("channels", sa.String(), nullable=False),
        sa.Column("control", sa.LargeBinary()),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    op.create_index(op.f("ix_events_at"), "events", ["at"], unique=False)
    op.create_index(
        op.f("ix_events_subject_kind_subject_id"), "events", ["subject_kind", "subject_id"], unique=False
    )


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("actor_id", BigInt, primary_key=True),
        sa.Column("key", sa.String(length=200), primary_key=True),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("body_sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", BigInt, nullable=False),
        sa.Column("at", BigInt, nullable=False),
    )
    op.create_index(op.f("ix_requests_at"), "requests", ["at"], unique=False)


def _activity() -> None:
    op.create_table(
        "activity",
        sa.Column("actor_id", BigInt, sa.ForeignKey("actors.id"), primary_key=True),
        sa.Column("day", sa.Integer(), primary_key=True),
        sa.Column("department", sa.String(length=200)),
        sa.Column("wrote", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reacted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("read", sa.Integer(), server_default="0", nullable=False),
        sa.UniqueConstraint("day", "actor_id"),
    )


def _external_ids() -> None:
    op.create_table(
        "external_ids",
        sa.Column("provider", sa.String(length=40), primary_key=True),
        sa.Column("subject", sa.String(length=255), primary_key=True),
        sa.Column("actor_id", BigInt, sa.ForeignKey("actors.id"), nullable=False),
    )
    op.create_index(op.f("ix_external_ids_actor_id"), "external_ids", ["actor_id"], unique=False)


def _follows() -> None:
    op.create_table(
        "follows",
        sa.Column("follower_id", BigInt, sa.ForeignKey("actors.id"), primary_key=True),
        sa.Column("author_id", BigInt, sa.ForeignKey("actors.id"), primary_key=True),
        sa.Column("at", BigInt, nullable=False),
    )
    op.create_index(
        op.f("ix_follows_author_id_follower_id"), "follows", ["author_id", "follower_id"], unique=False
    )


def _groups() -> None:
    op.create_table(
        "groups",
        sa.Column("id", BigInt, autoincrement=True, primary_key=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("handle", sa.String(length=64), nullable=False),
        sa.Column("handle_key", sa.String(length=64), nullable=False, unique=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(), server_default="", nullable=False),
        sa.Column("listed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("people_key", sa.String(), unique=True),
        sa.Column("created_by", BigInt, sa.ForeignKey("actors.id")),
        sa.Column("created_at", BigInt, nullable=False),
        sa.Column("archived_at", BigInt),
    )


def _reads() -> None:
    op.create_table(
        "reads",
        sa.Column("actor_id", BigInt, sa.ForeignKey("actors.id"), primary_key=True),
        sa.Column("scope", sa.String(length=40), primary_key=True),
        sa.Column("up_to", BigInt, nullable=False),
        sa.Column("at", BigInt, nullable=False),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", BigInt, autoincrement=True, primary_key=True),
        sa.Column("actor_id", BigInt, sa.ForeignKey("actors.id"), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False, unique=True),
        sa.Column("user_agent", sa.String(length=300)),
        sa.Column("network", sa.String(length=64)),
        sa.Column("created_at", BigInt, nullable=False),
        sa.Column("seen_at", BigInt, nullable=False),
        sa.Column("expires_at", BigInt, nullable=False),
    )
    op.create_index(op.f("ix_sessions_actor_id"), "sessions", ["actor_id"], unique=False)


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", BigInt, autoincrement=True, primary_key=True),
        sa.Column("actor_id", BigInt, sa.ForeignKey("actors.id"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False, unique=True),
        sa.Column("scopes", sa.String(length=200), nullable=False),
        sa.Column("created_at", BigInt, nullable=False),
        sa.Column("used_at", BigInt),
    )
    op.create_index(op.f("ix_tokens_actor_id"), "tokens", ["actor_id"], unique=False)


def _topic_follows() -> None:
    op.create_table(
        "topic_follows",
        sa.Column("follower_id", BigInt, sa.ForeignKey("actors.id"), primary_key=True),
        sa.Column("topic", sa.String(length=200), primary_key=True),
        sa.Column("at", BigInt, nullable=False),
    )
    op.create_index(
        op.f("ix_topic_follows_topic_follower_id"), "topic_follows", ["topic", "follower_id"], unique=False
    )


def _whereabouts() -> None:
    op.create_table(
        "whereabouts",
        sa.Column("actor_id", BigInt, sa.ForeignKey("actors.id"), primary_key=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("until", BigInt),
        sa.Column("at", BigInt, nullable=False),
    )


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", BigInt, autoincrement=True, primary_key=True),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False, unique=True),
        sa.Column("inviter_id", BigInt, sa.ForeignKey("actors.id")),
        sa.Column("admin", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("email", sa.String(length=254)),
        sa.Column("note", sa.String(length=500)),
        sa.Column("group_id", BigInt, sa.ForeignKey("groups.id")),
        sa.Column("created_at", BigInt, nullable=False),
        sa.Column("expires_at", BigInt, nullable=False),
        sa.Column("joined_id", BigInt, sa.ForeignKey("actors.id")),
        sa.Column("joined_at", BigInt),
        sa.Column("withdrawn_at", BigInt),
    )
    op.create_index(op.f("ix_invitations_inviter_id"), "invitations", ["inviter_id"], unique=False)


def _memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("group_id", BigInt, sa.ForeignKey("groups.id"), primary_key=True),
        sa.Column("actor_id", BigInt, sa.ForeignKey("actors.id"), primary_key=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("level", sa.String(length=10)),
        sa.Column("joined_at", BigInt, nullable=False),
        sa.Column("added_by", BigInt, sa.ForeignKey("actors.id")),
    )
    op.create_index(
        op.f("ix_memberships_actor_id_group_id"), "memberships", ["actor_id", "group_id"], unique=False
    )


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", BigInt, autoincrement=True, primary_key=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("group_id", BigInt, sa.ForeignKey("groups.id"), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("author_id", BigInt, sa.ForeignKey("actors.id"), nullable=False),
        sa.Column("thread_id", BigInt, sa.ForeignKey("posts.id")),
        sa.Column("reply_to", BigInt, sa.ForeignKey("posts.id")),
        sa.Column("title", sa.String(length=500)),
        sa.Column("mentions", sa.Text(), server_default="[]", nullable=False),
        sa.Column("topics", sa.Text(), server_default="[]", nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("content", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("quotes", BigInt),
        sa.Column("reactions", sa.Text(), server_default="{}", nullable=False),
        sa.Column("replies", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", BigInt, nullable=False),
        sa.Column("revised_at", BigInt),
        sa.Column("withdrawn_at", BigInt),
        sa.Column("erased_at", BigInt),
        sa.Column("reason", sa.Text()),
        sa.Column("folded", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
    )
    op.create_index(
        "ix_posts_author_closed",
        "posts",
        ["author_id", "group_id", "id"],
        unique=False,
        sqlite_where=sa.text("NOT open"),
        postgresql_where=sa.text("NOT open"),
    )
    op.create_index(
        "ix_posts_author_open",
        "posts",
        ["author_id", "id"],
        unique=False,
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    )
    op.create_index(
        "ix_posts_author_open_root",
        "posts",
        ["author_id", "id"],
        unique=False,
        sqlite_where=sa.text("reply_to IS NULL AND open"),
        postgresql_where=sa.text("reply_to IS NULL AND open"),
    )
    op.create_index(
        "ix_posts_group_root",
        "posts",
        ["group_id", "id"],
        unique=False,
        sqlite_where=sa.text("reply_to IS NULL"),
        postgresql_where=sa.text("reply_to IS NULL"),
    )
    op.create_index(
        "ix_posts_thread",
        "posts",
        ["thread_id", "id"],
        unique=False,
        sqlite_where=sa.text("thread_id IS NOT NULL"),
        postgresql_where=sa.text("thread_id IS NOT NULL"),
    )


def _bookmarks() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("actor_id", BigInt, sa.ForeignKey("actors.id"), primary_key=True),
        sa.Column("post_id", BigInt, sa.ForeignKey("posts.id"), primary_key=True),
        sa.Column("at", BigInt, nullable=False),
    )


def _mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("post_id", BigInt, sa.ForeignKey("posts.id"), primary_key=True),
        sa.Column("actor_id", BigInt, sa.ForeignKey("actors.id"), primary_key=True),
        sa.Column("group_id", BigInt, nullable=False),
        sa.Column("root", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
    )
    op.create_index(
        "ix_mentions_closed",
        "mentions",
        ["actor_id", "group_id", "post_id"],
        unique=False,
        sqlite_where=sa.text("NOT open"),
        postgresql_where=sa.text("NOT open"),
    )
    op.create_index(
        "ix_mentions_open",
        "mentions",
        ["actor_id", "post_id"],
        unique=False,
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    )
    op.create_index(
        "ix_mentions_open_root",
        "mentions",
        ["actor_id", "post_id"],
        unique=False,
        sqlite_where=sa.text("root AND open"),
        postgresql_where=sa.text("root AND open"),
    )


def _post_topics() -> None:
    op.create_table(
        "post_topics",
        sa.Column("post_id", BigInt, sa.ForeignKey("posts.id"), primary_key=True),
        sa.Column("topic", sa.String(length=200), primary_key=True),
        sa.Column("group_id", BigInt, nullable=False),
        sa.Column("root", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
    )
    op.create_index(
        "ix_post_topics_closed_root",
        "post_topics",
        ["topic", "group_id", "post_id"],
        unique=False,
        sqlite_where=sa.text("root AND NOT open"),
        postgresql_where=sa.text("root AND NOT open"),
    )
    op.create_index(
        "ix_post_topics_open_root",
        "post_topics",
        ["topic", "post_id"],
        unique=False,
        sqlite_where=sa.text("root AND open"),
        postgresql_where=sa.text("root AND open"),
    )


def _reactions() -> None:
    op.create_table(
        "reactions",
        sa.Column("post_id", BigInt, sa.ForeignKey("posts.id"), primary_key=True),
        sa.Column("actor_id", BigInt, sa.ForeignKey("actors.id"), primary_key=True),
        sa.Column("name", sa.String(length=64), primary_key=True),
        sa.Column("at", BigInt, nullable=False),
    )
    op.create_index(op.f("ix_reactions_actor_id_post_id"), "reactions", ["actor_id", "post_id"], unique=False)


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("post_id", BigInt, sa.ForeignKey("posts.id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.Column("at", BigInt, nullable=False),
    )
