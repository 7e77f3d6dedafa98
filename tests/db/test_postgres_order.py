"""PostgreSQL: readers see every event, in order, whatever writers do (the counter's row is taken last)."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

from sqlalchemy import text

from microblog import journal
from microblog.core.errors import Unavailable
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.db.postgres_driver import Engine
from microblog.db.urls import parse
from microblog.journal import Committed
from tests.db import writers
from tests.support.store import ADA, LINUS, Store, everything, said, say, texts

MANY = 170
"""Units of each of three processes."""


async def follow(database: Database, until: asyncio.Event) -> list[Committed]:
    """A reader that asks for what came after the last it saw, as a resuming client does."""
    seen: list[Committed] = []
    while True:
        last_round = until.is_set()
        seen += await database.read(_after, None, len(seen))
        if last_round:
            return seen
        await asyncio.sleep(0.002)


def _after(tx: Tx, viewer: None, position: int) -> list[Committed]:
    return journal.since(tx, position, 1000)


async def test_one_held_open_before_the_counter_hides_and_reorders_nothing(postgres_store: Store) -> None:
    ready, release = threading.Event(), threading.Event()

    def dawdle(tx: Tx, viewer: Viewer) -> None:
        journal.record(tx, said(viewer.id, "held"))
        tx.execute(text("SELECT 1"))
        ready.set()
        assert release.wait(10)

    others = [await writers.start(postgres_store, name, MANY) for name in ("ada", "linus", "grace")]
    async with postgres_store.opened() as database:
        done = asyncio.Event()
        reading = asyncio.create_task(follow(database, done))
        held = asyncio.create_task(database.write(dawdle, ADA))
        await asyncio.to_thread(ready.wait, 5)
        out = await writers.go(others)
        assert not held.done()
        release.set()
        await held
        done.set()
        seen = await reading
    assert [event.seq for event in seen] == list(range(1, 3 * MANY + 2))
    assert texts(seen)[-1] == "held"
    expected = {"held"}.union(*(writers.acknowledged(lines) for lines in out))
    assert set(texts(seen)) == expected
    assert len(expected) == 3 * MANY + 1


async def test_one_frozen_with_the_counter_delays_others_five_seconds_at_most(postgres_store: Store) -> None:
    address = parse(postgres_store.url, Path())
    assert not isinstance(address, Path)
    frozen = Engine(address).connect()
    frozen.run("BEGIN")
    frozen.run("UPDATE counter SET seq = seq + 1 WHERE id = 1")
    began = time.monotonic()
    kept: list[str] = []
    refused: list[str] = []
    async with postgres_store.opened() as database:

        async def insist(viewer: Viewer, text: str) -> None:
            while True:
                try:
                    kept.append(await database.write(say, viewer, text))
                    return
                except Unavailable as problem:
                    refused.append(problem.code)

        await asyncio.gather(
            *(insist(viewer, f"{viewer.handle} {n}") for viewer in (ADA, LINUS) for n in range(20))
        )
        took = time.monotonic() - began
        seen = await database.read(everything, None)
    frozen.close()
    assert set(refused) == {"unavailable"}
    assert 4 < took < 8
    assert sorted(texts(seen)) == sorted(kept)
    assert (
        [event.seq for event in seen] == list(range(1, 41)) == [event.seq for event in postgres_store.heard]
    )
