"""Who is asking. Every action and every query takes a viewer; there is no way to read without one."""

from __future__ import annotations

from typing import Literal

import msgspec

ActorKind = Literal["person", "guest", "bot", "feed", "hook"]
"""Every author is an actor of one of these kinds."""


class Viewer(msgspec.Struct, frozen=True, gc=False):
    """The authenticated actor behind a request or a socket.

    `via` names the credential, as `session:17`, `token:4` or `hook:2` (`cli` from the command line): the journal keeps
    it, and `control.close` ends live connections by it.
    """

    id: int
    handle: str
    name: str
    kind: ActorKind
    via: str
    admin: bool = False
    organisation: str | None = None
    scopes: frozenset[str] = frozenset({"read", "write"})

    @property
    def employee(self) -> bool:
        """Guests from partner organisations hear only their own groups; everyone else hears what is open."""
        return self.kind != "guest"
