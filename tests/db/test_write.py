from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from microblog import journal
from microblog.access.tables import actors
from microblog.core.errors import Conflict, Unavailable
from microblog.core.viewer import Viewer
from microblog.db import Database, Hot, Tx
from tests.support.store import ADA, GRACE, LINUS, Store, everything, said, say, texts

_join = Hot(
    insert(actors).returning(actors.c.id, actors.c.admin),
    columns=("kind", "handle", "handle_key", "handle_shape", "name", "created_at"),
)
_kind = Hot(select(actors.c.id).where(actors.c.handle == bindparam("handle"), actors.c.kind == "person"))


def join(tx: Tx, viewer: Viewer, handle: str) -> tuple[int, bool]:
    [(id_, admin)] = tx.hot(
        _join,
        kind="person",
        handle=handle,
        handle_key=handle,
        handle_shape=handle,
        name=handle,
        created_at=tx.now,
    )
    journal.record(tx, said(id_, handle))
    return id_, admin


def count_people(tx: Tx, viewer: None) -> int:
    return int(tx.execute(select(func.count()).select_from(actors)).scalar_one())


async def test_what_was_answered_is_there(store: Store, database: Database) -> None:
    id_, admin = await database.write(join, ADA, "ada")
    assert admin is False
    assert await database.read(lambda tx, viewer: tx.hot(_kind, handle="ada"), None) == [(id_,)]
    async with store.opened() as another:
        assert await another.read(count_people, None) == 1


async def test_a_failing_action_harms_nobody_beside_it(store: Store, database: Database) -> None:
    def fail(tx: Tx, viewer: Viewer, handle: str) -> None:
        join(tx, viewer, handle)
        raise Conflict("Not this one.")

    tasks = [
        database.write(fail if at % 3 == 0 else join, viewer, f"{viewer.handle}{at}")
        for at in range(30)
        for viewer in (ADA, LINUS, GRACE)
    ]
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(answer) for answer in answers] == [
        Conflict if at % 3 == 0 else tuple for at in range(30) for _ in range(3)
    ]
    assert await database.read(count_people, None) == 60
    kept = {f"{viewer.handle}{at}" for at in range(30) for viewer in (ADA, LINUS, GRACE) if at % 3}
    assert set(texts(store.heard)) == kept
    assert len(store.heard) == 60


async def test_a_duplicate_is_the_callers_own_error(database: Database) -> None:
    answers = await asyncio.gather(
        *(database.write(join, ADA, name) for name in ("ada", "linus", "ada")), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["IntegrityError", "tuple", "tuple"]
    assert isinstance(answers[1], tuple)
    assert await database.read(count_people, None) == 2


async def test_numbers_have_no_gap_and_are_heard_in_order(store: Store, database: Database) -> None:
    async def speak(viewer: Viewer) -> None:
        for at in range(40):
            text = f"{viewer.handle} {at}"
            await database.write(say, viewer, text)
            assert text in texts(store.heard), "answered before the stream was told"

    speakers = [Viewer(n, f"p{n}", f"P{n}", "person", "cli") for n in range(1, 17)]
    await asyncio.gather(*(speak(viewer) for viewer in speakers))
    assert [event.seq for event in store.heard] == list(range(1, 16 * 40 + 1))
    assert await database.read(everything, None) == store.heard
    assert await database.read(lambda tx, viewer: journal.head(tx), None) == 640
    for viewer in speakers:
        mine = [text for text in texts(store.heard) if text.startswith(viewer.handle + " ")]
        assert mine == [f"{viewer.handle} {at}" for at in range(40)]


async def test_a_caller_who_goes_away_loses_nothing(store: Store, database: Database) -> None:
    tasks = [asyncio.create_task(database.write(say, ADA, f"text {at}")) for at in range(20)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert all(task.cancelled() for task in tasks)
    await database.write(say, LINUS, "last")
    async with asyncio.timeout(5):
        while len(store.heard) < 21:
            await asyncio.sleep(0.01)
    assert sorted(texts(store.heard)) == sorted([*(f"text {at}" for at in range(20)), "last"])


async def test_delivery_debt_holds_writes_back_and_not_reads(database: Database) -> None:
    await database.write(say, ADA, "warm")
    await database.read(everything, None)
    began = time.monotonic()
    await database.write(say, ADA, "at once")
    at_once = time.monotonic() - began
    database.debt = partial(float, 0.4)
    began = time.monotonic()
    writing = asyncio.create_task(database.write(say, ADA, "later"))
    await asyncio.sleep(0)
    await database.read(everything, None)
    assert not writing.done()
    await writing
    assert time.monotonic() - began >= 0.4 > at_once


async def test_a_long_unit_is_named_in_the_log(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    def dawdle(tx: Tx, viewer: Viewer) -> None:
        time.sleep(0.06)

    with caplog.at_level(logging.WARNING, "microblog.db"):
        await database.write(say, ADA, "quick")
        assert not caplog.records
        await database.write(dawdle, ADA)
    assert "dawdle" in caplog.text


async def test_a_savepoint_undoes_its_part_alone(store: Store, database: Database) -> None:
    def join_or_go_on(tx: Tx, viewer: Viewer) -> None:
        join(tx, viewer, "ada")
        with suppress(IntegrityError), tx.savepoint():
            journal.record(tx, said(2, "never"))
            join(tx, viewer, "ada")
            raise AssertionError("a second ada")
        join(tx, viewer, "linus")

    await database.write(join_or_go_on, ADA)
    assert await database.read(count_people, None) == 2
    assert texts(store.heard) == ["ada", "linus"]


async def test_closing_finishes_what_waits_and_refuses_more(store: Store) -> None:
    async with store.opened() as database:
        tasks = [asyncio.create_task(database.write(say, ADA, f"text {at}")) for at in range(50)]
        await asyncio.sleep(0)
    assert len(await asyncio.gather(*tasks)) == 50
    with pytest.raises(Unavailable):
        await database.write(say, ADA, "too late")
    assert len(store.heard) == 50


async def test_a_hot_statement_refuses_what_it_does_not_know(database: Database) -> None:
    def misspell(tx: Tx, viewer: Viewer) -> None:
        tx.hot(_kind, handel="ada")

    def too_many(tx: Tx, viewer: Viewer) -> None:
        tx.hot(_kind, handle="ada", kind="bot")

    with pytest.raises(Exception, match="handle"):
        await database.write(misspell, ADA)
    with pytest.raises(TypeError, match="1 parameters wanted"):
        await database.write(too_many, ADA)
    await database.write(say, ADA, "still works")
