"""One request as a row's asynchronous handler sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import msgspec

from microblog.core.viewer import Viewer
from microblog.db import Database

Scope = MutableMapping[str, Any]
"""An ASGI connection scope."""

Authenticate = Callable[[Scope], Awaitable[Viewer]]
"""Who is behind an ASGI scope. Raises Unauthorized without valid credentials, Forbidden for a foreign Origin."""


class Request(msgspec.Struct, frozen=True, gc=False):
    """A request that was read and checked. `viewer` is None where the row is open and nobody is logged in."""

    scope: Scope
    database: Database
    viewer: Viewer | None
    params: Mapping[str, int | str]
    body: Any = None
    query: Any = None

    def header(self, name: bytes) -> str | None:
        """The first header of this (lower-case) name, as Latin-1 (RFC 9110 section 5.5)."""
        value = header(self.scope, name)
        return None if value is None else value.decode("latin-1")

    @property
    def address(self) -> str:
        """Where the request comes from; empty where the server does not know (a Unix socket)."""
        client = self.scope.get("client")
        return client[0] if client else ""


def header(scope: Scope, name: bytes) -> bytes | None:
    """The first header of this (lower-case) name."""
    for key, value in scope["headers"]:
        if key == name:
            found: bytes = value
            return found
    return None
