"""WebSocket frames as a load generator sees them (RFC 6455 section 5.2): headers to hop over. Pure."""

from __future__ import annotations

from collections.abc import Iterator

SMALLEST_EVENT = 200
"""Bytes of payload. Whatever is smaller is a heartbeat, a ping or a greeting: every event of the suite is larger."""

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def client_frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """A frame from a client, masked with a key of zeros: legal, and it leaves the payload as it is."""
    length = len(payload)
    head = bytes((0x80 | opcode,))
    if length < 126:
        return head + bytes((0x80 | length,)) + b"\0\0\0\0" + payload
    if length < 65536:
        return head + b"\xfe" + length.to_bytes(2, "big") + b"\0\0\0\0" + payload
    return head + b"\xff" + length.to_bytes(8, "big") + b"\0\0\0\0" + payload


def server_frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """A frame from a server: what one event is on the wire."""
    length = len(payload)
    head = bytes((0x80 | opcode,))
    if length < 126:
        return head + bytes((length,)) + payload
    if length < 65536:
        return head + b"\x7e" + length.to_bytes(2, "big") + payload
    return head + b"\x7f" + length.to_bytes(8, "big") + payload


def header(data: bytes | bytearray | memoryview, at: int, end: int) -> tuple[int, int] | None:
    """`(size of the header, size of the payload)` of the frame at `at`, or None when its header is not all there."""
    if end - at < 2:
        return None
    length = data[at + 1] & 0x7F
    if length < 126:
        return 2, length
    if length == 126:
        return None if end - at < 4 else (4, data[at + 2] << 8 | data[at + 3])
    return None if end - at < 10 else (10, int.from_bytes(data[at + 2 : at + 10], "big"))


class Hopper:
    """Counts the events of one socket across segments, without looking at what they say.

    `skip` is how much of the current frame is still to come, `rest` the beginning of a header that was cut off. Where a
    server puts several events into one frame, `unit` is the least size of one.
    """

    __slots__ = ("_events", "_unit", "rest", "skip")

    def __init__(self, unit: int = 0) -> None:
        self.skip = 0
        self.rest = b""
        self._events = 0
        self._unit = unit

    @property
    def between_frames(self) -> bool:
        return not self.skip and not self.rest

    def feed(self, data: bytes | bytearray | memoryview, size: int) -> int:
        """Take the first `size` bytes of `data`; answers how many events became complete."""
        if self.rest:
            data = self.rest + bytes(data[:size])
            size = len(data)
            self.rest = b""
        at = events = 0
        if self.skip:
            if self.skip > size:
                self.skip -= size
                return 0
            at = self.skip
            self.skip = 0
            events = self._events
        while at < size:
            known = header(data, at, size)
            if known is None:
                self.rest = bytes(data[at:size])
                break
            held = self._held(known[1])
            at += known[0] + known[1]
            if at > size:
                self.skip = at - size
                self._events = held
            else:
                events += held
        return events

    def _held(self, payload: int) -> int:
        """How many events a payload of this size holds."""
        return payload // self._unit if self._unit else int(payload >= SMALLEST_EVENT)


class Reader:
    """Whole frames of one socket, for probes and greetings."""

    __slots__ = ("_data",)

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes | bytearray | memoryview) -> Iterator[tuple[int, bytes]]:
        """`(opcode, payload)` of each frame that is complete by now. Fragments are answered one by one."""
        held = self._data
        held += data
        at = 0
        while True:
            known = header(held, at, len(held))
            if known is None or at + sum(known) > len(held):
                break
            start = at + known[0]
            frame = held[at] & 0x0F, bytes(held[start : start + known[1]])
            at = start + known[1]
            yield frame
        del held[:at]

    @property
    def held(self) -> int:
        """Bytes of an unfinished frame."""
        return len(self._data)
