from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import func, insert, select, update

from microblog import journal
from microblog.access.tables import activity, actors
from microblog.core.errors import Unavailable
from microblog.db import Database, Tx
from microblog.journal import Committed, Consumer, run_consumers
from microblog.journal.tables import consumers
from tests.support.store import ADA, Store, said, say

Apply = Callable[[Tx, Sequence[Committed]], None]


@asynccontextmanager
async def running(
    database: Database, apply: Apply, wake: asyncio.Event | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    consumer = Consumer("activity", frozenset({"post.published"}), apply)
    task = asyncio.create_task(run_consumers(database, [consumer], wake))
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def count(tx: Tx, found: Sequence[Committed]) -> None:
    """A follow-up whose effect shows each repetition: one row per actor and day, counted up."""
    for event in found:
        day = (activity.c.actor_id == event.actor) & (activity.c.day == 0)
        if not tx.execute(update(activity).where(day).values(wrote=activity.c.wrote + 1)).rowcount:
            tx.execute(insert(activity).values(actor_id=event.actor, day=0, wrote=1))


@pytest.fixture(autouse=True)
async def ada(database: Database) -> None:
    def join(tx: Tx, viewer: None) -> None:
        tx.execute(
            insert(actors).values(
                kind="person", handle="ada", handle_key="ada", name="Ada", created_at=tx.now
            )
        )

    await database.write(join, None)


async def wrote(database: Database) -> int:
    total = select(func.coalesce(func.sum(activity.c.wrote), 0))
    return await database.read(lambda tx, viewer: int(tx.execute(total).scalar_one()), None)


async def until_wrote(database: Database, many: int, within: float = 8) -> None:
    async with asyncio.timeout(within):
        while await wrote(database) < many:
            await asyncio.sleep(0.01)


async def test_each_event_has_its_effect_once(database: Database) -> None:
    await asyncio.gather(*(database.write(say, ADA, f"before {n}") for n in range(250)))
    async with running(database, count):
        await asyncio.gather(*(database.write(say, ADA, f"meanwhile {n}") for n in range(250)))
        await until_wrote(database, 500)
        await asyncio.sleep(0.1)
    assert await wrote(database) == 500


async def test_a_bell_wakes_it_at_once(database: Database) -> None:
    wake = asyncio.Event()
    heard = asyncio.Event()
    async with running(database, lambda tx, found: heard.set(), wake):
        await asyncio.sleep(0.3)
        await database.write(say, ADA, "now")
        wake.set()
        await asyncio.wait_for(heard.wait(), 0.5)


async def test_events_of_other_types_pass_it_by(database: Database) -> None:
    seen: list[str] = []

    def other(tx: Tx, viewer: None) -> None:
        journal.record(tx, journal.Event("person.revised", 1, "cli", "person", 1, (), b"{}"))
        journal.record(tx, said(1, "this"))

    async with running(database, lambda tx, found: seen.extend(event.type for event in found)):
        await database.write(other, None)
        async with asyncio.timeout(5):
            while not seen:
                await asyncio.sleep(0.01)
    assert seen == ["post.published"]


async def test_what_fails_is_undone_and_tried_again(database: Database) -> None:
    tries = 0

    def stumble(tx: Tx, found: Sequence[Committed]) -> None:
        nonlocal tries
        count(tx, found)
        tries += 1
        if tries < 3:
            raise RuntimeError("not yet")

    await asyncio.gather(*(database.write(say, ADA, f"text {n}") for n in range(20)))
    async with running(database, stumble):
        await until_wrote(database, 20)
    assert tries == 3
    assert await wrote(database) == 20


async def test_two_processes_follow_up_once(store: Store, database: Database) -> None:
    async with store.opened() as another, running(database, count), running(another, count):
        for n in range(60):
            await database.write(say, ADA, f"text {n}")
        await until_wrote(database, 60)
        await asyncio.sleep(1.2)
    assert await wrote(database) == 60


async def test_another_takes_over_when_the_lease_is_up(
    store: Store, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microblog.journal.consumers.LEASE", 300)
    async with running(database, count):
        await database.write(say, ADA, "one")
        await until_wrote(database, 1)
    [(holder,)] = await database.read(lambda tx, viewer: tx.execute(select(consumers.c.holder)).all(), None)
    async with store.opened() as another, running(another, count):
        await another.write(say, ADA, "two")
        await until_wrote(another, 2)
    [(taken,)] = await database.read(lambda tx, viewer: tx.execute(select(consumers.c.holder)).all(), None)
    assert holder != taken


async def test_it_waits_while_the_store_is_away(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    times = 0

    def away(tx: Tx, found: Sequence[Committed]) -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise Unavailable("busy")
        count(tx, found)

    await database.write(say, ADA, "text")
    async with running(database, away):
        await until_wrote(database, 1)
    assert times == 2
