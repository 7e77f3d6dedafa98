"""Personal tokens: how bots and scripts say who they are."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import delete, insert, select

from microblog.access.actors import actor_id
from microblog.access.secrets import TOKEN_PREFIX, hash_of, new_secret
from microblog.access.tables import tokens
from microblog.core.bounds import Draft
from microblog.core.clock import rfc3339
from microblog.core.errors import Forbidden, NotFound
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.http import Listing
from microblog.journal import Control, Event, head, record

ScopeName = Literal["read", "write"]
Scopes = Annotated[tuple[ScopeName, ...], Meta(min_length=1, max_length=2)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]


class NewToken(Draft, frozen=True):
    """What a token is for, and what it may do."""

    name: Name
    scopes: Scopes = ("read", "write")
    key: Annotated[str, Meta(min_length=1, max_length=200)] | None = None


class Token(msgspec.Struct, frozen=True, gc=False):
    """A token without its secret."""

    id: int
    name: str
    scopes: list[str]
    created_at: str
    used_at: str | None


class TokenMade(msgspec.Struct, frozen=True, gc=False):
    """A token with its secret, which is shown this once."""

    id: int
    name: str
    scopes: list[str]
    created_at: str
    secret: str


def create_token(tx: Tx, viewer: Viewer, draft: NewToken) -> TokenMade:
    """Make a token for the viewer. Raises Forbidden where it would do more than the one that asks."""
    if not set(draft.scopes) <= viewer.scopes:
        raise Forbidden("A token can not make one that may do more than itself.", code="scope")
    return issue_token(tx, viewer, viewer.id, draft)


def make_token(tx: Tx, viewer: Viewer, handle: str, name: str) -> TokenMade:
    """Make a token for somebody else: from the command line. Raises NotFound."""
    return issue_token(tx, viewer, actor_id(tx, handle), NewToken(name=name))


def issue_token(tx: Tx, viewer: Viewer, owner: int, draft: NewToken) -> TokenMade:
    """Make a token that stands for `owner`, and journal that `viewer` did."""
    secret = new_secret(TOKEN_PREFIX)
    scopes = sorted(set[str](draft.scopes))
    made: int = tx.execute(
        insert(tokens)
        .values(
            actor_id=owner,
            name=draft.name,
            secret_hash=hash_of(secret),
            scopes=" ".join(scopes),
            created_at=tx.now,
        )
        .returning(tokens.c.id)
    ).scalar_one()
    _record(tx, viewer, "token.made", made)
    return TokenMade(made, draft.name, scopes, rfc3339(tx.now), secret)


def list_tokens(tx: Tx, viewer: Viewer) -> Listing[Token]:
    """The viewer's tokens, newest first, without their secrets."""
    newest = head(tx)
    rows = tx.execute(
        select(tokens.c.id, tokens.c.name, tokens.c.scopes, tokens.c.created_at, tokens.c.used_at)
        .where(tokens.c.actor_id == viewer.id)
        .order_by(tokens.c.id.desc())
    )
    items = [
        Token(number, name, scopes.split(), rfc3339(created), None if used is None else rfc3339(used))
        for number, name, scopes, created, used in rows
    ]
    return Listing(items=items, head=newest)


def delete_token(tx: Tx, viewer: Viewer, id: int) -> None:
    """End one of the viewer's own tokens: what it holds open closes, on every process. Raises NotFound."""
    if tx.execute(delete(tokens).where(tokens.c.id == id, tokens.c.actor_id == viewer.id)).rowcount == 0:
        raise NotFound("There is no such token.")
    _record(tx, viewer, "token.deleted", id, Control(close=(f"token:{id}",)))


def _record(tx: Tx, viewer: Viewer, kind: str, token: int, control: Control | None = None) -> None:
    record(
        tx,
        Event(
            type=kind,
            actor=viewer.id,
            via=viewer.via,
            subject_kind="token",
            subject_id=token,
            channels=(),
            data=b"{}",
            control=control,
        ),
    )
