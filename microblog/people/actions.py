"""Changing oneself."""

from __future__ import annotations

import zoneinfo
from typing import Any

from msgspec import UNSET
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from microblog.access.actors import announce, check_email, check_name
from microblog.access.tables import actors
from microblog.core.errors import Conflict, Forbidden, Invalid
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.journal import Control
from microblog.people.model import Me, ReviseMe
from microblog.people.queries import me


def revise_me(tx: Tx, viewer: Viewer, draft: ReviseMe) -> Me:
    """Change what is given of the viewer's own account, and tell whoever may know.

    Raises Invalid with the field, Conflict where somebody has the e-mail address, Forbidden for bots that would change
    anything but their name.
    """
    changes: dict[str, Any] = {}
    if draft.name is not UNSET:
        changes["name"] = check_name(draft.name)
    if draft.email is not UNSET:
        changes["email"] = _email(tx, viewer, draft.email)
    if draft.department is not UNSET:
        changes["department"] = (
            check_name(draft.department, "department") if draft.department.strip() else None
        )
    if draft.language is not UNSET:
        changes["language"] = draft.language
    if draft.time_zone is not UNSET:
        changes["time_zone"] = check_time_zone(draft.time_zone)
    if viewer.kind == "bot" and changes.keys() - {"name"}:
        raise Forbidden("A bot has a name and nothing more.")
    if changes:
        try:
            with tx.savepoint():
                tx.execute(update(actors).where(actors.c.id == viewer.id).values(changes))
        except IntegrityError as error:
            raise Conflict(
                "Somebody has this e-mail address already.", code="taken", field="email"
            ) from error
    if "name" in changes:
        announce(tx, viewer.id, viewer, Control(close=()))
    return me(tx, viewer)


def check_time_zone(name: str, field: str = "time_zone") -> str | None:
    """The name of a time zone (`Europe/Amsterdam`), None for an empty one. Raises Invalid where there is no such zone."""
    if not name:
        return None
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("There is no such time zone; one is Europe/Amsterdam.", field=field) from None
    return name


def _email(tx: Tx, viewer: Viewer, email: str) -> str | None:
    if not email.strip():
        return None
    mine = tx.execute(select(actors.c.email).where(actors.c.id == viewer.id)).scalar()
    return mine if mine == email.strip().casefold() else check_email(tx, email)
