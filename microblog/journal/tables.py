"""The journal: what happened, in commit order, and who has already followed it up."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from microblog.db.schema import BigInt, Millis, metadata

counter = Table(
    "counter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInt, nullable=False),
    Column("pruned", BigInt, nullable=False, server_default="0"),
    Column("epoch", String(32), nullable=False),
)
"""One row, `id` 1. `seq` is the newest number given out and is changed last in every transaction; `pruned` is the newest
one that the journal no longer holds; `epoch` is random and made with the store."""

events = Table(
    "events",
    metadata,
    Column("seq", BigInt, primary_key=True, autoincrement=False),
    Column("at", Millis, nullable=False),
    Column("type", String(40), nullable=False),
    Column("actor", BigInt, nullable=False),
    Column("via", String(40), nullable=False),
    Column("subject_kind", String(20), nullable=False),
    Column("subject_id", BigInt, nullable=False),
    Column("channels", String, nullable=False),
    Column("control", LargeBinary),
    Column("data", LargeBinary, nullable=False),
    Index(None, "subject_kind", "subject_id"),
    Index(None, "at"),
)
"""`channels` is a space-separated list; `control` and `data` are JSON in UTF-8."""

consumers = Table(
    "consumers",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("cursor", BigInt, nullable=False),
    Column("holder", String(64)),
    Column("leased_until", Millis, nullable=False, server_default="0"),
)
"""Follow-up jobs. `cursor` is the seq of the last event whose effect is committed; one holder runs each."""
