from __future__ import annotations

import asyncio

from microblog import journal
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.journal import Control, Event
from tests.support.store import ADA, LINUS, Store, everything, said, say, texts


async def test_an_event_comes_back_as_it_was_noted(store: Store, database: Database) -> None:
    control = Control(add=((3, "group:4"),), drop=((5, "all"),), close=("session:6",))
    quiet = Event("group.left", 1, "session:9", "group", 4, (), b"{}", control)

    def act(tx: Tx, viewer: Viewer) -> int:
        journal.record(tx, said(viewer.id, "hé 🎉"))
        journal.record(tx, quiet)
        return tx.now

    now = await database.write(act, ADA)
    first, second = await database.read(everything, None)
    assert store.heard == [first, second]
    assert (first.seq, first.at, first.channels, first.control) == (1, now, ("all", "group:1"), None)
    assert first.data.decode() == '{"text":"hé 🎉"}'
    assert (second.seq, second.type, second.subject_kind, second.subject_id) == (2, "group.left", "group", 4)
    assert (second.channels, second.control, second.data) == ((), control, b"{}")
    assert first.frame().startswith(b'{"seq":1,"type":"post.published","at":"')


async def test_reading_goes_on_after_a_position(database: Database) -> None:
    assert await database.read(lambda tx, viewer: journal.head(tx), None) == 0
    await asyncio.gather(*(database.write(say, ADA, f"text {n}") for n in range(10)))
    seqs = await database.read(lambda tx, viewer: [event.seq for event in journal.since(tx, 3, 4)], None)
    assert seqs == [4, 5, 6, 7]
    assert await database.read(lambda tx, viewer: journal.since(tx, 10, 4), None) == []
    assert await database.read(lambda tx, viewer: journal.head(tx), None) == 10


async def test_the_epoch_stays(store: Store, database: Database) -> None:
    epoch = await database.read(lambda tx, viewer: journal.epoch(tx), None)
    async with store.opened() as again:
        assert await again.read(lambda tx, viewer: journal.epoch(tx), None) == epoch


async def test_a_failing_unit_takes_no_number(store: Store, database: Database) -> None:
    def fail(tx: Tx, viewer: Viewer) -> None:
        journal.record(tx, said(viewer.id, "never"))
        raise RuntimeError("no")

    await asyncio.gather(database.write(say, ADA, "one"), database.write(fail, LINUS), return_exceptions=True)
    await database.write(say, ADA, "two")
    assert [(event.seq, text) for event, text in zip(store.heard, texts(store.heard), strict=True)] == [
        (1, "one"),
        (2, "two"),
    ]
