from __future__ import annotations

import asyncio

from sqlalchemy import update

from microblog import journal
from microblog.core import clock
from microblog.db import Database, Tx
from microblog.journal import Consumer, run_consumers
from microblog.journal.consumers import enrol
from microblog.journal.tables import events
from tests.support.store import ADA, everything, say

DAY = 24 * 3600 * 1000


async def test_the_oldest_go_and_the_position_is_known(database: Database) -> None:
    await _aged(database, [40, 40, 40, 2, 1])
    assert await _pruned(database) == 3
    assert [event.seq for event in await database.read(everything, None)] == [4, 5]
    assert await database.read(lambda tx, viewer: (journal.pruned(tx), journal.head(tx)), None) == (3, 5)
    assert await _pruned(database) == 0


async def test_in_chunks(database: Database) -> None:
    await _aged(database, [40] * 5 + [1])
    assert [await _pruned(database, most=2) for _ in range(4)] == [2, 2, 1, 0]


async def test_never_one_that_is_newer_than_a_kept_one(database: Database) -> None:
    """A clock that was set back makes a young number look old."""
    await _aged(database, [40, 1, 40, 1])
    assert await _pruned(database) == 1
    assert [event.seq for event in await database.read(everything, None)] == [2, 3, 4]


async def test_never_past_a_consumer(database: Database) -> None:
    await _aged(database, [40, 40])
    await database.write(enrol, None, "late")
    assert await _pruned(database) == 0
    done = asyncio.Event()
    late = Consumer("late", frozenset({"post.published"}), lambda tx, found: done.set())
    running = asyncio.create_task(run_consumers(database, [late]))
    await asyncio.wait_for(done.wait(), 5)
    async with asyncio.timeout(5):
        while not await _pruned(database):
            await asyncio.sleep(0.01)
    running.cancel()
    assert await database.read(everything, None) == []


async def test_a_pruner_keeps_at_it(database: Database) -> None:
    await _aged(database, [40] * 3 + [1])
    running = asyncio.create_task(journal.run_pruning(database, kept=30 * DAY, every=0.05))
    async with asyncio.timeout(5):
        while len(await database.read(everything, None)) > 1:
            await asyncio.sleep(0.01)
    running.cancel()


async def _pruned(database: Database, most: int = 500) -> int:
    def act(tx: Tx, viewer: None) -> int:
        return journal.prune(tx, clock.now() - 30 * DAY, most)

    return await database.write(act, None)


async def _aged(database: Database, days: list[int]) -> None:
    for n in range(len(days)):
        await database.write(say, ADA, f"text {n}")

    def age(tx: Tx, viewer: None) -> None:
        for seq, old in enumerate(days, 1):
            tx.execute(update(events).where(events.c.seq == seq).values(at=tx.now - old * DAY))

    await database.write(age, None)
