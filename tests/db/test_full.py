"""A full disk: who does not fit is told so, the others of the same commit are kept, and reading goes on."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from microblog.core.errors import Problem, StorageFull
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.db.sqlite import SqliteDatabase
from tests.support.store import ADA, Store, everything, say, texts

ROOM = 40
"""Pages that are left: 160 KiB."""


async def test_one_that_does_not_fit_harms_nobody_beside_it(
    sqlite_store: Store, sqlite: SqliteDatabase
) -> None:
    await _leave(sqlite, ROOM)
    tasks = [sqlite.write(say, viewer(n), f"small {n}") for n in range(10)]
    tasks.insert(5, sqlite.write(say, ADA, "x" * 1_000_000))
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(answers.pop(5), StorageFull)
    assert answers == [f"small {n}" for n in range(10)]
    assert sorted(texts(await sqlite.read(everything, None))) == sorted(f"small {n}" for n in range(10))
    assert [event.seq for event in sqlite_store.heard] == list(range(1, 11))


async def test_an_action_whose_own_rows_do_not_fit(sqlite: SqliteDatabase) -> None:
    await _leave(sqlite, ROOM)

    def fill(tx: Tx, viewer: Viewer) -> None:
        tx.execute(text("CREATE TABLE big (x)"))
        tx.execute(text("INSERT INTO big VALUES (zeroblob(1000000))"))

    answers = await asyncio.gather(
        *(sqlite.write(say, viewer(n), f"small {n}") for n in range(4)),
        sqlite.write(fill, ADA),
        *(sqlite.write(say, viewer(n), f"small {n}") for n in range(4, 8)),
        return_exceptions=True,
    )
    assert isinstance(answers.pop(4), StorageFull)
    assert answers == [f"small {n}" for n in range(8)]
    assert len(await sqlite.read(everything, None)) == 8


async def test_when_nothing_fits_everyone_is_told_and_writing_goes_on_later(sqlite: SqliteDatabase) -> None:
    await sqlite.write(say, ADA, "before")
    await _leave(sqlite, 2)
    answers = await asyncio.gather(
        *(sqlite.write(say, viewer(n), "x" * 50_000) for n in range(5)), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [StorageFull] * 5
    assert texts(await sqlite.read(everything, None)) == ["before"]
    await _leave(sqlite, 10_000)
    await sqlite.write(say, ADA, "after")
    assert texts(await sqlite.read(everything, None)) == ["before", "after"]


def test_a_commit_that_fails_is_acknowledged_to_nobody_and_writing_goes_on(sqlite_store: Store) -> None:
    """A limit on the file's size: the write-ahead log can not take the commit, and SQLite can not say why."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.db.test_full", str(sqlite_store.data)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert result.stdout.split() == ["small", "unknown", "small", "2"], result.stderr


def viewer(n: int) -> Viewer:
    return Viewer(n + 10, f"p{n}", f"P{n}", "person", "cli")


async def _leave(database: SqliteDatabase, pages: int) -> None:
    """Let the file grow by `pages` and no more."""

    def limit() -> None:
        cursor = database._writer_thread.raw().cursor()
        cursor.execute("PRAGMA page_count", {})
        [(count,)] = cursor.fetchall()
        cursor.execute(f"PRAGMA max_page_count={count + pages}", {})
        cursor.fetchall()

    await database._writer_thread.ship(limit)


async def _in_a_small_file(store: Store) -> None:
    async with store.opened() as database:
        print(await database.write(say, ADA, "small"))
        limit = store.file.stat().st_size + 200_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            print(await database.write(say, ADA, "x" * 3_000_000))
        except Problem as problem:
            print(problem.code)
        print(await database.write(say, ADA, "small"))
        print(len(await database.read(everything, None)))


if __name__ == "__main__":
    asyncio.run(_in_a_small_file(Store("sqlite", "", Path(sys.argv[1]))))
