"""Follow-up jobs: each reads the journal in order and remembers how far it came.

    count = Consumer("activity", frozenset({"post.published"}), count_what_was_written)
    await run_consumers(database, [count], wake)

The effect of some events and the cursor behind them are committed together, so that an event has its effect exactly once,
whatever dies in between. Of all processes one runs a consumer: whoever holds its lease, which is taken with the first
batch and renewed with each, so that nothing is written while nothing happens.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from microblog.core.errors import Problem
from microblog.db import Database, Tx
from microblog.journal.event import Committed
from microblog.journal.read import pruned, since
from microblog.journal.tables import consumers as table

LEASE = 10_000
"""Milliseconds after its last batch during which a consumer is left to its holder."""

BATCH = 100
"""Events that are followed up in one transaction at most."""

SLACK = 1_000
"""Events of other types that a cursor may lag behind before it is moved for their sake alone."""

LOOK = 1.0
"""Seconds between looks at the journal when nobody rings."""

PAUSE_AT_MOST = 30.0
"""Seconds that a consumer whose `apply` fails waits before it tries the same events again, at most."""

log = logging.getLogger("microblog.journal")


@dataclass(frozen=True, slots=True)
class Consumer:
    """A follow-up job: `apply(tx, events)` is called with events of the types in `handles`, oldest first, never empty.

    It runs inside a unit of work and may write and record; what it raises undoes the whole batch, which is tried again.
    A new consumer starts with the oldest event of the journal. One that nobody waits for lets events gather for `rest`
    seconds and follows them up together: a transaction for each would cost as much as the posts themselves.
    """

    name: str
    handles: frozenset[str]
    apply: Callable[[Tx, Sequence[Committed]], None]
    rest: float = 0.0


async def run_consumers(
    database: Database, consumers: Collection[Consumer], wake: asyncio.Event | None = None
) -> None:
    """Run these consumers until cancelled. Set `wake` after a commit to have it followed up at once."""
    holder = f"{os.getpid()}-{secrets.token_hex(4)}"
    bells = [asyncio.Event() for _ in consumers]
    for consumer in consumers:
        await _enrol(database, consumer)
    async with asyncio.TaskGroup() as group:
        for consumer, bell in zip(consumers, bells, strict=True):
            group.create_task(
                _Runner(database, consumer, holder, bell).run(), name=f"consumer {consumer.name}"
            )
        if wake is not None:
            await _ring(wake, bells)


async def _enrol(database: Database, consumer: Consumer) -> None:
    while True:
        try:
            return await database.write(enrol, None, consumer.name)
        except Problem as away:
            log.warning("consumer %s waits: %s", consumer.name, away)
            await asyncio.sleep(LOOK)


async def _ring(wake: asyncio.Event, bells: Sequence[asyncio.Event]) -> None:
    while True:
        await wake.wait()
        wake.clear()
        for bell in bells:
            bell.set()


class Overtaken(Exception):
    """Another process followed these events up."""


class _Runner:
    """One consumer in one process."""

    def __init__(self, database: Database, consumer: Consumer, holder: str, bell: asyncio.Event) -> None:
        self._database = database
        self._consumer = consumer
        self._holder = holder
        self._bell = bell
        self._seen = 0
        self._failures = 0

    async def run(self) -> None:
        """Follow up until cancelled; what fails is logged and tried again, later each time."""
        while True:
            self._bell.clear()
            try:
                more = await self._follow_up()
                self._failures = 0
            except Problem as away:
                log.warning("consumer %s waits: %s", self._consumer.name, away)
                more = await self._pause()
            except Exception:
                log.exception("consumer %s failed; the same events are tried again", self._consumer.name)
                more = await self._pause()
            if not more:
                await self._listen()

    async def _follow_up(self) -> bool:
        """Follow up one batch, unless another process is at it. True where more may be waiting."""
        found = await self._database.read(look, None, self._consumer.name, self._holder, self._seen)
        if found is None:
            return False
        cursor, events = found
        wanted = [event for event in events if event.type in self._consumer.handles]
        if events:
            self._seen = events[-1].seq
        if wanted or self._seen - cursor >= SLACK:
            try:
                await self._database.write(
                    advance, None, self._consumer, self._holder, cursor, self._seen, wanted
                )
            except Overtaken:
                self._seen = cursor
                return False
            except BaseException:
                self._seen = cursor
                raise
        return len(events) == BATCH

    async def _pause(self) -> bool:
        self._failures += 1
        await asyncio.sleep(min(0.25 * 2**self._failures, PAUSE_AT_MOST))
        return True

    async def _listen(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._bell.wait(), LOOK)
        await asyncio.sleep(self._consumer.rest)


def enrol(tx: Tx, viewer: None, name: str) -> None:
    """Give a consumer its cursor, at the oldest event there is, if it has none."""
    if tx.execute(select(table.c.cursor).where(table.c.name == name)).first() is None:
        # Two processes that start together: the second's insert fails, and the first's is as good.
        with suppress(IntegrityError), tx.savepoint():
            tx.execute(insert(table).values(name=name, cursor=pruned(tx)))


def look(tx: Tx, viewer: None, name: str, holder: str, seen: int) -> tuple[int, list[Committed]] | None:
    """A consumer's cursor and what happened after it, past what its holder has `seen` to be none of its business.

    None where another process holds it.
    """
    row = tx.execute(
        select(table.c.cursor, table.c.holder, table.c.leased_until).where(table.c.name == name)
    ).one()
    if row.holder != holder and row.leased_until > tx.now:
        return None
    cursor: int = row.cursor
    return cursor, since(tx, max(cursor, seen), BATCH)


def advance(
    tx: Tx, viewer: None, consumer: Consumer, holder: str, cursor: int, to: int, events: Sequence[Committed]
) -> None:
    """Apply `events` and move the cursor from where they were read to `to`, both or neither.

    Raises Overtaken where it is no longer there, or another process holds the consumer by now.
    """
    mine = or_(table.c.holder == holder, table.c.leased_until <= tx.now)
    moved = tx.execute(
        update(table)
        .where(table.c.name == consumer.name, table.c.cursor == cursor, mine)
        .values(cursor=to, holder=holder, leased_until=tx.now + LEASE)
    )
    if moved.rowcount != 1:
        raise Overtaken
    if events:
        consumer.apply(tx, events)
