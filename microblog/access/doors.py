"""The asynchronous edge of logging in and joining: where passwords are hashed and cookies are set."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
from msgspec import Meta

from microblog.access import sessions
from microblog.access.actors import check_handle
from microblog.access.authenticator import SESSION_DAYS, cookie_name
from microblog.access.invitations import look_up
from microblog.access.join import Join, join
from microblog.access.model import Card
from microblog.access.passwords import PasswordPool, check_length, outdated
from microblog.access.sessions import Opened
from microblog.access.slowdown import Slowdown, network_of
from microblog.core.bounds import Draft
from microblog.core.errors import BadRequest, Unauthorized
from microblog.core.handles import handle_key
from microblog.db import Tx
from microblog.http import Origins, Reply, Request


class Login(Draft, frozen=True):
    """`login` is a handle or an e-mail address."""

    login: Annotated[str, Meta(min_length=1, max_length=254)]
    password: Annotated[str, Meta(min_length=1, max_length=1000)]


class LoggedIn(msgspec.Struct, frozen=True, gc=False):
    """Who one now is."""

    person: Card


class Doors:
    """Hands out sessions. Holds what outlives a request: the pool that hashes and the memory of failed attempts."""

    def __init__(self, origins: Origins, passwords: PasswordPool | None = None) -> None:
        self._origins = origins
        self._passwords = passwords or PasswordPool()
        self._slowdown = Slowdown()

    async def log_in(self, request: Request) -> Reply:
        """Begin a session and set its cookie.

        A wrong password, an unknown account and one without a password are the same answer after the same time.
        Failed attempts make the next ones slower; nobody is locked out.
        """
        self._origins.require_if_given(request.scope)
        login: Login = request.body
        name, address = handle_key(login.login.strip()), request.address
        # Raises TooMany instead of letting the queue grow without end.
        if wait := self._slowdown.wait(name, address):
            await asyncio.sleep(wait)
        account = await request.database.read(sessions.find_account, None, login.login)
        kept = None if account is None else account.password
        if not await self._passwords.verify(kept, login.password) or account is None:
            self._slowdown.failed(name, address)
            raise Unauthorized("This is not the right name or password.", code="wrong_password")
        self._slowdown.succeeded(name, address)
        if kept is not None and outdated(kept):
            hashed = await self._passwords.hash(login.password)
            await request.database.write(sessions.replace_password, None, account, hashed)
        opened = await request.database.write(
            sessions.open_session, None, account.id, request.header(b"user-agent"), network_of(address)
        )
        return self._let_in(request, opened)

    async def log_out(self, request: Request) -> Reply:
        """End the session that asks. Its live connections close."""
        viewer = request.viewer
        assert viewer is not None
        kind, _, number = viewer.via.partition(":")
        if kind != "session":
            raise BadRequest("This request came with a token; delete the token instead.", code="no_session")
        await request.database.write(sessions.end_session, viewer, int(number))
        return Reply(None, 204, (self._cookie(request, "", 0),))

    async def join(self, request: Request) -> Reply:
        """Come in by an invitation or the set-up link. Logs the new person in.

        Whoever joins is told, there and on `/policy`, that anyone may say anything here.
        """
        self._origins.require_if_given(request.scope)
        draft: Join = request.body
        check_length(draft.password)
        # Asked before hashing, so that guessing codes costs us no 50 ms each; asked again in the transaction.
        await request.database.read(_may_join, None, draft)
        hashed = await self._passwords.hash(draft.password)
        opened = await request.database.write(
            join, None, draft, hashed, request.header(b"user-agent"), network_of(request.address)
        )
        return self._let_in(request, opened)

    def close(self) -> None:
        """Let the hashing threads end."""
        self._passwords.close()

    def _let_in(self, request: Request, opened: Opened) -> Reply:
        cookie = self._cookie(request, opened.secret, SESSION_DAYS * 86_400)
        return Reply(LoggedIn(opened.person), 201, (cookie,))

    def _cookie(self, request: Request, secret: str, seconds: int) -> tuple[bytes, bytes]:
        parts = [
            f"{cookie_name(self._origins, request.scope)}={secret}",
            "Path=/",
            f"Max-Age={seconds}",
            "HttpOnly",
            "SameSite=Lax",
        ]
        if self._origins.is_secure(request.scope):
            parts.append("Secure")
        return b"set-cookie", "; ".join(parts).encode()


def _may_join(tx: Tx, viewer: None, draft: Join) -> None:
    look_up(tx, viewer, draft.code)
    check_handle(tx, draft.handle)
