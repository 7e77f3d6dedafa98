"""Participation is counted once, by the day on which it happened."""

from __future__ import annotations

from sqlalchemy import select

from microblog.access.tables import activity
from microblog.db import Tx
from microblog.journal import Committed
from microblog.people.activity import DAY, count
from tests.support.api import Api


def event(seq: int, kind: str, actor: int, day: int) -> Committed:
    return Committed(
        seq=seq,
        at=day * DAY + seq,
        type=kind,
        actor=actor,
        subject_kind="post",
        subject_id=seq,
        channels=(),
        data=b"{}",
    )


async def test_what_people_wrote_and_reacted_by_day(api: Api) -> None:
    ada, linus = api.people.ada.id, api.people.linus.id
    await api.call(api.people.ada, "PATCH", "/me", json={"department": "Engines"})
    first = [
        event(1, "post.published", ada, 7),
        event(2, "post.published", ada, 7),
        event(3, "post.reacted", linus, 7),
    ]
    second = [
        event(4, "post.reacted", ada, 7),
        event(5, "post.published", ada, 8),
        event(6, "post.published", 9999, 8),
    ]
    for events in (first, second):
        await api.database.write(lambda tx, viewer, found: count(tx, found), None, events)
    assert await api.database.read(_rows, None) == [
        (ada, 7, "Engines", 2, 1),
        (ada, 8, "Engines", 1, 0),
        (linus, 7, None, 0, 1),
    ]


def _rows(tx: Tx, viewer: None) -> list[tuple[object, ...]]:
    columns = (
        activity.c.actor_id,
        activity.c.day,
        activity.c.department,
        activity.c.wrote,
        activity.c.reacted,
    )
    return sorted(tuple(row) for row in tx.execute(select(*columns)))
