"""Long texts are parsed before their transaction: 64 KiB of nothing but marks take longer than a unit of work may last.

All others wait behind a unit, and on SQLite the whole store does. So the handles are found and the text is parsed on a
thread beside; only looking the handles up is a read. That one thread does it for everybody: Python runs one at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from microblog.access.gates import OPEN_KINDS
from microblog.core.errors import Problem
from microblog.core.text import Person, handles
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.posts.gates import find_post
from microblog.posts.model import Publish, Revise
from microblog.posts.publish import place_of
from microblog.posts.writing import Written, check, people, write

LONG = 4096
"""Characters from which a text is parsed beforehand; the worst of fewer takes some 10 ms."""

_beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="text")


async def publish_beforehand(database: Database, viewer: Viewer, draft: Publish) -> Sequence[Written]:
    """What `publish` needs written, where that takes long. Raises Invalid and TooLarge on `text`."""
    return await _written(database, viewer, draft.text, lambda tx: place_of(tx, viewer, draft).open)


async def revise_beforehand(
    database: Database, viewer: Viewer, draft: Revise, *, id: int
) -> Sequence[Written]:
    """What `revise` needs written, where that takes long. Raises Invalid and TooLarge on `text`."""
    return await _written(
        database, viewer, draft.text, lambda tx: find_post(tx, viewer, id, "shown").group.kind in OPEN_KINDS
    )


async def _written(
    database: Database, viewer: Viewer, text: str, is_open: Callable[[Tx], bool]
) -> Sequence[Written]:
    if len(text) < LONG:
        return ()
    loop = asyncio.get_running_loop()
    checked = check(text)
    keys = await loop.run_in_executor(_beside, handles, checked.text)
    named = await database.read(_named, viewer, sorted(keys), is_open)
    return (await loop.run_in_executor(_beside, write, checked, named),)


def _named(tx: Tx, viewer: Viewer, keys: Sequence[str], is_open: Callable[[Tx], bool]) -> dict[str, Person]:
    try:
        return people(tx, viewer, keys, colleagues=is_open(tx))
    except Problem:
        # The action itself will say so, unless it is a repeat that is answered with what was done then.
        return {}
