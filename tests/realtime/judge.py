"""What RFC 6455 says of bytes from a client: a judge written from the text of the RFC, not from our server."""

from __future__ import annotations

import codecs
import struct
import zlib
from typing import NamedTuple

from tests.realtime.wire import BINARY, CLOSE, CONT, PING, PONG, TEXT

LARGEST = 64 * 1024
CODES = {*range(1000, 1004), *range(1007, 1015), *range(3000, 5000)}


class Verdict(NamedTuple):
    """`code` is the close code that must come: None where none may, 0 where a close without one is answered alike.
    `pings` were whole before that and must have been answered."""

    code: int | None
    pings: int


class _Fault(Exception):
    pass


def judge(data: bytes, deflate: bool = False) -> Verdict:
    """The verdict on everything that a client sent after its handshake."""
    case = _Case(data, deflate)
    try:
        while case.frame():
            pass
    except _Fault as fault:
        return Verdict(fault.args[0], case.pings)
    return Verdict(None, case.pings)


class _Case:
    def __init__(self, data: bytes, deflate: bool) -> None:
        self.pings = 0
        self._data = data
        self._at = 0
        self._deflate = deflate
        self._size: int | None = None
        self._inflater: zlib._Decompress | None = None
        self._text = codecs.getincrementaldecoder("utf-8")()

    def frame(self) -> bool:
        """Judge one frame; false when no whole one is left. Raises _Fault with the close code."""
        head = self._take(2)
        if head is None:
            return False
        opcode = head[0] & 15
        if opcode not in (CONT, TEXT, BINARY, CLOSE, PING, PONG) or not head[1] & 0x80:
            raise _Fault(1002)
        length: int | None = head[1] & 0x7F
        if length == 126:
            length = self._number("!H", 2)
        elif length == 127:
            length = self._number("!Q", 8)
        if length is None:
            return False
        if length > LARGEST - (self._size or 0):
            raise _Fault(1009)
        mask = self._take(4)
        payload = self._take(length) if mask is not None else None
        if mask is None or payload is None:
            return False
        payload = bytes(byte ^ mask[at & 3] for at, byte in enumerate(payload))
        self._judge(opcode, bool(head[0] & 0x80), head[0] >> 4 & 7, payload)
        return True

    def _judge(self, opcode: int, final: bool, reserved: int, payload: bytes) -> None:
        starts = opcode in (TEXT, BINARY)
        deflated = self._deflate and reserved & 4 and starts
        if reserved & (3 if deflated else 7):
            raise _Fault(1002)
        if opcode >= CLOSE:
            if len(payload) > 125 or not final:
                raise _Fault(1002)
            self._control(opcode, payload)
            return
        if starts == (self._size is not None):
            raise _Fault(1002)
        if starts:
            self._inflater = zlib.decompressobj(-15) if deflated else None
        if self._inflater is not None:
            payload = self._inflate(payload, final)
        if opcode == BINARY:
            raise _Fault(1003)
        self._size = (self._size or 0) + len(payload)
        try:
            self._text.decode(payload, final)
        except UnicodeDecodeError:
            raise _Fault(1007) from None
        if final:
            self._size = None

    def _inflate(self, payload: bytes, final: bool) -> bytes:
        assert self._inflater is not None
        room = LARGEST - (self._size or 0)
        try:
            inflated = self._inflater.decompress(payload + (b"\0\0\xff\xff" if final else b""), room + 1)
        except zlib.error:
            raise _Fault(1002) from None
        if len(inflated) > room:
            raise _Fault(1009)
        return inflated

    def _control(self, opcode: int, payload: bytes) -> None:
        if opcode == PING:
            self.pings += 1
        elif opcode == CLOSE:
            if len(payload) == 1:
                raise _Fault(1002)
            code = struct.unpack("!H", payload[:2])[0] if payload else 0
            try:
                payload[2:].decode()
            except UnicodeDecodeError:
                raise _Fault(1007) from None
            raise _Fault(code if not payload or code in CODES else 1002)

    def _number(self, form: str, size: int) -> int | None:
        data = self._take(size)
        return None if data is None else int(struct.unpack(form, data)[0])

    def _take(self, count: int) -> bytes | None:
        if len(self._data) - self._at < count:
            return None
        self._at += count
        return self._data[self._at - count : self._at]
