"""Time as the product keeps it: whole milliseconds since the epoch in tables, RFC 3339 in UTC on the wire."""

from __future__ import annotations

import time
from datetime import UTC, datetime

Millis = int
"""Milliseconds since 1970-01-01T00:00:00Z."""


def now() -> Millis:
    """The time of day of this machine."""
    return time.time_ns() // 1_000_000


def rfc3339(at: Millis) -> str:
    """`2026-11-23T20:30:00.000Z`: always UTC, always three decimals, so that text order is time order."""
    seconds, millis = divmod(at, 1000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{millis:03d}Z"


def parse(text: str) -> Millis:
    """The milliseconds of an RFC 3339 time. Raises ValueError on anything else, or where no offset is given."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time needs an offset, such as Z")
    return round(moment.astimezone(UTC).timestamp() * 1000)
