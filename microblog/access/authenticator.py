"""Who is behind a request, a WebSocket, an SSE stream: one function for every transport."""

from __future__ import annotations

import asyncio
from http.cookies import CookieError, SimpleCookie

import msgspec
import structlog
from sqlalchemy import bindparam, select, update

from microblog.access.secrets import hash_of
from microblog.access.tables import actors, sessions, tokens
from microblog.core import clock
from microblog.core.clock import Millis
from microblog.core.errors import Problem, Unauthorized
from microblog.core.viewer import Viewer
from microblog.db import Database, Hot, Tx
from microblog.http import Origins
from microblog.http.request import Scope, header
from microblog.journal import Control

SESSION_DAYS = 30
"""A session ends when it was not used for so long; using it moves the end."""

TRUSTED_FOR = 60_000
"""Milliseconds after which a remembered credential is looked up again. Ending one is told to every process at once
(`forget`); this bounds what a change behind the server's back, such as restoring a backup, could leave behind."""

_TOUCHED_EVERY = 3_600_000
"""Milliseconds between two notes that a credential was used: one write per hour, not per request."""

_MOST_REMEMBERED = 20_000

_ACTOR = (
    actors.c.id,
    actors.c.handle,
    actors.c.name,
    actors.c.kind,
    actors.c.admin,
    actors.c.organisation,
)
_BY_SESSION = Hot(
    select(*_ACTOR, sessions.c.id, sessions.c.expires_at, sessions.c.seen_at)
    .join(actors, actors.c.id == sessions.c.actor_id)
    .where(sessions.c.secret_hash == bindparam("secret_hash"), actors.c.deactivated_at.is_(None))
)
_BY_TOKEN = Hot(
    select(*_ACTOR, tokens.c.id, tokens.c.scopes, tokens.c.used_at)
    .join(actors, actors.c.id == tokens.c.actor_id)
    .where(tokens.c.secret_hash == bindparam("secret_hash"), actors.c.deactivated_at.is_(None))
)

log = structlog.get_logger("microblog.access")


class _Known(msgspec.Struct, gc=False):
    """A credential that was looked up: who it stands for, until when it is trusted, when it ends, when it was noted."""

    viewer: Viewer
    trusted_until: Millis
    expires_at: Millis | None
    seen_at: Millis


class Authenticator:
    """Turns the credentials of an ASGI scope into a viewer, from memory wherever it can.

    `forget` must hear every `Control` of the journal, on every process: it is how an ended session stops working at once.
    """

    def __init__(self, database: Database, origins: Origins) -> None:
        self._database = database
        self._origins = origins
        self._known: dict[bytes, _Known] = {}
        self._forgotten = 0
        self._notes: set[asyncio.Task[None]] = set()

    async def authenticate(self, scope: Scope) -> Viewer:
        """The viewer behind a token or a session cookie.

        Raises Unauthorized without valid credentials, Forbidden `wrong_origin` where a cookie comes with a write or a
        WebSocket handshake from another site, and Unavailable while the store can not be reached.
        """
        given = header(scope, b"authorization")
        if given is not None:
            secret = _bearer(given)
            known = await self._find(hash_of(secret), token=True)
        else:
            cookie = session_cookie(scope, self._origins)
            if cookie is None:
                raise Unauthorized("Log in, or send a token.")
            self._origins.require(scope)
            known = await self._find(hash_of(cookie), token=False)
        return known.viewer

    def forget(self, control: Control) -> None:
        """Drop what is remembered of the credentials and persons that this closes."""
        if not control.close:
            return
        # A look-up under way read the store before this; its answer is not to be remembered.
        self._forgotten += 1
        closed = frozenset(control.close)
        ended = [
            key
            for key, known in self._known.items()
            if known.viewer.via in closed or f"person:{known.viewer.id}" in closed
        ]
        for key in ended:
            del self._known[key]

    async def _find(self, secret_hash: bytes, *, token: bool) -> _Known:
        now = clock.now()
        known = self._known.get(secret_hash)
        if known is None or known.trusted_until <= now:
            known = await self._look_up(secret_hash, now, token=token)
        if known.expires_at is not None and known.expires_at <= now:
            raise Unauthorized("This session has ended; log in again.")
        if now - known.seen_at >= _TOUCHED_EVERY:
            known.seen_at = now
            self._note(known, now)
        return known

    async def _look_up(self, secret_hash: bytes, now: Millis, *, token: bool) -> _Known:
        before = self._forgotten
        known = await self._database.read(_by_token if token else _by_session, None, secret_hash)
        if known is None:
            self._known.pop(secret_hash, None)
            raise Unauthorized(
                "This token is not valid." if token else "This session has ended; log in again."
            )
        known.trusted_until = now + TRUSTED_FOR
        if before == self._forgotten:
            if len(self._known) >= _MOST_REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[secret_hash] = known
        return known

    def _note(self, known: _Known, now: Millis) -> None:
        if known.expires_at is not None:
            known.expires_at = now + SESSION_DAYS * 86_400_000
        task = asyncio.get_running_loop().create_task(self._write_note(known.viewer))
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    async def _write_note(self, viewer: Viewer) -> None:
        try:
            await self._database.write(_touch, viewer)
        except Problem as problem:
            # It only says when a session was last seen; the next hour says it again.
            log.warning("could not note that a credential was used", via=viewer.via, code=problem.code)


def cookie_name(origins: Origins, scope: Scope) -> str:
    """`__Host-session` over TLS: the browser then takes it from this very host alone, and never in the clear."""
    return "__Host-session" if origins.is_secure(scope) else "session"


def session_cookie(scope: Scope, origins: Origins) -> str | None:
    """The secret in the session cookie, if there is one."""
    name = cookie_name(origins, scope)
    for key, value in scope["headers"]:
        if key == b"cookie" and name.encode() in value:
            try:
                found = SimpleCookie(value.decode("latin-1")).get(name)
            except CookieError:
                continue
            if found is not None and found.value:
                return found.value
    return None


def _bearer(given: bytes) -> str:
    scheme, _, secret = given.decode("latin-1").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Unauthorized("Send a token as Authorization: Bearer TOKEN.")
    return secret.strip()


def _by_session(tx: Tx, viewer: None, secret_hash: bytes) -> _Known | None:
    for row in tx.hot(_BY_SESSION, secret_hash=secret_hash):
        *actor, session, expires_at, seen_at = row
        return _Known(_viewer(actor, f"session:{session}"), 0, expires_at, seen_at)
    return None


def _by_token(tx: Tx, viewer: None, secret_hash: bytes) -> _Known | None:
    for row in tx.hot(_BY_TOKEN, secret_hash=secret_hash):
        *actor, token, scopes, used_at = row
        found = _viewer(actor, f"token:{token}")
        if scopes != "read write":
            found = msgspec.structs.replace(found, scopes=frozenset(scopes.split()))
        return _Known(found, 0, None, used_at or 0)
    return None


def _viewer(actor: list, via: str) -> Viewer:  # type: ignore[type-arg]
    number, handle, name, kind, admin, organisation = actor
    return Viewer(
        id=number, handle=handle, name=name, kind=kind, via=via, admin=bool(admin), organisation=organisation
    )


def _touch(tx: Tx, viewer: Viewer) -> None:
    kind, _, number = viewer.via.partition(":")
    if kind == "session":
        changed = {"seen_at": tx.now, "expires_at": tx.now + SESSION_DAYS * 86_400_000}
        tx.execute(update(sessions).where(sessions.c.id == int(number)).values(changed))
    else:
        tx.execute(update(tokens).where(tokens.c.id == int(number)).values(used_at=tx.now))
