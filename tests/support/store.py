"""Stores to test on: fresh ones, migrated once per run and copied, on either engine."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from microblog import journal
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx, open_database
from microblog.db.migrate import migrate
from microblog.journal import Committed, Control, Event
from tests.support.services import PostgresServer


@dataclass
class Store:
    """An empty, migrated store. `url` is what MICROBLOG_DATABASE_URL would be, `data` what DATA would."""

    engine: str
    url: str
    data: Path
    heard: list[Committed] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.data / "microblog.db"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Database]:
        """A database on it; what is committed is added to `heard`."""
        database = await open_database(
            self.url, data=self.data, seal=journal.seal, on_commit=self.heard.extend
        )
        try:
            yield database
        finally:
            await database.close()


@functools.cache
def migrated() -> bytes:
    """The file of an empty, migrated SQLite store."""
    with tempfile.TemporaryDirectory() as folder:
        migrate("", Path(folder))
        return (Path(folder) / "microblog.db").read_bytes()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = postgres_server.create()
    migrate(url, tmp_path_factory.mktemp("template"))
    return make_url(url).database or ""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def sqlite_store(data: Path) -> Store:
    (data / "microblog.db").write_bytes(migrated())
    return Store("sqlite", "", data)


@pytest.fixture
def postgres_store(postgres_server: PostgresServer, postgres_template: str, data: Path) -> Iterator[Store]:
    url = postgres_server.create(postgres_template)
    yield Store("postgresql", url, data)
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """A migrated store, once on each engine."""
    name = "sqlite_store" if request.param == "sqlite" else "postgres_store"
    found: Store = request.getfixturevalue(name)
    return found


@pytest.fixture
async def database(store: Store) -> AsyncIterator[Database]:
    """The database of `store`, opened."""
    async with store.opened() as opened:
        yield opened


@pytest.fixture
async def sqlite(sqlite_store: Store) -> AsyncIterator[Database]:
    async with sqlite_store.opened() as opened:
        yield opened


@pytest.fixture
async def postgresql(postgres_store: Store) -> AsyncIterator[Database]:
    async with postgres_store.opened() as opened:
        yield opened


def somebody(id: int, handle: str) -> Viewer:
    """A viewer for whom no row stands in the store."""
    return Viewer(id=id, handle=handle, name=handle.title(), kind="person", via=f"token:{id}")


ADA, LINUS, GRACE = somebody(1, "ada"), somebody(2, "linus"), somebody(3, "grace")


def said(actor: int, text: str, subject: int = 1, control: Control | None = None) -> Event:
    return Event(
        type="post.published",
        actor=actor,
        via="cli",
        subject_kind="post",
        subject_id=subject,
        channels=("all", "group:1"),
        data=b'{"text":"%s"}' % text.encode(),
        control=control,
    )


def say(tx: Tx, viewer: Viewer, text: str, subject: int = 1) -> str:
    """The smallest action: one event, no row."""
    journal.record(tx, said(viewer.id, text, subject))
    return text


def everything(tx: Tx, viewer: Any = None) -> list[Committed]:
    return journal.since(tx, 0, 100_000)


def texts(events: list[Committed]) -> list[str]:
    return [event.data.decode().split('"')[3] for event in events]
