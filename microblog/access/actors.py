"""Actors come, change and go. Everything that makes or revises one passes through here."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from microblog.access.channels import EVERYONE
from microblog.access.model import Card, card
from microblog.access.tables import actors, groups, invitations, memberships, sessions, tokens
from microblog.core.errors import Conflict, Forbidden, Invalid, NotFound
from microblog.core.handles import handle_key, handle_shape, mixes_alphabets, well_formed
from microblog.core.viewer import ActorKind, Viewer
from microblog.core.wire import encode
from microblog.db import Tx
from microblog.journal import Control, Event, record

OPERATOR = Viewer(id=0, handle="", name="", kind="person", via="cli", admin=True)
"""Who acts from the command line: whoever may read the store's files needs nobody's leave."""

RESERVED = frozenset(
    (
        "admin",
        "administrator",
        "all",
        "api",
        "everyone",
        "here",
        "iedereen",
        "me",
        "microblog",
        "root",
        "system",
    )
)
"""Handles that would be taken for the product itself, or for everyone."""


class NewActor(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to be made. `password` is a hash already; `email` as typed; `owner_id` who answers for a bot."""

    handle: str
    name: str
    kind: ActorKind = "person"
    email: str | None = None
    organisation: str | None = None
    password: str | None = None
    admin: bool = False
    owner_id: int | None = None
    language: str | None = None
    time_zone: str | None = None


def create_actor(tx: Tx, viewer: Viewer | None, draft: NewActor) -> Card:
    """Make an actor and tell everyone who may know.

    Raises Invalid for a handle that can be none or an e-mail address without an @, Conflict where either is taken or the
    handle looks like somebody else's.
    """
    check_handle(tx, draft.handle)
    email = check_email(tx, draft.email)
    name = check_name(draft.name)
    values: dict[str, Any] = {
        **msgspec.structs.asdict(draft),
        "name": name,
        "email": email,
        "handle_key": handle_key(draft.handle),
        "handle_shape": handle_shape(draft.handle),
        "created_at": tx.now,
    }
    try:
        with tx.savepoint():
            made = tx.execute(insert(actors).values(**values).returning(actors.c.id)).scalar_one()
    except IntegrityError as error:
        # On PostgreSQL another transaction may have taken it since we looked.
        raise Conflict(
            "This handle or e-mail address was just taken.", code="taken", field="handle"
        ) from error
    announce(tx, made, viewer)
    return card(tx, made)


def check_handle(tx: Tx, handle: str, field: str = "handle") -> None:
    """Raise Invalid for a handle that can be none, Conflict for one that is taken or looks like another's."""
    if not well_formed(handle):
        raise Invalid("A handle has up to 64 letters and digits, with . - _ between them.", field=field)
    if mixes_alphabets(handle):
        raise Invalid("A handle keeps to one alphabet.", code="confusable", field=field)
    if handle_shape(handle) in RESERVED:
        raise Conflict("This handle is reserved.", code="reserved", field=field)
    if tx.execute(select(actors.c.id).where(actors.c.handle_key == handle_key(handle))).first():
        raise Conflict("This handle is taken.", code="taken", field=field)
    if tx.execute(select(actors.c.id).where(actors.c.handle_shape == handle_shape(handle))).first():
        raise Conflict("This handle looks like somebody else's.", code="confusable", field=field)


def check_email(tx: Tx, email: str | None, field: str = "email") -> str | None:
    """The address as it is kept (case-folded). Raises Invalid where it is none, Conflict where it is taken.

    Whether it receives mail only mail can tell, so little is asked of it: something, an @, something.
    """
    if email is None:
        return None
    kept = email.strip().casefold()
    name, at, host = kept.rpartition("@")
    if not (at and name and host) or len(kept) > 254 or not kept.isprintable() or " " in kept:
        raise Invalid("This is no e-mail address.", field=field)
    if tx.execute(select(actors.c.id).where(actors.c.email == kept)).first():
        raise Conflict("Somebody has this e-mail address already.", code="taken", field=field)
    return kept


