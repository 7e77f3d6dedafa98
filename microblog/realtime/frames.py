"""One JSON text in every form that a transport wants. Each form is made once and shared by all who get it.

Pure: bytes in, bytes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode

from microblog.journal.event import Committed

WINDOW_BITS = 12
"""Our deflate window (RFC 7692 section 7.1.2.1). Shared frames mean one window for all; a client that offers less gets
frames undeflated. An event of 800 bytes is as small at 12 bits as at 15, and inflating it takes 4 KiB, not 32."""

_PAYS = 0.9
"""Deflated must be below this share of plain, otherwise the client inflates for nothing."""


_deflater = PerMessageDeflate(True, True, 15, WINDOW_BITS, {"memLevel": 5})
"""Without context takeover it keeps nothing between frames (RFC 7692 section 7.1.1), so that one serves all."""


class Form(IntEnum):
    """How a transport wants its bytes."""

    PLAIN = 0  # WebSocket frames
    DEFLATED = 1  # WebSocket frames, each deflated where that pays
    EVENT_STREAM = 2  # server-sent events
    LINES = 3  # JSON texts, one a line, for transports that frame for themselves


class Message:
    """A JSON text on its way out.

    `position` is the seq that a client has reached once it has processed this message, or None where the message does
    not move it.
    """

    __slots__ = ("_deflated", "plain", "position")

    def __init__(self, text: bytes, position: int | None = None) -> None:
        self.position = position
        self.say(text)

    def say(self, text: bytes) -> None:
        """Say this, also instead of what it said before (an event that was withdrawn is rewritten in place)."""
        self.plain = Frame(Opcode.TEXT, text).serialize(mask=False)
        self._deflated: bytes | None = None

    @property
    def text(self) -> bytes:
        """Cut out of the frame: events wait in the ring by the ten thousand and need not be kept twice."""
        length = self.plain[1]
        return self.plain[2 if length < 126 else 4 if length == 126 else 10 :]

    @property
    def deflated(self) -> bytes:
        if self._deflated is None:
            self._deflated = _deflate(self.text, self.plain)
        return self._deflated


class Logged(Message):
    """An event of the journal, as the ring keeps it: with what resuming and rewriting need."""

    __slots__ = ("at", "channels", "seq", "subject", "type")

    def __init__(self, event: Committed) -> None:
        super().__init__(event.frame(), event.seq)
        self.seq = event.seq
        self.type = event.type
        self.at = event.at
        self.channels = event.channels
        self.subject = (event.subject_kind, event.subject_id)


def assemble(messages: Sequence[Message], form: Form, epoch: bytes) -> bytes:
    """The bytes of several messages that leave together, in order."""
    if form is Form.PLAIN:
        return b"".join([message.plain for message in messages])
    if form is Form.DEFLATED:
        return b"".join([message.deflated for message in messages])
    if form is Form.EVENT_STREAM:
        return b"".join([_server_sent(message, epoch) for message in messages])
    return b"".join([message.text + b"\n" for message in messages])


def _server_sent(message: Message, epoch: bytes) -> bytes:
    if message.position is None:
        return b"data: %s\n\n" % message.text
    return b"id: %s:%d\ndata: %s\n\n" % (epoch, message.position, message.text)


def _deflate(text: bytes, plain: bytes) -> bytes:
    """A frame without context takeover (RFC 7692 section 7.2.1), or `plain` where deflating does not pay."""
    deflated = Frame(Opcode.TEXT, text).serialize(mask=False, extensions=(_deflater,))
    return deflated if len(deflated) < len(plain) * _PAYS else plain
