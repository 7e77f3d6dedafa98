"""A small company to listen in: real store, real server on a free port, people who are members of groups.

Only what realtime is handed by the rest of the product stands here: who a token belongs to and what a person may hear.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from sqlalchemy import create_engine, delete, insert, select
from starlette.applications import Starlette

from microblog import journal
from microblog.access.tables import actors, groups, memberships
from microblog.core.errors import Forbidden, Unauthorized
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Database, Tx, open_database, tables
from microblog.journal import Committed, Control, Event
from microblog.journal.tables import counter
from microblog.realtime import Admission, Ports, Realtime
from microblog.realtime.hub import Hub

PEOPLE = {"ada": 1, "linus": 2, "grace": 3, "barbara": 4}
ORIGIN = "http://127.0.0.1"


def viewer(handle: str) -> Viewer:
    return Viewer(
        id=PEOPLE[handle], handle=handle, name=handle.title(), kind="person", via=f"session:{PEOPLE[handle]}"
    )


class Company:
    """The people at work: what happens is what the product would record."""

    def __init__(self, database: Database, realtime: Realtime) -> None:
        self.database = database
        self.realtime = realtime

    @property
    def hub(self) -> Hub:
        return self.realtime.hub

    async def publish(
        self, *channels: str, text: str = "", subject: int = 0, control: Control | None = None
    ) -> int:
        """Record one event on these channels and answer its seq."""
        return (await self.publish_many([channels], text, subject, control))[0]

    async def publish_many(
        self,
        events: Sequence[Sequence[str]],
        text: str = "",
        subject: int = 0,
        control: Control | None = None,
    ) -> list[int]:
        """Record several in one transaction."""
        before = await self.database.write(_publish, viewer("ada"), events, text, subject, control)
        head = await self.database.read(_head, None)
        assert before < head
        return list(range(before + 1, before + 1 + len(events)))

    async def join(self, handle: str, group: int) -> int:
        await self.database.write(_join, viewer(handle), group)
        return await self.head()

    async def remove(self, handle: str, group: int) -> int:
        await self.database.write(_remove, viewer(handle), group)
        return await self.head()

    async def sign_out(self, handle: str) -> None:
        await self.publish(control=Control(close=(viewer(handle).via,)))

    async def journal(self) -> list[Committed]:
        return await self.database.read(_all, None)

    async def head(self) -> int:
        return await self.database.read(_head, None)


def prepare(data: Path) -> None:
    """A store with its people in it."""
    engine = create_engine(f"sqlite:///{data / 'microblog.db'}")
    tables.load().create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(counter).values(id=1, seq=0, pruned=0, epoch="e5f0"))
        people = [
            {
                "id": number,
                "kind": "person",
                "handle": handle,
                "handle_key": handle,
                "name": handle,
                "created_at": 0,
            }
            for handle, number in PEOPLE.items()
        ]
        connection.execute(insert(actors), people)
        rooms = [
            {
                "id": number,
                "kind": "private",
                "handle": f"g{number}",
                "handle_key": f"g{number}",
                "name": "",
                "created_at": 0,
            }
            for number in (1, 7, 12)
        ]
        connection.execute(insert(groups), rooms)
    engine.dispose()


@contextlib.asynccontextmanager
async def opened(data: Path, **options: Any) -> AsyncIterator[Company]:
    """The company without a server in front of it."""
    realtime = Realtime(Ports(authenticate, channels_of, may_hear, card_of), **options)
    database = await open_database("", data=data, seal=journal.seal, on_commit=realtime.committed)
    database.debt = realtime.debt
    await realtime.start(database)
    try:
        yield Company(database, realtime)
    finally:
        await realtime.stop()
        await database.close()


@contextlib.asynccontextmanager
async def served(company: Company, leaves: bool = True) -> AsyncIterator[int]:
    """The company at a port of this machine; unless `leaves`, behind a uvicorn that knows nothing of us.

    uvicorn's parts without its pauses: it looks ten times a second whether to stop.
    """
    realtime = company.realtime
    ours: dict[str, Any] = {"http": realtime.http_class, "ws": realtime.protocol_class}
    config = uvicorn.Config(
        Starlette(routes=realtime.routes()),
        ws_ping_interval=None,
        lifespan="off",
        log_config=None,
        access_log=False,
        **(ours if leaves else {"http": "httptools", "ws": "websockets-sansio"}),
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    listener = socket.create_server(("127.0.0.1", 0))
    await server.startup(sockets=[listener])
    try:
        yield listener.getsockname()[1]
    finally:
        for serving in server.servers:
            serving.close()
        await realtime.drain(0)


async def authenticate(scope: Mapping[str, Any]) -> Viewer:
    headers = dict(scope["headers"])
    scheme, _, handle = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if scheme != "Bearer" or handle not in PEOPLE:
        raise Unauthorized("who are you?")
    if headers.get(b"origin", ORIGIN.encode()) != ORIGIN.encode():
        raise Forbidden("this page may not connect", code="wrong_origin")
    return viewer(handle)


def channels_of(tx: Tx, viewer: Viewer) -> frozenset[str]:
    mine = tx.execute(select(memberships.c.group_id).where(memberships.c.actor_id == viewer.id)).scalars()
    return frozenset(["all", f"person:{viewer.id}", *(f"group:{group}" for group in mine)])


def may_hear(tx: Tx, viewer: Viewer, channel: str) -> bool:
    """Everybody may watch authors and the group 1; group 7 and the threads in it are for members."""
    if channel in ("group:7", "thread:70"):
        mine = select(memberships.c.role).where(
            memberships.c.actor_id == viewer.id, memberships.c.group_id == 7
        )
        return tx.execute(mine).first() is not None
    return channel.startswith("author:") or channel in ("group:1", "thread:10")


def card_of(tx: Tx, viewer: Viewer) -> msgspec.Raw:
    return msgspec.Raw(encode({"id": viewer.id, "handle": viewer.handle}))


def _publish(
    tx: Tx, viewer: Viewer, events: Sequence[Sequence[str]], text: str, subject: int, control: Control | None
) -> int:
    before = journal.head(tx)
    for number, channels in enumerate(events):
        data = encode({"id": subject, "text": text or f"number {number}"})
        journal.record(
            tx,
            Event("post.published", viewer.id, viewer.via, "post", subject, tuple(channels), data, control),
        )
    return before


def _join(tx: Tx, viewer: Viewer, group: int) -> None:
    tx.execute(
        insert(memberships).values(group_id=group, actor_id=viewer.id, role="member", joined_at=tx.now)
    )
    control = Control(add=((viewer.id, f"group:{group}"),))
    journal.record(tx, Event("group.joined", viewer.id, viewer.via, "group", group, (), b"{}", control))


def _remove(tx: Tx, viewer: Viewer, group: int) -> None:
    tx.execute(
        delete(memberships).where(memberships.c.group_id == group, memberships.c.actor_id == viewer.id)
    )
    control = Control(drop=((viewer.id, f"group:{group}"),))
    journal.record(tx, Event("group.left", viewer.id, viewer.via, "group", group, (), b"{}", control))


def _all(tx: Tx, viewer: Viewer | None) -> list[Committed]:
    return journal.since(tx, 0, 100_000)


def _head(tx: Tx, viewer: Viewer | None) -> int:
    return journal.head(tx)


def strict() -> Admission:
    """Lets five in and no more."""
    return Admission(rate=0.001, burst=5)


REWRITE = Control(rewrite=True)
"""The event's data replaces what was said before of the same subject."""
