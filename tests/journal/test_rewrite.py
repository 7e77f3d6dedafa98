from __future__ import annotations

import asyncio

from sqlalchemy import update

from microblog import journal
from microblog.access.tables import groups
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.db.sqlite import SqliteDatabase
from microblog.journal import Control
from tests.support.store import ADA, GRACE, LINUS, Store, everything, said, say, texts

SECRET = "Ik zit tot vrijdag bij de klant in Zwolle"


def withdraw(tx: Tx, viewer: Viewer, subject: int, text: str = "gone") -> None:
    journal.record(tx, said(viewer.id, text, subject, Control(rewrite=True)))


async def test_what_is_gone_is_replayed_nowhere(database: Database) -> None:
    for text in ("first", "second", "third"):
        await database.write(say, ADA, text, 7)
    await database.write(say, LINUS, "another post", 8)
    await database.write(withdraw, ADA, 7)
    assert texts(await database.read(everything, None)) == ["gone", "gone", "gone", "another post", "gone"]


async def test_without_an_event_too(database: Database) -> None:
    await database.write(say, ADA, "first", 7)
    await database.write(say, ADA, "kept", 8)

    def rewrite(tx: Tx, viewer: Viewer) -> None:
        journal.rewrite(tx, "post", 7, b'{"text":"gone"}')

    await database.write(rewrite, ADA)
    assert texts(await database.read(everything, None)) == ["gone", "kept"]
    await database.write(say, ADA, "later", 7)
    assert texts(await database.read(everything, None)) == ["gone", "kept", "later"]


async def test_nothing_slips_past_that_is_written_in_the_same_commit(
    store: Store, database: Database
) -> None:
    await asyncio.gather(
        database.write(say, ADA, "revised", 7),
        database.write(withdraw, LINUS, 7),
        database.write(say, GRACE, "another post", 8),
    )
    seen = await database.read(everything, None)
    [last] = [event.seq for event in seen if event.control is not None]
    before = [
        text
        for event, text in zip(seen, texts(seen), strict=True)
        if event.seq < last and event.subject_id == 7
    ]
    assert set(before) <= {"gone"}
    assert "another post" in texts(seen)


async def test_the_last_of_several_stays(database: Database) -> None:
    def act(tx: Tx, viewer: Viewer) -> None:
        say(tx, viewer, "first", 7)
        for text in ("a", "b", "a"):
            withdraw(tx, viewer, 7, text)
        say(tx, viewer, "after", 7)

    await database.write(act, ADA)
    assert texts(await database.read(everything, None)) == ["a", "a", "a", "a", "after"]


async def test_no_trace_stays_in_the_store_files(sqlite_store: Store, sqlite: SqliteDatabase) -> None:
    def describe(tx: Tx, viewer: Viewer, text: str) -> None:
        tx.execute(update(groups).where(groups.c.id == 1).values(description=text))

    long = f"{SECRET} " * 400
    for n in range(50):
        await sqlite.write(say, ADA, SECRET if n % 2 else long, n)
        await sqlite.write(describe, ADA, long if n % 2 else SECRET)
    assert _traces(sqlite_store) > 0
    for n in range(50):
        await sqlite.write(withdraw, ADA, n)
    await sqlite.write(describe, ADA, "")
    assert await sqlite.checkpoint()
    assert _traces(sqlite_store) == 0
    assert set(texts(await sqlite.read(everything, None))) == {"gone"}


async def test_nor_while_another_process_reads(sqlite_store: Store, sqlite: SqliteDatabase) -> None:
    await sqlite.write(say, ADA, SECRET, 1)
    async with sqlite_store.opened() as another:
        await another.read(everything, None)
        await sqlite.write(withdraw, ADA, 1)
        assert await sqlite.checkpoint()
        assert _traces(sqlite_store) == 0


def _traces(store: Store) -> int:
    files = [path for path in store.data.iterdir() if path.is_file()]
    assert store.file in files
    return sum(path.read_bytes().count(SECRET.encode()) for path in files)
