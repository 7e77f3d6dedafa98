"""What the API remembers of requests, so that sending one twice does it once."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from microblog.db.schema import BigInt, Millis, metadata

requests = Table(
    "requests",
    metadata,
    Column("actor_id", BigInt, primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("method", String(10), nullable=False),
    Column("path", String(500), nullable=False),
    Column("body_sha256", LargeBinary(32), nullable=False),
    Column("status", Integer, nullable=False),
    Column("subject_kind", String(20), nullable=False),
    Column("subject_id", BigInt, nullable=False),
    Column("at", Millis, nullable=False, index=True),
)
"""Idempotency keys, written in the transaction of the change that they name and kept for 30 days."""
