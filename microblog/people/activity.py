"""Participation: one row per actor and day, kept up from the journal.

`wrote` and `reacted` count what the journal says; reading leaves no event and is counted where it is marked. The
department is the one of that day: people change departments, what they did there does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, insert, select, update

from microblog.access.tables import activity, actors
from microblog.db import Hot, Tx
from microblog.journal import Committed
from microblog.journal.consumers import Consumer

DAY = 86_400_000
"""Milliseconds."""

_COLUMN: Mapping[str, str] = {"post.published": "wrote", "post.reacted": "reacted"}


_DEPARTMENT = Hot(select(actors.c.department).where(actors.c.id == bindparam("actor")))
_ADD = Hot(
    update(activity)
    .where(activity.c.actor_id == bindparam("actor"), activity.c.day == bindparam("on"))
    .values(
        wrote=activity.c.wrote + bindparam("more_wrote"),
        reacted=activity.c.reacted + bindparam("more_reacted"),
    )
    .returning(activity.c.actor_id)
)
_BEGIN = Hot(insert(activity), columns=("actor_id", "day", "department", "wrote", "reacted", "read"))


def count(tx: Tx, events: Sequence[Committed]) -> None:
    """Add these events to the rows of their actors and days."""
    found = Counter((event.actor, event.at // DAY, _COLUMN[event.type]) for event in events)
    for actor, day in sorted({(actor, day) for actor, day, _ in found}):
        _add(tx, actor, day, found[actor, day, "wrote"], found[actor, day, "reacted"])


ACTIVITY = Consumer("activity", frozenset(_COLUMN), count, rest=1.0)


def _add(tx: Tx, actor: int, day: int, wrote: int, reacted: int) -> None:
    if tx.hot(_ADD, actor=actor, on=day, more_wrote=wrote, more_reacted=reacted):
        return
    for (department,) in tx.hot(_DEPARTMENT, actor=actor):
        tx.hot(_BEGIN, actor_id=actor, day=day, department=department, wrote=wrote, reacted=reacted, read=0)
