"""Migrations make what the tables say, on both engines, whole or not at all."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, insert, inspect, select, text

from microblog.access.tables import groups
from microblog.db import sqlite_driver, tables
from microblog.db.migrate import applied, connected, migrate, newest, upgrade
from microblog.journal.tables import counter
from microblog.paths import migrations_dir
from tests.support.services import PostgresServer
from tests.support.store import Store


def test_sqlite_has_what_the_tables_say(sqlite_store: Store, tmp_path: Path) -> None:
    fresh = sqlite_driver.Session(sqlite_driver.connect(tmp_path / "fresh.db"))
    tables.load().create_all(fresh.core)
    with connected("", sqlite_store.data) as migrated:
        assert _sqlite_schema(migrated) == _sqlite_schema(fresh.core)
        assert _differences(migrated) == []
    fresh.close()


def test_postgresql_has_what_the_tables_say(
    postgres_store: Store, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    url = postgres_server.create()
    with connected(url, tmp_path) as fresh, connected(postgres_store.url, tmp_path) as migrated:
        tables.load().create_all(fresh)
        assert _postgres_schema(migrated) == _postgres_schema(fresh)
        assert _differences(migrated) == []
    postgres_server.drop(url)


def test_a_missing_column_would_be_noticed(sqlite_store: Store) -> None:
    with connected("", sqlite_store.data) as migrated:
        migrated.execute(text("ALTER TABLE posts DROP COLUMN quotes"))
        assert len(_differences(migrated)) == 1


def test_a_new_store_holds_its_numbering_and_the_group_of_everyone(store: Store) -> None:
    with connected(store.url, store.data) as connection:
        [(seq, epoch)] = connection.execute(select(counter.c.seq, counter.c.epoch)).all()
        assert seq == 0
        assert len(epoch) == 32
        assert connection.execute(select(groups.c.id, groups.c.kind, groups.c.handle)).all() == [
            (1, "all", "all")
        ]
        made = connection.execute(
            insert(groups)
            .values(kind="public", handle="java", handle_key="java", name="Java", created_at=0)
            .returning(groups.c.id)
        )
        assert made.scalar_one() == 2


def test_a_migrated_store_is_at_the_newest_revision(store: Store) -> None:
    """By name it is known whether there is anything to do, without Alembic: it must agree."""
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()))
    assert newest() == ScriptDirectory.from_config(config).get_current_head()
    with connected(store.url, store.data) as connection:
        assert applied(connection) == newest()


def test_again_does_nothing_and_keeps_the_epoch(store: Store) -> None:
    before = _epoch(store)
    migrate(store.url, store.data)
    assert _epoch(store) == before


def test_several_at_once_migrate_once(engine: str, tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            migrate(engine, tmp_path)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert _epoch(Store("", engine, tmp_path))


def test_one_that_fails_leaves_nothing_behind(engine: str, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="half way"), connected(engine, tmp_path) as connection:
        upgrade(connection)
        assert "posts" in inspect(connection).get_table_names()
        raise RuntimeError("half way")
    with connected(engine, tmp_path) as connection:
        assert inspect(connection).get_table_names() == []
    migrate(engine, tmp_path)
    assert _epoch(Store("", engine, tmp_path))


def _epoch(store: Store) -> str:
    with connected(store.url, store.data) as connection:
        return str(connection.execute(select(counter.c.epoch)).scalar_one())


def _differences(connection: Connection) -> list[object]:
    metadata: MetaData = tables.load()
    # Not defaults: Alembic reads SQLite's '' as none. The schemas' own text is compared beside this.
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = list(compare_metadata(context, metadata))
    return [each for each in found if "alembic_version" not in repr(each)]


def _sqlite_schema(connection: Connection) -> set[tuple[str, str]]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {(name, sql) for name, sql in rows if not name.startswith("alembic")}


def _postgres_schema(connection: Connection) -> set[tuple[object, ...]]:
    columns = connection.execute(
        text(
            "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        )
    )
    indexes = connection.execute(
        text("SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'")
    )
    constraints = connection.execute(
        text(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace"
        )
    )
    rows = [tuple(row) for found in (columns, indexes, constraints) for row in found]
    return {row for row in rows if "alembic" not in str(row[0])}
