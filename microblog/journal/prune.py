"""The journal is kept for a while, not for ever."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy import delete, func, select, update

from microblog.core import clock
from microblog.core.clock import Millis
from microblog.core.errors import Problem
from microblog.db import Database, Tx
from microblog.journal.read import head, pruned
from microblog.journal.tables import consumers, counter, events

KEPT = 30 * 24 * 3600 * 1000
"""Milliseconds that an event stays in the journal."""

CHUNK = 500
"""Events that are removed in one unit of work."""

EVERY = 600.0
"""Seconds between two prunings."""

log = logging.getLogger("microblog.journal")


def prune(tx: Tx, older_than: Millis, most: int = CHUNK) -> int:
    """Remove the oldest events from before `older_than`, at most `most`, and answer how many.

    Never past a consumer's cursor, and never one that is newer than any kept one: what remains has no gap.
    """
    last = min(_before(tx, older_than), _followed_up(tx), pruned(tx) + most)
    gone = tx.execute(delete(events).where(events.c.seq <= last)).rowcount
    if gone:
        tx.execute(update(counter).where(counter.c.id == 1).values(pruned=last))
    return gone


async def run_pruning(database: Database, kept: Millis = KEPT, every: float = EVERY) -> None:
    """Prune what is older than `kept`, chunk by chunk, every so many seconds until cancelled."""
    while True:
        try:
            while await database.write(_prune, None, clock.now() - kept) == CHUNK:
                pass
        except Problem as away:
            log.warning("pruning waits: %s", away)
        await asyncio.sleep(every)


def _prune(tx: Tx, viewer: None, older_than: Millis) -> int:
    return prune(tx, older_than)


def _before(tx: Tx, older_than: Millis) -> int:
    """The number up to which every event is from before `older_than`; clocks may have been set back in between."""
    kept = tx.execute(select(func.min(events.c.seq)).where(events.c.at >= older_than)).scalar()
    return head(tx) if kept is None else int(kept) - 1


def _followed_up(tx: Tx) -> int:
    cursor = tx.execute(select(func.min(consumers.c.cursor))).scalar()
    return head(tx) if cursor is None else int(cursor)
