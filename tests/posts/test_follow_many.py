"""The home timeline of who follows many people: their posts are looked for among the newest of all first."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from microblog.access.tables import actors, follows
from microblog.core.viewer import Viewer
from microblog.db import Hot, Row, Tx
from microblog.posts import home
from microblog.posts.model import Page
from microblog.posts.tables import posts
from tests.posts.company import Company

QUIET = range(10_000, 10_000 + home.MANY + 1)
"""One more than are looked up one by one."""


def follow_them(tx: Tx, viewer: Viewer) -> None:
    tx.execute(
        insert(actors),
        [{"id": n, "kind": "person", "handle": f"quiet{n}", "handle_key": f"quiet{n}", "name": "Quiet", "created_at": 0}
         for n in QUIET],
    )  # fmt: skip
    tx.execute(insert(follows), [{"follower_id": viewer.id, "author_id": n, "at": 0} for n in QUIET])


def say(tx: Tx, viewer: None, authors: list[int]) -> None:
    row = {"kind": "post", "group_id": 1, "open": True, "created_at": 0, "text": "Here", "tokens": "[]"}
    tx.execute(insert(posts), [{**row, "author_id": author} for author in authors])


def by_whom(tx: Tx, viewer: Viewer) -> list[int]:
    """What home must show: root posts of those followed, found the plain way."""
    followed = select(follows.c.author_id).where(follows.c.follower_id == viewer.id)
    found = select(posts.c.id).where(
        posts.c.author_id.in_(followed), posts.c.reply_to.is_(None), posts.c.open
    )
    return list(tx.execute(found.order_by(posts.c.id.desc())).scalars())


class Counted:
    """A unit of work that knows which statements were run."""

    def __init__(self, tx: Tx) -> None:
        self.ran: list[Hot] = []
        self._tx = tx

    def hot(self, statement: Hot, **parameters: object) -> list[Row]:
        self.ran.append(statement)
        return self._tx.hot(statement, **parameters)


def looked_at_each(tx: Tx, viewer: Viewer) -> bool:
    counted = Counted(tx)
    home.home(counted, viewer, Page())  # type: ignore[arg-type]
    return home._AUTHORS_OF_MANY in counted.ran


@pytest.mark.parametrize("others", [3, 150])
async def test_page_by_page(company: Company, others: int) -> None:
    linus, ada = company.people.linus, company.people.ada
    await company.database.write(follow_them, linus.viewer)
    for n in range(12):
        await company.database.write(say, None, [*QUIET[n : n + 5], *[ada.id] * others])
    expected = await company.database.read(by_whom, linus.viewer)
    assert len(expected) == 60
    found: list[int] = []
    before = None
    while True:
        page = await company.timeline(linus, "home", before=before)
        found += [item["id"] for item in page["items"]]
        before = page["next"]
        if before is None:
            break
    assert found == expected
    assert await company.ids(linus, "home", after=expected[3]) == expected[:3]
    # Among 1,860 posts the newest 1,000 hold thirty of theirs: still a page.
    assert not await company.database.read(looked_at_each, linus.viewer)


async def test_drowned_by_what_others_say(company: Company) -> None:
    linus, ada = company.people.linus, company.people.ada
    await company.database.write(follow_them, linus.viewer)
    await company.database.write(say, None, list(QUIET[:5]))
    await company.database.write(say, None, [ada.id] * home.WINDOW)
    mine = await company.publish(linus, "His own")
    expected = [mine["id"], *await company.database.read(by_whom, linus.viewer)]
    assert await company.database.read(looked_at_each, linus.viewer)
    assert await company.ids(linus, "home") == expected


async def test_closed_groups_and_replies_stay_out(company: Company) -> None:
    linus, ada, grace = company.people.linus, company.people.ada, company.people.grace
    await company.database.write(follow_them, linus.viewer)
    await company.follow(linus, ada)
    await company.group("secret", "private", ada, grace)
    for n in range(25):
        root = await company.publish(ada, f"Open {n}")
        await company.publish(ada, "Reply", reply_to=root["id"])
        await company.publish(ada, "Secret", group="secret")
    assert not await company.database.read(looked_at_each, linus.viewer)
    assert await company.texts(linus, "home") == [f"Open {n}" for n in range(24, 4, -1)]
