"""What the API and events say of an actor and of a group."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import bindparam, select

from microblog.access.tables import actors, groups
from microblog.core.errors import NotFound
from microblog.core.viewer import ActorKind, Viewer
from microblog.core.wire import encode
from microblog.db import Hot, Tx


class Card(msgspec.Struct, frozen=True, gc=False):
    """All that events and lists say of an actor, guests included. More of a person is for employees alone."""

    id: int
    handle: str
    name: str
    kind: ActorKind
    photo: str | None = None
    organisation: str | None = None


class GroupCard(msgspec.Struct, frozen=True, gc=False):
    """A group as a post names it."""

    id: int
    handle: str
    name: str
    kind: str


_CARD = (actors.c.id, actors.c.handle, actors.c.name, actors.c.kind, actors.c.photo, actors.c.organisation)
_BY_ID = Hot(select(*_CARD).where(actors.c.id == bindparam("id")))
"""One card is asked for by every stream that opens: when a whole company returns at once, thousands of times a second."""


def cards(tx: Tx, ids: Iterable[int]) -> dict[int, Card]:
    """The cards of these actors by id, deactivated ones too; unknown ids are absent."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {row[0]: Card(*row) for row in tx.execute(select(*_CARD).where(actors.c.id.in_(wanted)))}


def card(tx: Tx, actor_id: int) -> Card:
    """The card of one actor. Raises NotFound."""
    found = tx.hot(_BY_ID, id=actor_id)
    if not found:
        raise NotFound("There is no such person.")
    return Card(*found[0])


def card_of(tx: Tx, viewer: Viewer) -> msgspec.Raw:
    """The viewer's own card, encoded: how a stream says who it took one for. Raises NotFound."""
    return msgspec.Raw(encode(card(tx, viewer.id)))


def group_cards(tx: Tx, ids: Iterable[int]) -> dict[int, GroupCard]:
    """The cards of these groups by id; unknown ids are absent. Not a gate: ask for groups already found readable."""
    wanted = set(ids)
    if not wanted:
        return {}
    columns = (groups.c.id, groups.c.handle, groups.c.name, groups.c.kind)
    return {row[0]: GroupCard(*row) for row in tx.execute(select(*columns).where(groups.c.id.in_(wanted)))}
