"""Coming into groups and going out of them: it changes what one's connections hear, in order with everything else.

A public group one joins oneself; into any other one is brought by an owner. A group that has members has an owner: when the
last one goes, the longest-standing member becomes one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, insert, select

from microblog.access import GroupRow, visible_people
from microblog.access.actors import hand_over
from microblog.access.tables import actors, memberships
from microblog.core.errors import Conflict, Forbidden, Invalid, NotFound
from microblog.core.handles import handle_key
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.groups.events import record_joined, record_left
from microblog.groups.gates import MEMBER, OWNER, owns, see_group_to_change

_PEOPLE = ("person", "guest", "bot")
"""Kinds of actor that can be members."""


def join_group(tx: Tx, viewer: Viewer, *, handle: str, person: str) -> None:
    """Bring somebody into a group, or come into a public one oneself. Who is in it already stays what they are.

    Raises NotFound for the group or the person, Forbidden for all but owners, Conflict `everyone` or `conversation` for
    groups that nobody joins and `deactivated` for a closed account, Invalid for a guest in a group that is not external.
    """
    group = _changeable(tx, viewer, handle)
    joining = _find(tx, viewer, person)
    if not owns(group):
        _check_self(viewer, group, joining.id)
    if joining.kind == "guest" and group.kind != "external":
        raise Invalid("Guests can be in external groups only.", code="guest", field="person")
    if joining.deactivated_at is not None:
        raise Conflict("This account was closed.", code="deactivated", field="person")
    if _role(tx, group.id, joining.id) is not None:
        return
    # Everyone may have left a public group before.
    role = MEMBER if _anyone_else(tx, group.id, joining.id, OWNER) else OWNER
    tx.execute(
        insert(memberships).values(
            group_id=group.id, actor_id=joining.id, role=role, joined_at=tx.now, added_by=viewer.id
        )
    )
    record_joined(tx, viewer, group.id, joining.id, role)


def leave_group(tx: Tx, viewer: Viewer, *, handle: str, person: str) -> None:
    """Leave a group, or as an owner put somebody out. Nothing happens where they are not in it.

    Raises NotFound for the group or the person, Forbidden for who would put out somebody else without being an owner,
    Conflict `everyone` or `conversation` for groups that nobody leaves, and `last_owner` where the only owner would leave
    nobody behind but bots and guests.
    """
    group = _changeable(tx, viewer, handle)
    leaving = _find(tx, viewer, person).id
    if leaving != viewer.id and not owns(group):
        raise Forbidden("Only an owner can put somebody else out of a group.")
    role = _role(tx, group.id, leaving)
    if role is None:
        return
    if role == OWNER and not _anyone_else(tx, group.id, leaving, OWNER):
        _leave_to_another(tx, viewer, group.id, leaving)
    tx.execute(
        delete(memberships).where(memberships.c.group_id == group.id, memberships.c.actor_id == leaving)
    )
    record_left(tx, viewer, group.id, leaving)


def _changeable(tx: Tx, viewer: Viewer, handle: str) -> GroupRow:
    group = see_group_to_change(tx, viewer, handle)
    if group.kind == "all":
        raise Conflict("Every colleague is in this group.", code="everyone", field="handle")
    if group.kind == "direct":
        raise Conflict(
            "A conversation is its people: start another with others.", code="conversation", field="handle"
        )
    return group


def _find(tx: Tx, viewer: Viewer, handle: str) -> Row[Any]:
    found = tx.execute(
        select(actors.c.id, actors.c.kind, actors.c.deactivated_at).where(
            actors.c.handle_key == handle_key(handle),
            actors.c.kind.in_(_PEOPLE),
            actors.c.id.in_(visible_people(viewer)),
        )
    ).first()
    if found is None:
        raise NotFound("There is no such person.", field="person")
    return found


def _check_self(viewer: Viewer, group: GroupRow, joining: int) -> None:
    if joining != viewer.id:
        raise Forbidden("Only an owner can bring somebody into a group.")
    if group.kind != "public" and group.role is None:
        raise Forbidden("Into this group one is brought by an owner.")


def _role(tx: Tx, group: int, person: int) -> str | None:
    role: str | None = tx.execute(
        select(memberships.c.role).where(memberships.c.group_id == group, memberships.c.actor_id == person)
    ).scalar()
    return role


def _leave_to_another(tx: Tx, viewer: Viewer, group: int, leaving: int) -> None:
    heir = hand_over(tx, group, leaving)
    if heir is not None:
        record_joined(tx, viewer, group, heir, OWNER)
    elif _anyone_else(tx, group, leaving, OWNER, MEMBER):
        raise Conflict(
            "Nobody else here can own the group: put the others out before you leave it.",
            code="last_owner",
            field="person",
        )


def _anyone_else(tx: Tx, group: int, but: int, *roles: str) -> bool:
    """Whether anyone but `but` is in the group in one of these roles, with an account that is open."""
    others = (
        select(memberships.c.actor_id)
        .join(actors, actors.c.id == memberships.c.actor_id)
        .where(
            memberships.c.group_id == group,
            memberships.c.actor_id != but,
            memberships.c.role.in_(roles),
            actors.c.deactivated_at.is_(None),
        )
    )
    return tx.execute(others.limit(1)).first() is not None
