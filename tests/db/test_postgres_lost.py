"""PostgreSQL goes away, breaks off, deadlocks: refused while it is away, and then on without a restart."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import insert, text, update

from microblog.access.tables import groups
from microblog.core.errors import Problem, Unavailable
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.db.migrate import migrate
from tests.support.services import PostgresServer
from tests.support.store import ADA, GRACE, LINUS, Store, everything, say, somebody, texts


@pytest.fixture
def own_store(own_postgres: PostgresServer, data: Path) -> Store:
    url = own_postgres.create()
    migrate(url, data)
    return Store("postgresql", url, data)


@pytest.fixture
async def own(own_store: Store) -> AsyncIterator[Database]:
    async with own_store.opened() as database:
        yield database


async def test_refused_while_it_is_away_and_then_on(own_postgres: PostgresServer, own: Database) -> None:
    await own.write(say, ADA, "before")
    own_postgres.kill()
    with pytest.raises(Unavailable) as refusal:
        await own.write(say, ADA, "meanwhile")
    assert refusal.value.retry_after > 0
    with pytest.raises(Unavailable):
        await own.read(everything, None)
    own_postgres.start()
    async with asyncio.timeout(10):
        while True:
            with suppress(Unavailable):
                await own.write(say, ADA, "after")
                break
            await asyncio.sleep(0.1)
    assert texts(await own.read(everything, None)) == ["before", "after"]


async def test_killed_under_load_nothing_acknowledged_is_lost(
    own_postgres: PostgresServer, own_store: Store, own: Database
) -> None:
    ok: set[str] = set()
    failed: set[str] = set()
    unknown: set[str] = set()
    going = True

    async def write(account: int) -> None:
        n = 0
        while going:
            n += 1
            word = f"{account} {n}"
            try:
                ok.add(await own.write(say, somebody(account, "x"), word))
            except Unavailable as problem:
                (unknown if problem.code == "unknown" else failed).add(word)
                await asyncio.sleep(0.05)

    writing = [asyncio.create_task(write(account)) for account in range(1, 17)]
    for _ in range(3):
        await asyncio.sleep(0.7)
        own_postgres.kill()
        await asyncio.sleep(0.2)
        own_postgres.start()
    await asyncio.sleep(1.0)
    going = False
    await asyncio.gather(*writing)
    seen = await own.read(everything, None)
    kept = texts(seen)
    assert [event.seq for event in seen] == list(range(1, len(seen) + 1))
    assert len(kept) == len(set(kept))
    assert ok <= set(kept) <= ok | unknown
    assert failed.isdisjoint(kept)
    assert ok
    assert failed
    heard = [event.seq for event in own_store.heard]
    assert heard == sorted(set(heard))


async def test_connections_that_broke_while_idle_cost_nobody_an_error(postgresql: Database) -> None:
    await asyncio.gather(*(postgresql.write(say, ADA, f"before {n}") for n in range(20)))
    await asyncio.gather(*(postgresql.read(everything, None) for _ in range(8)))

    def cut(tx: Tx, viewer: Viewer) -> None:
        tx.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )

    await postgresql.write(cut, ADA)
    await asyncio.gather(*(postgresql.write(say, LINUS, f"after {n}") for n in range(20)))
    answers = await asyncio.gather(*(postgresql.read(everything, None) for _ in range(8)))
    assert [len(answer) for answer in answers] == [40] * 8


async def test_a_deadlock_is_run_again(postgres_store: Store, postgresql: Database) -> None:
    def make(tx: Tx, viewer: Viewer, handle: str) -> int:
        made = tx.execute(
            insert(groups)
            .values(kind="public", handle=handle, handle_key=handle, name=handle, created_at=tx.now)
            .returning(groups.c.id)
        )
        return int(made.scalar_one())

    ids = [await postgresql.write(make, ADA, handle) for handle in ("one", "two")]
    both_hold_one = threading.Barrier(2)
    tried: list[str] = []

    def rename(tx: Tx, viewer: Viewer, order: list[int]) -> None:
        tried.append(viewer.handle)
        for at, id_ in enumerate(order):
            if at and len(tried) <= 2:
                both_hold_one.wait(5)
            tx.execute(update(groups).where(groups.c.id == id_).values(name=viewer.name))
        say(tx, viewer, viewer.handle)

    await asyncio.gather(
        postgresql.write(rename, LINUS, ids), postgresql.write(rename, GRACE, list(reversed(ids)))
    )
    assert len(tried) == 3
    assert sorted(texts(postgres_store.heard)) == ["grace", "linus"]


async def test_a_lock_that_is_held_for_long_is_a_503(postgresql: Database) -> None:
    release = threading.Event()

    def hold(tx: Tx, viewer: Viewer) -> None:
        tx.execute(text("UPDATE groups SET name = 'Held' WHERE id = 1"))
        release.wait(10)

    def want(tx: Tx, viewer: Viewer) -> None:
        tx.execute(text("UPDATE groups SET name = 'Wanted' WHERE id = 1"))

    holding = asyncio.create_task(postgresql.write(hold, ADA))
    await asyncio.sleep(0.1)
    try:
        async with asyncio.timeout(3):
            with pytest.raises(Problem) as refusal:
                await postgresql.write(want, LINUS)
    finally:
        release.set()
    assert refusal.value.status == 503
    await holding
