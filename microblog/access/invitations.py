"""Letting people in: anyone may invite; the first administrator comes in by the set-up link."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import Row, insert, select, update

from microblog.access.actors import check_email
from microblog.access.model import Card, cards
from microblog.access.secrets import hash_of, new_secret
from microblog.access.tables import actors, invitations
from microblog.core.bounds import Draft
from microblog.core.clock import Millis, rfc3339
from microblog.core.errors import Conflict, Forbidden, NotFound
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.http import Listing
from microblog.journal import head

DAY = 86_400_000
LASTS_DAYS = 14
"""Days in which an invitation can be used; the set-up link as well."""


class NewInvitation(Draft, frozen=True):
    """Whom to let in. `email` becomes theirs when they join; `note` is for the inviter's own list."""

    email: Annotated[str, Meta(min_length=1, max_length=254)] | None = None
    note: Annotated[str, Meta(max_length=500)] | None = None
    key: Annotated[str, Meta(min_length=1, max_length=200)] | None = None


class Invitation(msgspec.Struct, frozen=True, gc=False):
    """An invitation as its sender sees it. `joined` is who used it."""

    id: int
    email: str | None
    note: str | None
    created_at: str
    expires_at: str
    withdrawn: bool
    joined: Card | None
    joined_at: str | None


class InvitationMade(msgspec.Struct, frozen=True, gc=False):
    """A new invitation. `code` is shown this once; `link` is the address to send, the code in its fragment."""

    id: int
    email: str | None
    note: str | None
    created_at: str
    expires_at: str
    code: str
    link: str


class Welcome(msgspec.Struct, frozen=True, gc=False):
    """An invitation that can be used now."""

    id: int
    email: str | None
    admin: bool


def invite(tx: Tx, viewer: Viewer, draft: NewInvitation) -> InvitationMade:
    """Make an invitation. Raises Forbidden for guests and bots, Invalid or Conflict for the e-mail address."""
    if viewer.kind != "person":
        raise Forbidden("Only colleagues can invite.")
    email = check_email(tx, draft.email)
    code = new_secret()
    expires_at = tx.now + LASTS_DAYS * DAY
    made: int = tx.execute(
        insert(invitations)
        .values(
            secret_hash=hash_of(code),
            inviter_id=viewer.id,
            email=email,
            note=draft.note,
            created_at=tx.now,
            expires_at=expires_at,
        )
        .returning(invitations.c.id)
    ).scalar_one()
    return InvitationMade(
        made, email, draft.note, rfc3339(tx.now), rfc3339(expires_at), code, f"/join#{code}"
    )


def list_invitations(tx: Tx, viewer: Viewer) -> Listing[Invitation]:
    """The invitations that the viewer sent, newest first."""
    newest = head(tx)
    sent = tx.execute(
        select(invitations).where(invitations.c.inviter_id == viewer.id).order_by(invitations.c.id.desc())
    ).all()
    joined = cards(tx, [row.joined_id for row in sent if row.joined_id is not None])
    items = [_invitation(row, joined.get(row.joined_id)) for row in sent]
    return Listing(items=items, head=newest)


def withdraw_invitation(tx: Tx, viewer: Viewer, id: int) -> None:
    """Take back an invitation of one's own. Raises NotFound, and Conflict `used` where somebody joined by it."""
    mine = tx.execute(
        select(invitations.c.joined_at)
        .where(invitations.c.id == id, invitations.c.inviter_id == viewer.id)
        .with_for_update()
    ).first()
    if mine is None:
        raise NotFound("There is no such invitation.")
    if mine[0] is not None:
        raise Conflict("Somebody has joined by this invitation already.", code="used")
    tx.execute(
        update(invitations)
        .where(invitations.c.id == id, invitations.c.withdrawn_at.is_(None))
        .values(withdrawn_at=tx.now)
    )


def make_setup_code(tx: Tx, viewer: None = None) -> str | None:
    """A new code that makes whoever joins by it the first administrator; None where somebody is here already.

    Earlier set-up codes stop working: only the one printed last is good.
    """
    if tx.execute(select(actors.c.id).where(actors.c.kind == "person").limit(1)).first() is not None:
        return None
    _withdraw_setup(tx)
    code = new_secret()
    tx.execute(
        insert(invitations).values(
            secret_hash=hash_of(code), admin=True, created_at=tx.now, expires_at=tx.now + LASTS_DAYS * DAY
        )
    )
    return code


def look_up(tx: Tx, viewer: None, code: str) -> Welcome:
    """The invitation behind a code. Raises NotFound for none or a withdrawn one, Conflict `used` or `expired`."""
    row = tx.execute(select(invitations).where(invitations.c.secret_hash == hash_of(code))).first()
    if row is None or row.withdrawn_at is not None:
        raise NotFound("This invitation does not exist, or was taken back.", field="code")
    if row.joined_at is not None:
        raise Conflict("Somebody has joined by this invitation already.", code="used", field="code")
    if row.expires_at <= tx.now:
        raise Conflict("This invitation has expired; ask for a new one.", code="expired", field="code")
    return Welcome(row.id, row.email, row.admin)


def use(tx: Tx, welcome: Welcome, joined: int) -> None:
    """Mark an invitation as used; the first to join by a set-up code ends them all. Raises Conflict `used`."""
    used = tx.execute(
        update(invitations)
        .where(
            invitations.c.id == welcome.id,
            invitations.c.joined_at.is_(None),
            invitations.c.withdrawn_at.is_(None),
        )
        .values(joined_id=joined, joined_at=tx.now)
    )
    if used.rowcount != 1:
        raise Conflict("Somebody has joined by this invitation already.", code="used", field="code")
    if welcome.admin:
        _withdraw_setup(tx)


def _withdraw_setup(tx: Tx) -> None:
    tx.execute(
        update(invitations)
        .where(
            invitations.c.inviter_id.is_(None),
            invitations.c.joined_at.is_(None),
            invitations.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=tx.now)
    )


def _invitation(row: Row[tuple[object, ...]], joined: Card | None) -> Invitation:
    joined_at: Millis | None = row.joined_at
    return Invitation(
        row.id,
        row.email,
        row.note,
        rfc3339(row.created_at),
        rfc3339(row.expires_at),
        row.withdrawn_at is not None,
        joined,
        None if joined_at is None else rfc3339(joined_at),
    )
