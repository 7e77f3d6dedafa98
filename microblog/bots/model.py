"""What the API says of bots."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from microblog.access.model import Card
from microblog.access.tokens import TokenMade
from microblog.core.bounds import Draft


class NewBot(Draft, frozen=True):
    """A program that will speak under a name of its own."""

    handle: Annotated[str, Meta(min_length=1, max_length=64)]
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    key: Annotated[str, Meta(min_length=1, max_length=200)] | None = None


class BotMade(msgspec.Struct, frozen=True, gc=False):
    """A new bot and its token, whose secret is shown this once."""

    bot: Card
    token: TokenMade
