"""Why a live connection ends. Each reason has a code, a name and advice, and stands in `docs/protocol.md`.

Codes below 4000 are those of RFC 6455 section 7.4.1 and the IANA registry; 4000–4999 are ours.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Advice = Literal["resume", "sign in", "fix"]
"""What a client does next: reconnect with its position, sign in first, or mend itself (the same would end the same)."""


class Ending(NamedTuple):
    """A close code with the words that travel with it (at most 123 bytes: RFC 6455 section 5.5)."""

    code: int
    reason: str
    advice: Advice


PROTOCOL_ERROR = Ending(1002, "protocol error", "fix")
BINARY = Ending(1003, "messages are JSON text", "fix")
NOT_UTF8 = Ending(1007, "text is not UTF-8", "fix")
OVERSIZE = Ending(1009, "message too big", "fix")
BROKEN = Ending(1011, "internal error", "resume")
RESTART = Ending(1012, "the server restarts", "resume")
SLOW = Ending(4000, "too slow: more than 1 MiB waits unread", "resume")
REVOKED = Ending(4001, "signed out or no longer allowed", "sign in")

ALL = (PROTOCOL_ERROR, BINARY, NOT_UTF8, OVERSIZE, BROKEN, RESTART, SLOW, REVOKED)
