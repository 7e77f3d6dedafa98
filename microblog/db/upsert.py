"""INSERT … ON CONFLICT: both engines spell it alike, SQLAlchemy has it once for each.

Looking first and inserting then is a race on PostgreSQL: two transactions see nothing, and the second fails on the key.
Hot, made once for a table: `tx.hot(insert_new(bookmarks, tx.dialect), actor_id=…, post_id=…, at=…)`, with every column.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Column, Table

from microblog.db.hot import DialectName, Hot


@cache
def insert_new(table: Table, dialect: DialectName) -> Hot:
    """Insert a row and answer its primary key; change and answer nothing where that is there already."""
    new = _insert(table, dialect).on_conflict_do_nothing()
    return Hot(new.returning(*table.primary_key), columns=table.columns.keys())


@cache
def insert_or_raise(column: Column[int], dialect: DialectName) -> Hot:
    """Insert a row, or replace the one that is there where `column` grows by it; answers the column.

    Where it would not grow, nothing is changed or answered.
    """
    table = column.table
    assert isinstance(table, Table)
    new = _insert(table, dialect)
    replaced = new.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={each.name: new.excluded[each.name] for each in table.columns if not each.primary_key},
        where=column < new.excluded[column.name],
    )
    return Hot(replaced.returning(column), columns=table.columns.keys())


def _insert(table: Table, dialect: DialectName) -> Any:
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
