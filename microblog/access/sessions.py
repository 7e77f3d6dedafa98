"""Logging in and out, and seeing where one is logged in."""

from __future__ import annotations

import msgspec
from sqlalchemy import delete, insert, select, update

from microblog.access.authenticator import SESSION_DAYS
from microblog.access.model import Card, card
from microblog.access.secrets import hash_of, new_secret
from microblog.access.tables import actors, sessions
from microblog.core.clock import rfc3339
from microblog.core.errors import NotFound, Unauthorized
from microblog.core.handles import handle_key
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.http import Listing
from microblog.journal import Control, Event, head, record


class Session(msgspec.Struct, frozen=True, gc=False):
    """A browser that is logged in. `current` is the one that asks."""

    id: int
    user_agent: str | None
    network: str | None
    created_at: str
    seen_at: str
    current: bool


class Account(msgspec.Struct, frozen=True, gc=False):
    """What logging in needs to know of whoever says they are somebody."""

    id: int
    password: str | None


class Opened(msgspec.Struct, frozen=True, gc=False):
    """A session that was just begun, with the secret for the cookie."""

    person: Card
    secret: str


def find_account(tx: Tx, viewer: None, login: str) -> Account | None:
    """The account behind a handle or an e-mail address; None for none, a closed one, and one without a password."""
    known = (
        actors.c.email == login.strip().casefold()
        if "@" in login
        else actors.c.handle_key == handle_key(login)
    )
    row = tx.execute(
        select(actors.c.id, actors.c.password).where(
            known, actors.c.deactivated_at.is_(None), actors.c.password.is_not(None)
        )
    ).first()
    return Account(*row) if row is not None else None


def open_session(tx: Tx, viewer: None, account: int, user_agent: str | None, network: str) -> Opened:
    """Begin a session. Raises Unauthorized where the account was closed meanwhile."""
    living = (
        select(actors.c.id).where(actors.c.id == account, actors.c.deactivated_at.is_(None)).with_for_update()
    )
    if tx.execute(living).first() is None:
        raise Unauthorized("This account was closed.")
    tx.execute(delete(sessions).where(sessions.c.actor_id == account, sessions.c.expires_at <= tx.now))
    secret = new_secret()
    tx.execute(
        insert(sessions).values(
            actor_id=account,
            secret_hash=hash_of(secret),
            user_agent=user_agent[:300] if user_agent else None,
            network=network[:64] or None,
            created_at=tx.now,
            seen_at=tx.now,
            expires_at=tx.now + SESSION_DAYS * 86_400_000,
        )
    )
    return Opened(card(tx, account), secret)


def replace_password(tx: Tx, viewer: None, account: Account, hashed: str) -> None:
    """Keep a hash made with today's parameters, unless the password was changed meanwhile."""
    tx.execute(
        update(actors)
        .where(actors.c.id == account.id, actors.c.password == account.password)
        .values(password=hashed)
    )


def list_sessions(tx: Tx, viewer: Viewer) -> Listing[Session]:
    """Where the viewer is logged in, the latest use first."""
    newest = head(tx)
    rows = tx.execute(
        select(
            sessions.c.id,
            sessions.c.user_agent,
            sessions.c.network,
            sessions.c.created_at,
            sessions.c.seen_at,
        )
        .where(sessions.c.actor_id == viewer.id, sessions.c.expires_at > tx.now)
        .order_by(sessions.c.seen_at.desc(), sessions.c.id.desc())
    )
    items = [
        Session(number, agent, network, rfc3339(created), rfc3339(seen), viewer.via == f"session:{number}")
        for number, agent, network, created, seen in rows
    ]
    return Listing(items=items, head=newest)


def end_session(tx: Tx, viewer: Viewer, id: int) -> None:
    """End one of the viewer's own sessions: its live connections close, on every process. Raises NotFound."""
    ended = tx.execute(delete(sessions).where(sessions.c.id == id, sessions.c.actor_id == viewer.id))
    if ended.rowcount == 0:
        raise NotFound("There is no such session.")
    record(
        tx,
        Event(
            type="session.ended",
            actor=viewer.id,
            via=viewer.via,
            subject_kind="session",
            subject_id=id,
            channels=(),
            data=b"{}",
            control=Control(close=(f"session:{id}",)),
        ),
    )
