"""Making groups and changing what they say of themselves."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from microblog.access.actors import RESERVED, check_name
from microblog.access.tables import groups, memberships
from microblog.core.errors import Conflict, Forbidden, Invalid
from microblog.core.handles import handle_key, handle_shape, mixes_alphabets, well_formed
from microblog.core.text.clean import clean
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.groups.events import record_joined, record_revised
from microblog.groups.gates import OWNER, owns, see_group_to_change
from microblog.groups.model import Group, NewGroup, ReviseGroup
from microblog.groups.queries import shown_group

KINDS = ("public", "private")
"""Kinds of group that can be made."""


def make_group(tx: Tx, viewer: Viewer, draft: NewGroup) -> Group:
    """Make a group, owned by the viewer, and tell whoever may know of it.

    Raises Forbidden for guests and bots, Invalid for `kind`, `handle`, `name` or `description`, Conflict where the handle is
    taken, reserved or looks like another group's. That a handle is taken can not be hidden from whoever asks for it, not
    even where a private group has it; nothing else is said of that group.
    """
    if viewer.kind != "person":
        raise Forbidden("Only colleagues can make groups.")
    if draft.kind not in KINDS:
        raise Invalid(
            f"The kinds of group that can be made are {' and '.join(KINDS)}.", code="kind", field="kind"
        )
    _check_handle(tx, draft.handle)
    made = _insert(tx, viewer, draft)
    tx.execute(insert(memberships).values(group_id=made, actor_id=viewer.id, role=OWNER, joined_at=tx.now))
    record_joined(tx, viewer, made, viewer.id, OWNER)
    if draft.kind == "public":
        record_revised(tx, viewer, made)
    return shown_group(tx, viewer, made)


def revise_group(tx: Tx, viewer: Viewer, draft: ReviseGroup, *, handle: str) -> Group:
    """Change what is given of a group, and tell whoever may read it.

    Raises NotFound, Forbidden for all but owners, Invalid for `name`, `description`, or `listed` of a group that is not
    private.
    """
    group = see_group_to_change(tx, viewer, handle)
    if not owns(group):
        raise Forbidden("Only an owner can change a group.")
    changes: dict[str, Any] = {}
    if draft.name is not UNSET:
        changes["name"] = check_name(draft.name)
    if draft.description is not UNSET:
        changes["description"] = _description(draft.description)
    if draft.listed is not UNSET:
        if group.kind != "private":
            raise Invalid("Only a private group can be listed or not.", field="listed")
        changes["listed"] = draft.listed
    if any(getattr(group, field) != value for field, value in changes.items()):
        tx.execute(update(groups).where(groups.c.id == group.id).values(changes))
        record_revised(tx, viewer, group.id)
    return shown_group(tx, viewer, group.id)


def _check_handle(tx: Tx, handle: str) -> None:
    if not well_formed(handle):
        raise Invalid("A handle has up to 64 letters and digits, with . - _ between them.", field="handle")
    if mixes_alphabets(handle):
        raise Invalid("A handle keeps to one alphabet.", code="confusable", field="handle")
    shape = handle_shape(handle)
    if shape in RESERVED:
        raise Conflict("This handle is reserved.", code="reserved", field="handle")
    # Shapes have the length of their keys. Groups are few and seldom made, so theirs are not kept in a column.
    others = tx.execute(
        select(groups.c.handle_key).where(
            groups.c.kind != "direct", func.length(groups.c.handle_key) == len(shape)
        )
    ).scalars()
    for other in others:
        if other == handle_key(handle):
            raise Conflict("This handle is taken.", code="taken", field="handle")
        if handle_shape(other) == shape:
            raise Conflict("This handle looks like another group's.", code="confusable", field="handle")


def _insert(tx: Tx, viewer: Viewer, draft: NewGroup) -> int:
    row = {
        "kind": draft.kind,
        "handle": draft.handle,
        "handle_key": handle_key(draft.handle),
        "name": check_name(draft.name),
        "description": _description(draft.description),
        "listed": draft.listed and draft.kind == "private",
        "created_by": viewer.id,
        "created_at": tx.now,
    }
    try:
        with tx.savepoint():
            made: int = tx.execute(insert(groups).values(row).returning(groups.c.id)).scalar_one()
    except IntegrityError as error:
        # On PostgreSQL another transaction may have taken it since we looked; or a direct group has it.
        raise Conflict("This handle is taken.", code="taken", field="handle") from error
    return made


def _description(text: str) -> str:
    return clean(text, "description").strip()
