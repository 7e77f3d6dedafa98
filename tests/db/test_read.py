from __future__ import annotations

import asyncio
import threading

import pytest

from microblog import journal
from microblog.core.errors import NotFound
from microblog.db import Database, Tx
from tests.support.store import ADA, Store, everything, said, say, texts


async def test_a_query_sees_one_moment(database: Database) -> None:
    await database.write(say, ADA, "before")
    looked, written = threading.Event(), threading.Event()

    def look_twice(tx: Tx, viewer: None) -> list[list[str]]:
        first = texts(everything(tx))
        looked.set()
        assert written.wait(5)
        return [first, texts(everything(tx))]

    looking = asyncio.create_task(database.read(look_twice, None))
    await asyncio.to_thread(looked.wait, 5)
    await database.write(say, ADA, "meanwhile")
    written.set()
    assert await looking == [["before"], ["before"]]
    assert texts(await database.read(everything, None)) == ["before", "meanwhile"]


async def test_a_query_can_not_write(database: Database) -> None:
    def write(tx: Tx, viewer: None) -> None:
        journal.seal(tx, [said(1, "never")])()

    with pytest.raises(Exception, match=r"readonly|read-only"):
        await database.read(write, None)
    assert await database.read(everything, None) == []


async def test_a_failing_query_harms_nobody_beside_it(database: Database) -> None:
    def refuse(tx: Tx, viewer: None) -> None:
        raise NotFound("No.")

    def divide(tx: Tx, viewer: None) -> None:
        tx.execute("nonsense")  # type: ignore[arg-type]

    answers = await asyncio.gather(
        *(database.read(query, None) for query in (everything, refuse, divide, everything)),
        return_exceptions=True,
    )
    assert answers[0] == answers[3] == []
    assert isinstance(answers[1], NotFound)
    assert isinstance(answers[2], Exception)


async def test_what_was_answered_is_read_at_once(store: Store, database: Database) -> None:
    for at in range(50):
        await database.write(say, ADA, f"text {at}")
        assert texts(await database.read(everything, None))[-1] == f"text {at}"
