"""Types of fields with their bounds: what every body and query of the API is made of.

JSON knows no integers, and JavaScript's are exact up to 2**53-1 (RFC 8259 section 6): every int that the API takes is
bounded there, so that a number of 400 digits is refused while it is decoded and never reaches a column of 64 bits.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

MAX_INT = 2**53 - 1

Int = Annotated[int, msgspec.Meta(ge=-MAX_INT, le=MAX_INT)]
Id = Annotated[int, msgspec.Meta(ge=1, le=MAX_INT)]
"""The id of something: a post, an actor, a group."""

Limit = Annotated[int, msgspec.Meta(ge=1, le=100, description="How many at most.")]
"""How many items a list answers at most."""


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a client sends, as a body or as a query. Unknown fields are refused, never ignored."""
