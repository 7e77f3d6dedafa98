"""What a WebSocket client says, judged by RFC 6455. Pure: bytes in, texts and bytes out."""

from __future__ import annotations

import codecs
import contextlib
from collections.abc import Generator

from websockets.exceptions import InvalidState
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN, SERVER, Protocol
from websockets.streams import StreamReader

from microblog.realtime import endings
from microblog.realtime.endings import Ending
from microblog.realtime.frames import WINDOW_BITS

MAX_MESSAGE = 64 * 1024
"""Bytes of one message from a client, inflated. Ours are under a kilobyte; this leaves room for what is to come."""

_utf8 = codecs.getincrementaldecoder("utf-8")


class _Reader(StreamReader):
    """Knows whether the parser stands between two frames: then, and only then, nothing is lost with it."""

    between_frames = True

    def at_eof(self) -> Generator[None, None, bool]:
        self.between_frames = True
        eof = yield from super().at_eof()
        self.between_frames = False
        return eof


class Conversation(Protocol):
    """The parser for what one client says. Made when it says something, dropped when it has finished.

    The rules are those of `websockets`; added are that text is checked as UTF-8 while it comes in (RFC 6455 section
    8.1), not at the end of a message, and that binary messages are refused.
    """

    def __init__(self, deflate: bool) -> None:
        super().__init__(SERVER, max_size=MAX_MESSAGE)
        self.extensions: list[Extension] = _inflaters() if deflate else []
        self._texts: list[str] = []
        self._parts: list[str] = []
        self._decoder = _utf8()
        # The parser that the base class started reads from the base class's reader.
        self.reader = self._reader = _Reader()
        self.parser = self.parse()
        next(self.parser)

    def hear(self, data: bytes) -> list[str]:
        """The messages that are complete with these bytes. What is to be answered is in `data_to_send` afterwards."""
        self.receive_data(data)
        self.events_received()
        texts, self._texts = self._texts, []
        return texts

    def end(self, ending: Ending) -> None:
        """Say that we close. Harmless when that was said already."""
        with contextlib.suppress(InvalidState):
            self.send_close(ending.code, ending.reason)

    @property
    def finished(self) -> bool:
        """Whether nothing is remembered that the next bytes depend on."""
        return (
            self.state is OPEN
            and self.current_size is None
            and self._reader.between_frames
            and not self.reader.buffer
        )

    @property
    def close_sent_out(self) -> bool:
        """Whether the close frame is with the transport, not only waiting in `data_to_send`."""
        return self.state is not OPEN and not self.writes

    @property
    def failed(self) -> bool:
        """Whether we end the connection because of what the client did."""
        return self.eof_sent and self.close_rcvd is None

    def recv_frame(self, frame: Frame) -> None:
        opcode = frame.opcode
        super().recv_frame(frame)
        if opcode is Opcode.BINARY:
            self.fail(endings.BINARY.code, endings.BINARY.reason)
        elif opcode is Opcode.TEXT or opcode is Opcode.CONT:
            # A UnicodeDecodeError from here is turned into 1007 by `parse`, like the one of a close reason.
            self._parts.append(self._decoder.decode(bytes(frame.data), frame.fin))
            if frame.fin:
                self._texts.append("".join(self._parts))
                self._parts.clear()


def _inflaters() -> list[Extension]:
    # 15 bits inflate whatever window was agreed. The deflating half is never used: shared frames are made elsewhere.
    return [PerMessageDeflate(True, True, 15, WINDOW_BITS)]
