"""What the rest of the product hands to realtime, which imports no slice of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple

import msgspec

from microblog.core.viewer import Viewer
from microblog.db import Tx

Scope = MutableMapping[str, Any]
"""An ASGI connection scope."""


class Ports(NamedTuple):
    """`authenticate` raises Unauthorized or Forbidden (a wrong Origin). `channels_of` are the channels a viewer hears
    unasked; `may_hear` says whether it may watch one; `card_of` is the viewer's card, for `hello`."""

    authenticate: Callable[[Scope], Awaitable[Viewer]]
    channels_of: Callable[[Tx, Viewer], frozenset[str]]
    may_hear: Callable[[Tx, Viewer, str], bool]
    card_of: Callable[[Tx, Viewer], msgspec.Raw]
