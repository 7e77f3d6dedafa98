"""Who is who and who may what: actors, their credentials, groups by kind, and who is in them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
)
from sqlalchemy.engine.default import DefaultExecutionContext

from microblog.core.handles import handle_shape
from microblog.db.schema import BigInt, Millis, identity, metadata


def _shape(context: DefaultExecutionContext) -> str:
    """How the handle of the row being inserted looks, beside its key: `core.handles`."""
    parameters = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return handle_shape(str(parameters["handle"]))


actors = Table(
    "actors",
    metadata,
    identity(),
    Column("kind", String(10), nullable=False),
    Column("handle", String(64), nullable=False),
    Column("handle_key", String(64), nullable=False, unique=True),
    Column("handle_shape", String(64), nullable=False, index=True, default=_shape),
    Column("name", String(200), nullable=False),
    Column("email", String(254), unique=True),
    Column("organisation", String(200)),
    Column("department", String(200)),
    Column("photo", String(200)),
    Column("time_zone", String(64)),
    Column("language", String(10)),
    Column("admin", Boolean, nullable=False, server_default=false()),
    Column("owner_id", BigInt, ForeignKey("actors.id")),
    Column("password", String(200)),
    Column("created_at", Millis, nullable=False),
    Column("deactivated_at", Millis),
)
"""Every author: person, guest, bot, feed or hook. `handle_key` is the handle as compared, `handle_shape` as it looks (both
`core.handles`); `email` is case-folded; `owner_id` is who answers for a bot; `password` an argon2id hash; `photo` an
address we serve."""

external_ids = Table(
    "external_ids",
    metadata,
    Column("provider", String(40), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("actor_id", BigInt, ForeignKey("actors.id"), nullable=False, index=True),
)
"""Who an actor is elsewhere: a directory, a single sign-on. The seam for LDAP and SCIM."""

sessions = Table(
    "sessions",
    metadata,
    identity(),
    Column("actor_id", BigInt, ForeignKey("actors.id"), nullable=False, index=True),
    Column("secret_hash", LargeBinary(32), nullable=False, unique=True),
    Column("user_agent", String(300)),
    Column("network", String(64)),
    Column("created_at", Millis, nullable=False),
    Column("seen_at", Millis, nullable=False),
    Column("expires_at", Millis, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    identity(),
    Column("actor_id", BigInt, ForeignKey("actors.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("secret_hash", LargeBinary(32), nullable=False, unique=True),
    Column("scopes", String(200), nullable=False),
    Column("created_at", Millis, nullable=False),
    Column("used_at", Millis),
)
"""`scopes` is a space-separated list out of `read` and `write`."""

invitations = Table(
    "invitations",
    metadata,
    identity(),
    Column("secret_hash", LargeBinary(32), nullable=False, unique=True),
    Column("inviter_id", BigInt, ForeignKey("actors.id"), index=True),
    Column("admin", Boolean, nullable=False, server_default=false()),
    Column("email", String(254)),
    Column("note", String(500)),
    Column("group_id", BigInt, ForeignKey("groups.id")),
    Column("created_at", Millis, nullable=False),
    Column("expires_at", Millis, nullable=False),
    Column("joined_id", BigInt, ForeignKey("actors.id")),
    Column("joined_at", Millis),
    Column("withdrawn_at", Millis),
)
"""A link that lets one person in. Without an inviter and with `admin` it is the set-up link of an empty store; with a
`group_id` it lets a guest into that external group."""

groups = Table(
    "groups",
    metadata,
    identity(),
    Column("kind", String(10), nullable=False),
    Column("handle", String(64), nullable=False),
    Column("handle_key", String(64), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("description", String, nullable=False, server_default=""),
    Column("listed", Boolean, nullable=False, server_default=false()),
    Column("people_key", String, unique=True),
    Column("created_by", BigInt, ForeignKey("actors.id")),
    Column("created_at", Millis, nullable=False),
    Column("archived_at", Millis),
)
"""`kind` is all, public, private, external or direct, fixed at creation. The first migration inserts the one group `all`,
with id 1. `people_key` is a direct group's identity: its sorted actor ids, so that the same people get the same one."""

memberships = Table(
    "memberships",
    metadata,
    Column("group_id", BigInt, ForeignKey("groups.id"), primary_key=True),
    Column("actor_id", BigInt, ForeignKey("actors.id"), primary_key=True),
    Column("role", String(10), nullable=False),
    Column("level", String(10)),
    Column("joined_at", Millis, nullable=False),
    Column("added_by", BigInt, ForeignKey("actors.id")),
    Index(None, "actor_id", "group_id"),
)
"""`role` is owner or member; `level` everything, mentions or nothing. Nobody has a row for `all`: every employee is in
it."""

follows = Table(
    "follows",
    metadata,
    Column("follower_id", BigInt, ForeignKey("actors.id"), primary_key=True),
    Column("author_id", BigInt, ForeignKey("actors.id"), primary_key=True),
    Column("at", Millis, nullable=False),
    Index(None, "author_id", "follower_id"),
)

topic_follows = Table(
    "topic_follows",
    metadata,
    Column("follower_id", BigInt, ForeignKey("actors.id"), primary_key=True),
    Column("topic", String(200), primary_key=True),
    Column("at", Millis, nullable=False),
    Index(None, "topic", "follower_id"),
)
"""`topic` is the topic as compared: NFKC, case-folded, without `#`."""

activity = Table(
    "activity",
    metadata,
    Column("actor_id", BigInt, ForeignKey("actors.id"), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("department", String(200)),
    Column("wrote", Integer, nullable=False, server_default="0"),
    Column("reacted", Integer, nullable=False, server_default="0"),
    Column("read", Integer, nullable=False, server_default="0"),
    UniqueConstraint("day", "actor_id"),
)
"""Participation, one row per actor and day (`day` counts from 1970-01-01 in UTC)."""

whereabouts = Table(
    "whereabouts",
    metadata,
    Column("actor_id", BigInt, ForeignKey("actors.id"), primary_key=True),
    Column("place", String(200), nullable=False),
    Column("until", Millis),
    Column("at", Millis, nullable=False),
)
