"""Fills an empty store with the company and the weeks behind it, through the actions that the API itself calls."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import insert

from microblog.access import OPERATOR, NewActor, create_actor
from microblog.access.tables import groups, memberships
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.demo.company import Company, Group, Person
from microblog.demo.script import Line
from microblog.people.actions import revise_me
from microblog.people.follows import follow_person, follow_topic
from microblog.people.model import ReviseMe, SayWhere
from microblog.people.whereabouts import say_where
from microblog.posts import Publish, Revise, publish, revise, withdraw
from microblog.posts.reactions import bookmark, react

BEFORE = timedelta(weeks=8)
"""How long ago everyone was hired: before the first conversation."""

AT_ONCE = 10
"""Deeds in one unit of work, which is to last less than 50 ms."""

Viewers = Mapping[str, Viewer]
"""Everyone at the company, by handle."""


@dataclass(frozen=True)
class Deed:
    """Something that was done at a certain time: said, revised, withdrawn, or a reaction given."""

    at: datetime
    kind: Literal["say", "revise", "withdraw", "react"]
    line: Line
    who: str
    name: str = ""


async def settle(
    database: Database, company: Company, passwords: Mapping[str, str], now: datetime
) -> Viewers:
    """Make the people, bots and groups, as of weeks ago. `passwords` are hashes, by handle."""
    viewers: dict[str, Viewer] = {}
    for person in company.people:
        viewers[person.handle] = await database.write(
            _hire, None, company, person, passwords.get(person.handle), now
        )
    for bot in company.bots:
        draft = NewActor(handle=bot.handle, name=bot.name, kind="bot", owner_id=viewers[bot.owner].id)
        viewers[bot.handle] = await database.write(_appear, None, draft)
    for group in company.groups:
        await database.write(_gather, None, group, viewers, now)
    for who, what in ((each.who, each.what) for each in company.follows):
        await database.write(_follow_people, viewers[who], what)
    for who, what in ((each.who, each.what) for each in company.topics):
        await database.write(_follow_topics, viewers[who], what)
    return viewers


async def remember(
    database: Database, viewers: Viewers, talks: Sequence[Sequence[Line]], now: datetime
) -> None:
    """Say everything that was said, in the order in which it was, so that ids and times agree."""
    deeds = sorted(
        (deed for talk in talks for line in talk for deed in _deeds(line, now)), key=lambda deed: deed.at
    )
    said: dict[int, int] = {}
    for start in range(0, len(deeds), AT_ONCE):
        await database.write(_redo, None, viewers, deeds[start : start + AT_ONCE], said)


def _hire(
    tx: Tx, viewer: None, company: Company, person: Person, password: str | None, now: datetime
) -> Viewer:
    draft = NewActor(
        handle=person.handle,
        name=person.name,
        email=f"{person.handle}@{company.name.lower()}.example",
        admin=person.handle in company.admins,
        password=password,
        language=person.language,
        time_zone="Europe/Amsterdam",
    )
    with _at(tx, now - BEFORE):
        somebody = _appear(tx, None, draft)
        revise_me(tx, somebody, ReviseMe(department=person.department))
    with _at(tx, now - timedelta(minutes=random.randint(5, 600))):
        say_where(tx, somebody, SayWhere(place=person.place))
    return somebody


def _appear(tx: Tx, viewer: None, draft: NewActor) -> Viewer:
    card = create_actor(tx, OPERATOR, draft)
    return Viewer(
        id=card.id, handle=card.handle, name=card.name, kind=card.kind, via="cli", admin=draft.admin
    )


def _gather(tx: Tx, viewer: None, group: Group, viewers: Viewers, now: datetime) -> None:
    then = round((now - BEFORE).timestamp() * 1000)
    members = group.members or [handle for handle, one in viewers.items() if one.kind == "person"]
    made = tx.execute(
        insert(groups)
        .values(
            kind=group.kind,
            handle=group.handle,
            handle_key=group.handle,
            name=group.name,
            description=group.description,
            created_by=viewers[members[0]].id,
            created_at=then,
        )
        .returning(groups.c.id)
    ).scalar_one()
    tx.execute(
        insert(memberships),
        [
            {
                "group_id": made,
                "actor_id": viewers[member].id,
                "role": "owner" if member == members[0] else "member",
                "joined_at": then,
            }
            for member in members
        ],
    )


def _follow_people(tx: Tx, viewer: Viewer, handles: Sequence[str]) -> None:
    for handle in handles:
        follow_person(tx, viewer, handle)


def _follow_topics(tx: Tx, viewer: Viewer, topics: Sequence[str]) -> None:
    for topic in topics:
        follow_topic(tx, viewer, topic)


def _deeds(line: Line, now: datetime) -> Iterator[Deed]:
    assert line.at is not None, "What is remembered has a time."
    yield Deed(line.at, "say", line, line.who)
    if line.revision is not None and line.revision[0] is not None:
        yield Deed(line.revision[0], "revise", line, line.who, line.revision[1])
    if line.withdrawn is not None:
        yield Deed(line.withdrawn, "withdraw", line, line.who)
    for name, who in line.reactions:
        later = line.at + timedelta(minutes=random.expovariate(1 / 40) + 1)
        yield Deed(min(later, now), "react", line, who, name)


def _redo(tx: Tx, viewer: None, viewers: Viewers, deeds: Sequence[Deed], said: dict[int, int]) -> None:
    """`said` holds the ids of what was said so far, by the identity of its line."""
    for deed in deeds:
        with _at(tx, deed.at):
            _do(tx, viewers[deed.who], deed, said)


@contextmanager
def _at(tx: Tx, then: datetime) -> Iterator[None]:
    """What is done meanwhile was done then."""
    today, tx.now = tx.now, round(then.timestamp() * 1000)
    try:
        yield
    finally:
        tx.now = today


def _do(tx: Tx, viewer: Viewer, deed: Deed, said: dict[int, int]) -> None:
    line = deed.line
    if deed.kind == "say":
        said[id(line)] = say(tx, viewer, line, None if line.answers is None else said[id(line.answers)])
    elif deed.kind == "revise":
        revise(tx, viewer, Revise(text=deed.name), id=said[id(line)])
    elif deed.kind == "withdraw":
        withdraw(tx, viewer, id=said[id(line)])
    else:
        give(tx, viewer, said[id(line)], deed.name)


def say(tx: Tx, viewer: Viewer, line: Line, reply_to: int | None) -> int:
    """Publish a line of a conversation, and answer the id of the post."""
    group = None if line.group == "all" or reply_to is not None else line.group
    made = publish(tx, viewer, Publish(text=line.text, group=group, reply_to=reply_to)).subject
    assert made is not None
    return made


def give(tx: Tx, viewer: Viewer, post: int, name: str) -> None:
    """React to a post, or keep it at hand."""
    if name == "bookmark":
        bookmark(tx, viewer, id=post)
    else:
        react(tx, viewer, id=post, name=name)