def check_name(name: str, field: str = "name") -> str:
    """The name without blanks around it. Raises Invalid where nothing is left or it could not be printed."""
    kept = " ".join(name.split())
    if not kept or len(kept) > 200 or not kept.isprintable():
        raise Invalid("A name has 1 to 200 printable characters.", field=field)
    return kept


def announce(tx: Tx, actor_id: int, viewer: Viewer | None, control: Control | None = None) -> None:
    """Record `person.revised` with the card, for everyone who may see this actor.

    Employees hear `all`; guests hear the groups they share. A guest is known to employees too.
    """
    shared = tx.execute(select(memberships.c.group_id).where(memberships.c.actor_id == actor_id)).scalars()
    record(
        tx,
        Event(
            type="person.revised",
            actor=actor_id if viewer is None else viewer.id,
            via="" if viewer is None else viewer.via,
            subject_kind="person",
            subject_id=actor_id,
            channels=(EVERYONE, *(f"group:{group}" for group in shared)),
            data=encode(card(tx, actor_id)),
            control=control,
        ),
    )


def actor_id(tx: Tx, handle: str) -> int:
    """The id behind a handle, of whatever kind. Not a gate: for the command line. Raises NotFound."""
    found = tx.execute(select(actors.c.id).where(actors.c.handle_key == handle_key(handle))).scalar()
    if found is None:
        raise NotFound(f"There is nobody called {handle}.", field="handle")
    return int(found)


def deactivate(tx: Tx, viewer: Viewer, handle: str) -> None:
    """Close an account: its sessions and tokens end everywhere at once, what was said stays.

    A group that would be left without an owner goes to its longest-standing member. The account's bots end with it, and
    invitations it sent that nobody used. Raises Forbidden for whoever is no administrator, NotFound.
    """
    if not viewer.admin:
        raise Forbidden("Only an administrator can close an account.")
    gone = actor_id(tx, handle)
    bots = tx.execute(select(actors.c.id).where(actors.c.owner_id == gone, actors.c.kind == "bot")).scalars()
    for each in (gone, *bots):
        _close(tx, viewer, each)


def _close(tx: Tx, viewer: Viewer, gone: int) -> None:
    tx.execute(
        update(actors)
        .where(actors.c.id == gone, actors.c.deactivated_at.is_(None))
        .values(deactivated_at=tx.now)
    )
    for credentials in (sessions, tokens):
        tx.execute(delete(credentials).where(credentials.c.actor_id == gone))
    tx.execute(
        update(invitations)
        .where(
            invitations.c.inviter_id == gone,
            invitations.c.joined_at.is_(None),
            invitations.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=tx.now)
    )
    for group in _owned_alone(tx, gone):
        hand_over(tx, group, gone)
    announce(tx, gone, viewer, Control(close=(f"person:{gone}",)))


def _owned_alone(tx: Tx, owner: int) -> list[int]:
    others = memberships.alias()
    living = actors.alias()
    another = (
        select(others.c.actor_id)
        .join(living, living.c.id == others.c.actor_id)
        .where(
            others.c.group_id == memberships.c.group_id,
            others.c.role == "owner",
            others.c.actor_id != owner,
            living.c.deactivated_at.is_(None),
        )
    )
    owned = (
        select(memberships.c.group_id)
        .join(groups, groups.c.id == memberships.c.group_id)
        .where(memberships.c.actor_id == owner, memberships.c.role == "owner", ~another.exists())
        .order_by(memberships.c.group_id)
    )
    return list(tx.execute(owned).scalars())


def hand_over(tx: Tx, group: int, former: int) -> int | None:
    """Make the longest-standing colleague besides `former` an owner of the group; answers who, None where there is none."""
    heir: int | None = tx.execute(
        select(memberships.c.actor_id)
        .join(actors, actors.c.id == memberships.c.actor_id)
        .where(
            memberships.c.group_id == group,
            memberships.c.actor_id != former,
            actors.c.kind == "person",
            actors.c.deactivated_at.is_(None),
        )
        .order_by(memberships.c.joined_at, memberships.c.actor_id)
        .limit(1)
    ).scalar()
    if heir is not None:
        tx.execute(
            update(memberships)
            .where(memberships.c.group_id == group, memberships.c.actor_id == heir)
            .values(role="owner")
        )
    return heir
