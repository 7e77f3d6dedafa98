"""Conventions of the schema: one MetaData, named constraints, and the column types both engines share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigInt = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both engines: SQLite's INTEGER is, and only under that name does a primary key become the rowid."""

Millis = BigInteger().with_variant(Integer(), "sqlite")
"""A time: milliseconds since the epoch (`core.clock`)."""


def identity() -> Column[Any]:
    """The primary key of a table whose rows are never renumbered: ids are handed out once, in ascending order."""
    return Column("id", BigInt, primary_key=True, autoincrement=True)
