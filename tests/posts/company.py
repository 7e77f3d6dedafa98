"""A company on a store: its people say things by the product's own actions, and see what the API would send them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import delete, insert, update

from microblog import posts
from microblog.access import OPERATOR, channels_of
from microblog.access.tables import follows, groups, memberships, topic_follows
from microblog.core.wire import encode
from microblog.db import Database, Tx
from microblog.http import Reply
from microblog.journal import Committed
from microblog.posts import Publish, Revise, queries, reactions, reading, timelines
from microblog.posts.model import HistoryPage, Page, ReadUpTo, ThreadPage
from tests.support.people import People, Someone, make_group

Json = dict[str, Any]


@dataclass
class Company:
    """Everybody, the store they share, and every event that was committed since it was opened."""

    database: Database
    people: People
    heard: list[Committed]

    async def group(self, handle: str, kind: str, *members: Someone) -> int:
        """A group with these members; its id."""
        return await make_group(self.database, handle, kind, *members)

    async def leave(self, who: Someone, group: int) -> None:
        gone = delete(memberships).where(memberships.c.group_id == group, memberships.c.actor_id == who.id)
        await self._run(gone)

    async def join(self, who: Someone, group: int) -> None:
        def join(tx: Tx, viewer: None) -> None:
            row = {"group_id": group, "actor_id": who.id, "role": "member", "joined_at": tx.now}
            tx.execute(insert(memberships).values(row))

        await self.database.write(join, None)

    async def archive(self, group: int) -> None:
        await self._run(update(groups).where(groups.c.id == group).values(archived_at=1))

    async def follow(self, who: Someone, author: Someone) -> None:
        await self._run(insert(follows).values(follower_id=who.id, author_id=author.id, at=0))

    async def follow_topic(self, who: Someone, topic: str) -> None:
        await self._run(insert(topic_follows).values(follower_id=who.id, topic=topic, at=0))

    async def publish(self, who: Someone, text: str, **more: Any) -> Json:
        return await self.do(posts.publish, who, Publish(text=text, **more))

    async def revise(self, who: Someone, post: Json, text: str) -> Json:
        return await self.do(posts.revise, who, Revise(text), id=post["id"])

    async def withdraw(self, who: Someone, post: Json) -> Json:
        return await self.do(posts.withdraw, who, id=post["id"])

    async def erase(self, post: Json, reason: str, by: str = "ada") -> Json:
        return _json(await self.database.write(posts.erase, OPERATOR, post["id"], reason, by))

    async def react(self, who: Someone, post: Json, name: str) -> Json:
        return await self.do(reactions.react, who, id=post["id"], name=name)

    async def unreact(self, who: Someone, post: Json, name: str) -> Json:
        return await self.do(reactions.unreact, who, id=post["id"], name=name)

    async def bookmark(self, who: Someone, post: Json) -> None:
        await self.do(reactions.bookmark, who, id=post["id"])

    async def unbookmark(self, who: Someone, post: Json) -> None:
        await self.do(reactions.unbookmark, who, id=post["id"])

    async def read_up_to(self, who: Someone, up_to: int, **where: Any) -> Json:
        return await self.do(reading.read_up_to, who, ReadUpTo(up_to=up_to, **where))

    async def post(self, who: Someone, post: Json) -> Json:
        return await self.see(queries.post, who, id=post["id"])

    async def thread(self, who: Someone, post: Json, **page: Any) -> Json:
        return await self.see(queries.thread, who, ThreadPage(**page), id=post["id"])

    async def history(self, who: Someone, post: Json, **page: Any) -> Json:
        return await self.see(queries.history, who, HistoryPage(**page), id=post["id"])

    async def unread(self, who: Someone) -> dict[str, int]:
        """How many are new, by the group's handle."""
        listing = await self.see(reading.unread, who)
        return {item["group"]["handle"]: item["unread"] for item in listing["items"]}

    async def timeline(self, who: Someone, name: str, **page: Any) -> Json:
        """A timeline by its path below `/timelines/`."""
        kind, _, whose = name.partition("/")
        query, key = _TIMELINES[kind]
        return await self.see(query, who, Page(**page), **({key: whose} if key else {}))

    async def ids(self, who: Someone, name: str, **page: Any) -> list[int]:
        return [item["id"] for item in (await self.timeline(who, name, **page))["items"]]

    async def texts(self, who: Someone, name: str, **page: Any) -> list[str]:
        return [item["text"] for item in (await self.timeline(who, name, **page))["items"]]

    async def hears(self, who: Someone, *watched: str) -> list[Committed]:
        """The events that reach this person's connections, who hear these channels besides their own."""
        channels = await self.database.read(channels_of, who.viewer) | set(watched)
        return [event for event in self.heard if channels & set(event.channels)]

    def events(self, kind: str) -> list[Committed]:
        return [event for event in self.heard if event.type == kind]

    async def do(self, action: Callable[..., object], who: Someone, *args: Any, **more: Any) -> Any:
        """What the API answers to a write."""
        return _json(await self.database.write(action, who.viewer, *args, **more))

    async def see(self, query: Callable[..., object], who: Someone, *args: Any, **more: Any) -> Any:
        """What the API answers to a read."""
        return _json(await self.database.read(query, who.viewer, *args, **more))

    async def _run(self, statement: Any) -> None:
        def run(tx: Tx, viewer: None) -> None:
            tx.execute(statement)

        await self.database.write(run, None)


_TIMELINES: dict[str, tuple[Callable[..., object], str]] = {
    "home": (timelines.home, ""),
    "all": (timelines.everyone, ""),
    "mentions": (timelines.mentioning, ""),
    "bookmarks": (timelines.bookmarked, ""),
    "group": (timelines.group, "handle"),
    "person": (timelines.person, "handle"),
    "topic": (timelines.topic, "name"),
}


def of(event: Committed) -> Json:
    """What an event says."""
    data: Json = msgspec.json.decode(event.data)
    return data


def texts(items: Iterable[Json]) -> list[str]:
    return [item["text"] for item in items]


def _json(result: object) -> Any:
    return msgspec.json.decode(encode(result.body if isinstance(result, Reply) else result))
