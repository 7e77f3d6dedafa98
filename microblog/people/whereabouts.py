"""Where people are: said by themselves, known to colleagues alone."""

from __future__ import annotations

from sqlalchemy import delete, insert, or_, select

from microblog.access.channels import EVERYONE
from microblog.access.model import card, cards
from microblog.access.tables import actors, whereabouts
from microblog.core.clock import Millis, parse, rfc3339
from microblog.core.errors import Forbidden, Invalid
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Tx
from microblog.http import Listing
from microblog.journal import Event, head, record
from microblog.people.model import SayWhere, Whereabouts

LATEST = 253_402_300_799_000
"""The last second of the year 9999: what RFC 3339 can say."""


def say_where(tx: Tx, viewer: Viewer, draft: SayWhere) -> Whereabouts:
    """Say where the viewer is, or take it back with an empty place.

    Raises Forbidden for guests and bots, Invalid for a time that can not be read or has passed.
    """
    if viewer.kind != "person":
        raise Forbidden("Whereabouts are for colleagues.")
    place, until = draft.place.strip(), _until(tx, draft.until)
    if not place.isprintable():
        raise Invalid("A place is one line of text.", field="place")
    tx.execute(delete(whereabouts).where(whereabouts.c.actor_id == viewer.id))
    if place:
        tx.execute(insert(whereabouts).values(actor_id=viewer.id, place=place, until=until, at=tx.now))
    said = Whereabouts(
        person=card(tx, viewer.id),
        place=place or None,
        until=rfc3339(until) if place and until is not None else None,
        at=rfc3339(tx.now),
    )
    record(
        tx,
        Event(
            type="person.whereabouts",
            actor=viewer.id,
            via=viewer.via,
            subject_kind="whereabouts",
            subject_id=viewer.id,
            channels=(EVERYONE,),
            data=encode(said),
        ),
    )
    return said


def list_whereabouts(tx: Tx, viewer: Viewer) -> Listing[Whereabouts]:
    """Where everyone is who says so, latest first. Raises Forbidden for guests."""
    if not viewer.employee:
        raise Forbidden("Whereabouts are for colleagues.")
    newest = head(tx)
    said = tx.execute(
        select(whereabouts.c.actor_id, whereabouts.c.place, whereabouts.c.until, whereabouts.c.at)
        .join(actors, actors.c.id == whereabouts.c.actor_id)
        .where(
            actors.c.deactivated_at.is_(None),
            or_(whereabouts.c.until.is_(None), whereabouts.c.until > tx.now),
        )
        .order_by(whereabouts.c.at.desc(), whereabouts.c.actor_id)
    ).all()
    people = cards(tx, [row.actor_id for row in said])
    items = [
        Whereabouts(people[row.actor_id], row.place, _spoken(row.until), rfc3339(row.at)) for row in said
    ]
    return Listing(items=items, head=newest)


def place_of(tx: Tx, person: int) -> tuple[str | None, str | None]:
    """Where somebody says they are now, and until when. Not a gate: for colleagues alone."""
    row = tx.execute(
        select(whereabouts.c.place, whereabouts.c.until).where(
            whereabouts.c.actor_id == person,
            or_(whereabouts.c.until.is_(None), whereabouts.c.until > tx.now),
        )
    ).first()
    return (None, None) if row is None else (row.place, _spoken(row.until))


def _until(tx: Tx, text: str | None) -> Millis | None:
    if text is None:
        return None
    try:
        until = parse(text)
    except (ValueError, OverflowError):
        raise Invalid("A time looks like 2026-11-23T20:30:00Z.", field="until") from None
    if not tx.now < until <= LATEST:
        raise Invalid("This time has passed.", field="until")
    return until


def _spoken(at: Millis | None) -> str | None:
    return None if at is None else rfc3339(at)
