"""The people of every test: who they are, what they may do, and how they come into a store.

Ada administers. Linus and Grace are colleagues, Edsger is a guest from elsewhere, Marvin is Ada's bot.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert

from microblog.access import OPERATOR, NewPerson, add_person, card
from microblog.access.secrets import hash_of, new_secret
from microblog.access.tables import groups, memberships, sessions
from microblog.access.tokens import make_token
from microblog.bots import NewBot, add_bot
from microblog.core.viewer import Viewer
from microblog.db import Database, Tx

DAY = 86_400_000


@dataclass(frozen=True)
class Someone:
    """A viewer, with a token and a session cookie that stand for them."""

    viewer: Viewer
    token: str
    cookie: str

    @property
    def id(self) -> int:
        return self.viewer.id

    @property
    def bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


@dataclass(frozen=True)
class People:
    ada: Someone
    linus: Someone
    grace: Someone
    edsger: Someone
    marvin: Someone


async def settle(database: Database) -> People:
    """Put everyone into a store."""
    return await database.write(_settle, None)


async def make_group(database: Database, handle: str, kind: str, *members: Someone, owner: int = 0) -> int:
    """A group with these members, the one at place `owner` owning it; answers its id."""
    return await database.write(_make_group, None, handle, kind, [member.id for member in members], owner)


def _settle(tx: Tx, viewer: None) -> People:
    ada = _someone(tx, NewPerson(handle="ada", name="Ada Lovelace", email="ada@example.org", admin=True))
    bot = add_bot(tx, ada.viewer, NewBot(handle="marvin", name="Marvin"))
    return People(
        ada=ada,
        linus=_someone(tx, NewPerson(handle="linus", name="Linus Torvalds")),
        grace=_someone(tx, NewPerson(handle="grace", name="Grace Hopper")),
        edsger=_someone(tx, NewPerson(handle="edsger", name="Edsger Dijkstra", guest="Eindhoven")),
        marvin=Someone(_viewer(tx, bot.bot.id, f"token:{bot.token.id}"), bot.token.secret, ""),
    )


def _someone(tx: Tx, draft: NewPerson) -> Someone:
    person = add_person(tx, OPERATOR, draft)
    token = make_token(tx, OPERATOR, draft.handle, "tests")
    secret = new_secret()
    session = tx.execute(
        insert(sessions)
        .values(
            actor_id=person.id,
            secret_hash=hash_of(secret),
            created_at=tx.now,
            seen_at=tx.now,
            expires_at=tx.now + DAY,
        )
        .returning(sessions.c.id)
    ).scalar_one()
    return Someone(_viewer(tx, person.id, f"session:{session}", admin=draft.admin), token.secret, secret)


def _viewer(tx: Tx, number: int, via: str, *, admin: bool = False) -> Viewer:
    person = card(tx, number)
    return Viewer(
        id=person.id,
        handle=person.handle,
        name=person.name,
        kind=person.kind,
        via=via,
        admin=admin,
        organisation=person.organisation,
    )


def _make_group(tx: Tx, viewer: None, handle: str, kind: str, members: list[int], owner: int) -> int:
    group: int = tx.execute(
        insert(groups)
        .values(kind=kind, handle=handle, handle_key=handle, name=handle.title(), created_at=tx.now)
        .returning(groups.c.id)
    ).scalar_one()
    for place, member in enumerate(members):
        tx.execute(
            insert(memberships).values(
                group_id=group,
                actor_id=member,
                role="owner" if place == owner else "member",
                joined_at=tx.now + place,
            )
        )
    return group
