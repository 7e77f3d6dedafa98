"""Joining: a code, a handle, a name and a password make a colleague."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from microblog.access import invitations
from microblog.access.actors import NewActor, actor_id, create_actor
from microblog.access.model import Card
from microblog.access.passwords import hash_password
from microblog.access.sessions import Opened, open_session
from microblog.core.bounds import Draft
from microblog.core.viewer import Viewer
from microblog.db import Tx

Language = Annotated[str, Meta(pattern="^(nl|en)$")]


class Join(Draft, frozen=True):
    """Who comes in. `email` is needed by nothing; it is a second way to say who one is when logging in."""

    code: Annotated[str, Meta(min_length=1, max_length=200)]
    handle: Annotated[str, Meta(min_length=1, max_length=64)]
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    password: str
    email: Annotated[str, Meta(min_length=1, max_length=254)] | None = None
    language: Language | None = None
    time_zone: Annotated[str, Meta(min_length=1, max_length=64)] | None = None


class NewPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A person as the command line adds one. `guest` names the organisation of a guest; `password` is in the clear."""

    handle: str
    name: str
    email: str | None = None
    admin: bool = False
    guest: str | None = None
    password: str | None = None


def join(tx: Tx, viewer: None, draft: Join, hashed: str, user_agent: str | None, network: str) -> Opened:
    """Make the person, use the invitation up and log them in: all of it or nothing. Raises what its parts raise."""
    welcome = invitations.look_up(tx, viewer, draft.code)
    person = create_actor(
        tx,
        None,
        NewActor(
            handle=draft.handle,
            name=draft.name,
            email=draft.email or welcome.email,
            password=hashed,
            admin=welcome.admin,
            language=draft.language,
            time_zone=draft.time_zone,
        ),
    )
    invitations.use(tx, welcome, person.id)
    return open_session(tx, viewer, person.id, user_agent, network)


def add_person(tx: Tx, viewer: Viewer, draft: NewPerson) -> Card:
    """Make a person or a guest without an invitation: from the command line.

    Hashing a password takes 50 ms of the unit, which is more than any other may; nobody waits for a command line.
    """
    return create_actor(
        tx,
        viewer,
        NewActor(
            handle=draft.handle,
            name=draft.name,
            email=draft.email,
            kind="guest" if draft.guest else "person",
            organisation=draft.guest,
            admin=draft.admin,
            password=None if draft.password is None else hash_password(draft.password),
        ),
    )


def person_id(tx: Tx, viewer: Viewer, handle: str) -> int:
    """The id behind a handle, for the command line. Raises NotFound."""
    return actor_id(tx, handle)
