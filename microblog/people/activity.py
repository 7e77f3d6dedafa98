"""Participation: one row per actor and day, kept up from the journal.

`wrote` and `reacted` count what the journal says; reading leaves no event and is counted where it is marked. The
department is the one of that day: people change departments, what they did there does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select, update

from microblog.access.tables import activity, actors
from microblog.db import Tx
from microblog.journal import Committed
from microblog.journal.consumers import Consumer

DAY = 86_400_000
"""Milliseconds."""

_COLUMN: Mapping[str, str] = {"post.published": "wrote", "post.reacted": "reacted"}


def count(tx: Tx, events: Sequence[Committed]) -> None:
    """Add these events to the rows of their actors and days."""
    found = Counter((event.actor, event.at // DAY, _COLUMN[event.type]) for event in events)
    rows: dict[tuple[int, int], dict[str, int]] = {}
    for (actor, day, column), times in found.items():
        rows.setdefault((actor, day), {})[column] = times
    departments = _departments(tx, {actor for actor, _ in rows})
    for (actor, day), counts in sorted(rows.items()):
        if actor in departments:
            _add(tx, actor, day, counts, departments[actor])


ACTIVITY = Consumer("activity", frozenset(_COLUMN), count)


def _departments(tx: Tx, ids: set[int]) -> dict[int, str | None]:
    rows = tx.execute(select(actors.c.id, actors.c.department).where(actors.c.id.in_(ids)))
    return {row.id: row.department for row in rows}


def _add(tx: Tx, actor: int, day: int, counts: Mapping[str, int], department: str | None) -> None:
    changed = tx.execute(
        update(activity)
        .where(activity.c.actor_id == actor, activity.c.day == day)
        .values({name: activity.c[name] + times for name, times in counts.items()})
    )
    if changed.rowcount == 0:
        tx.execute(insert(activity).values(actor_id=actor, day=day, department=department, **counts))
