"""What two people have on their screens, what they hear when something happens, and what a fresh page then shows.

`python -m tests.posts.fold_cases` writes the cases that the browser's reducers are held to, into `tests/fixtures/fold/`:

    {"viewer": …, "me": GET /me, "groups": [their own, with role], "events": [what they hear],
     "before" and "after": {"head", "posts": {id: post}, "mine": {id: …},
                            "timelines": {name: [ids]}, "threads": {id: [ids]}}}

Every list is complete: its `next` is null. Times are replaced by ones that are the same on every run.
"""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from microblog.access.tables import groups, memberships
from microblog.core.clock import rfc3339
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.db.migrate import migrate
from microblog.people.queries import me
from tests.posts.company import Company, Json, of
from tests.support.people import Someone, settle
from tests.support.store import Store

FIXTURES = Path(__file__).parents[1] / "fixtures" / "fold"

TIMELINES = (
    *("home", "all", "mentions", "bookmarks", "group/java", "group/secret"),
    *("person/ada", "topic/python", "topic/travel"),
)


@dataclass
class World:
    """A company in the middle of a conversation."""

    company: Company
    root: Json
    reply: Json
    secret: Json
    plain: Json

    async def events_of(self, who: Someone, after: int) -> list[Json]:
        """What somebody hears who has all those lists, and the thread, on screen."""
        watched = [f"author:{self.company.people.ada.id}", "topic:python", "topic:travel"]
        heard = await self.company.hears(who, *watched, f"thread:{self.root['id']}")
        return [
            {"seq": event.seq, "type": event.type, "at": rfc3339(event.at), "data": of(event)}
            for event in heard
            if event.seq > after
        ]

    async def lists_of(self, who: Someone) -> Json:
        """Everything that somebody reads when they begin."""
        company = self.company
        pages = {name: await company.timeline(who, name) for name in TIMELINES if self._may(who, name)}
        thread = await company.thread(who, self.root)
        every = [*pages.values(), thread]
        return {
            "head": thread["head"],
            "posts": {str(post["id"]): post for page in every for post in page["items"]},
            "mine": {id_: mine for page in every for id_, mine in page["mine"].items()},
            "timelines": {name: [post["id"] for post in page["items"]] for name, page in pages.items()},
            "threads": {str(self.root["id"]): [post["id"] for post in thread["items"]]},
        }

    def _may(self, who: Someone, name: str) -> bool:
        return name != "group/secret" or who.viewer.handle in ("ada", "linus")


T = TypeVar("T")
Happening = Callable[[World], Awaitable[object]]

HAPPENINGS: dict[str, Happening] = {
    "publish": lambda world: world.company.publish(_ada(world), "In Zwolle with @linus #travel #python"),
    "publish_in_a_closed_group": lambda world: world.company.publish(
        _ada(world), "Psst, @linus #python", group="secret"
    ),
    "publish_a_long_text": lambda world: world.company.publish(_ada(world), "word " * 1_000),
    "reply": lambda world: world.company.publish(_ada(world), "@linus?", reply_to=world.root["id"]),
    "revise_to_name_nobody": lambda world: world.company.revise(
        _ada(world), world.root, "Never mind #travel"
    ),
    "revise_to_name_somebody": lambda world: world.company.revise(
        _grace(world), world.plain, "So, @linus #python"
    ),
    "withdraw": lambda world: world.company.withdraw(_ada(world), world.root),
    "withdraw_a_reply": lambda world: world.company.withdraw(_linus(world), world.reply),
    "withdraw_in_a_closed_group": lambda world: world.company.withdraw(_ada(world), world.secret),
    "erase": lambda world: world.company.erase(world.root, "Court order 26-113"),
    "react": lambda world: world.company.react(_linus(world), world.root, "🎉"),
    "unreact": lambda world: world.company.unreact(_linus(world), world.root, "👍"),
    "bookmark": lambda world: world.company.bookmark(_linus(world), world.secret),
    "unbookmark": lambda world: world.company.unbookmark(_linus(world), world.root),
    "read": lambda world: world.company.read_up_to(_linus(world), world.root["id"], group="all"),
}


async def play(company: Company, happening: Happening) -> list[Json]:
    """The cases of one happening: as Linus and as Ada see it."""
    world = await _world(company)
    people = company.people
    cases = []
    before = {who.id: await world.lists_of(who) for who in (people.linus, people.ada)}
    await _step(happening(world))
    for who in (people.linus, people.ada):
        cases.append(
            {
                "viewer": who.viewer.handle,
                "me": await company.see(me, who),
                "groups": await company.database.read(_groups, who.viewer),
                "before": before[who.id],
                "events": await world.events_of(who, before[who.id]["head"]),
                "after": await world.lists_of(who),
            }
        )
    return _timeless(cases)


async def _world(company: Company) -> World:
    people = company.people
    await company.group("java", "public", people.linus)
    await company.group("secret", "private", people.ada, people.linus)
    await company.follow(people.linus, people.ada)
    await company.follow_topic(people.linus, "python")
    root = await _step(company.publish(people.ada, "Who knows #python? @linus"))
    reply = await _step(company.publish(people.linus, "I do", reply_to=root["id"]))
    secret = await _step(company.publish(people.ada, "Between us #travel", group="secret"))
    plain = await _step(company.publish(people.grace, "Good morning", group="java"))
    await _step(company.react(people.linus, root, "👍"))
    await _step(company.react(people.grace, root, "👍"))
    await _step(company.bookmark(people.linus, root))
    return World(company, root, reply, secret, plain)


async def _step(doing: Awaitable[T]) -> T:
    # Each in a millisecond of its own, so that times are told apart whenever and wherever this runs.
    await asyncio.sleep(0.003)
    done = await doing
    await asyncio.sleep(0.003)
    return done


def _groups(tx: Tx, viewer: Viewer) -> list[Json]:
    mine = memberships.c.actor_id == viewer.id
    columns = (groups.c.id, groups.c.handle, groups.c.name, groups.c.kind, memberships.c.role)
    rows = tx.execute(select(*columns).join(memberships).where(mine).order_by(groups.c.id))
    return [dict(row._mapping) for row in rows]


_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


def _timeless(cases: list[Json]) -> list[Json]:
    text = json.dumps(cases)
    order = {time: at for at, time in enumerate(sorted(set(_TIME.findall(text))))}
    timeless: list[Json] = json.loads(
        _TIME.sub(lambda time: f"2026-11-23T20:{order[time.group()]:02d}:00.000Z", text)
    )
    return timeless


def _ada(world: World) -> Someone:
    return world.company.people.ada


def _linus(world: World) -> Someone:
    return world.company.people.linus


def _grace(world: World) -> Someone:
    return world.company.people.grace


def written(cases: list[Json]) -> str:
    """The cases as their file holds them."""
    return json.dumps(cases, ensure_ascii=False, indent=1) + "\n"


async def _play_in(folder: Path, happening: Happening) -> list[Json]:
    await asyncio.to_thread(migrate, "", folder)
    store = Store("sqlite", "", folder)
    async with store.opened() as database:
        people = await settle(database)
        store.heard.clear()
        return await play(Company(database, people, store.heard), happening)


def main() -> None:
    FIXTURES.mkdir(parents=True, exist_ok=True)
    for name, happening in HAPPENINGS.items():
        with tempfile.TemporaryDirectory() as folder:
            cases = asyncio.run(_play_in(Path(folder), happening))
        (FIXTURES / f"{name}.json").write_text(written(cases), encoding="utf-8")


if __name__ == "__main__":
    main()
