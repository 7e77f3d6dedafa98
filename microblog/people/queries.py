"""Reading people: oneself, one of them, or those whose name begins so."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from microblog.access.gates import visible_people
from microblog.access.model import card
from microblog.access.tables import actors, follows
from microblog.core.errors import NotFound
from microblog.core.handles import handle_key
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.http import Listing
from microblog.journal import head
from microblog.people.follows import followed
from microblog.people.model import Followed, Me, Person, PersonPage, Search
from microblog.people.whereabouts import place_of

_PEOPLE = ("person", "guest", "bot")
"""Kinds that one looks for among people; feeds and hooks are listed with their groups."""


def me(tx: Tx, viewer: Viewer) -> Me:
    """The viewer's own account."""
    own = tx.execute(
        select(actors.c.email, actors.c.department, actors.c.language, actors.c.time_zone).where(
            actors.c.id == viewer.id
        )
    ).one()
    place, until = place_of(tx, viewer.id)
    return Me(
        person=card(tx, viewer.id),
        kind=viewer.kind,
        email=own.email,
        admin=viewer.admin,
        department=own.department,
        language=own.language,
        time_zone=own.time_zone,
        place=place,
        until=until,
        following=followed(tx, viewer),
        scopes=sorted(viewer.scopes),
    )


def person(tx: Tx, viewer: Viewer, handle: str) -> PersonPage:
    """One person by handle. Raises NotFound for whom the viewer may not see."""
    row = tx.execute(
        _select().where(actors.c.handle_key == handle_key(handle), actors.c.id.in_(visible_people(viewer)))
    ).first()
    if row is None:
        raise NotFound("There is no such person.")
    place, until = place_of(tx, row.id) if viewer.employee else (None, None)
    return PersonPage(
        person=_person(row, viewer, place, until), mine=Followed(row.id in _following(tx, viewer, [row.id]))
    )


def people(tx: Tx, viewer: Viewer, search: Search) -> Listing[Person]:
    """People by id, newest first, of those whom the viewer may see and whose accounts are open."""
    newest = head(tx)
    query = _select().where(
        actors.c.id.in_(visible_people(viewer)),
        actors.c.kind.in_(_PEOPLE),
        actors.c.deactivated_at.is_(None),
    )
    if words := search.q.strip():
        query = query.where(_begins(words))
    if search.before is not None:
        query = query.where(actors.c.id < search.before)
    rows = tx.execute(query.order_by(actors.c.id.desc()).limit(search.limit + 1)).all()
    shown = rows[: search.limit]
    following = _following(tx, viewer, [row.id for row in shown])
    return Listing(
        items=[_person(row, viewer) for row in shown],
        head=newest,
        next=shown[-1].id if len(rows) > search.limit else None,
        mine={str(number): Followed(True) for number in sorted(following)},
    )


def _select() -> Any:
    return select(
        actors.c.id,
        actors.c.handle,
        actors.c.name,
        actors.c.kind,
        actors.c.photo,
        actors.c.organisation,
        actors.c.department,
        actors.c.email,
        actors.c.time_zone,
        actors.c.deactivated_at,
    )


def _begins(words: str) -> ColumnElement[bool]:
    key = _literal(handle_key(words.removeprefix("@")))
    name = _literal(words.lower())
    lowered = func.lower(actors.c.name)
    return or_(
        actors.c.handle_key.like(key + "%", escape="\\"),
        lowered.like(name + "%", escape="\\"),
        lowered.like("% " + name + "%", escape="\\"),
        # SQLite lowers ASCII alone: a name that is typed as it is written is found all the same.
        actors.c.name.like(_literal(words) + "%", escape="\\"),
    )


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _following(tx: Tx, viewer: Viewer, ids: list[int]) -> set[int]:
    found = select(follows.c.author_id).where(
        follows.c.follower_id == viewer.id, follows.c.author_id.in_(ids)
    )
    return set(tx.execute(found).scalars())


def _person(row: Any, viewer: Viewer, place: str | None = None, until: str | None = None) -> Person:
    known = viewer.employee or viewer.id == row.id
    return Person(
        id=row.id,
        handle=row.handle,
        name=row.name,
        kind=row.kind,
        photo=row.photo,
        organisation=row.organisation,
        department=row.department if known else None,
        email=row.email if known else None,
        time_zone=row.time_zone if known else None,
        place=place,
        until=until,
        deactivated=row.deactivated_at is not None,
    )
