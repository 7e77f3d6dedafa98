"""The generator counts what a server sent, however the network cut it."""

from __future__ import annotations

import pytest

from bench.load.framing import CLOSE, SMALLEST_EVENT, Hopper, Reader, client_frame, header, server_frame

EVENT = server_frame(b"e" * 800)
LARGE = server_frame(b"l" * 70_000)
HEARTBEAT = server_frame(b'{"type":"heartbeat","seq":12}')


def in_pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 803, 804, 805, 4096, 1 << 20])
def test_events_are_counted_however_they_are_cut(size: int) -> None:
    hopper = Hopper()
    pieces = in_pieces(EVENT * 3 + HEARTBEAT + LARGE + EVENT, size)
    assert sum(hopper.feed(piece, len(piece)) for piece in pieces) == 5
    assert hopper.between_frames


def test_half_an_event_is_none() -> None:
    size = 400
    hopper = Hopper()
    assert hopper.feed(EVENT[:size], size) == 0
    assert not hopper.between_frames
    assert hopper.feed(EVENT[size:], len(EVENT) - size) == 1


def test_heartbeats_are_no_events() -> None:
    assert len(HEARTBEAT) < SMALLEST_EVENT
    assert Hopper().feed(HEARTBEAT, len(HEARTBEAT)) == 0


def test_several_events_may_share_a_frame() -> None:
    frame = server_frame(b"e" * 2450)
    assert Hopper(unit=800).feed(frame, len(frame)) == 3


def test_only_as_much_of_a_buffer_is_looked_at_as_was_received() -> None:
    buffer = bytearray(EVENT * 3)
    assert Hopper().feed(buffer, len(EVENT)) == 1


@pytest.mark.parametrize("size", [1, 5, 1 << 20])
def test_a_probe_reads_whole_frames(size: int) -> None:
    reader = Reader()
    data = EVENT + server_frame(b"\x03\xe8", CLOSE)
    found = [frame for piece in in_pieces(data, size) for frame in reader.feed(piece)]
    assert found == [(1, b"e" * 800), (CLOSE, b"\x03\xe8")]
    assert reader.held == 0


@pytest.mark.parametrize("length", [0, 125, 126, 65_535, 65_536])
def test_headers_have_the_size_that_the_rfc_gives_them(length: int) -> None:
    frame = server_frame(b"x" * length)
    assert header(frame, 0, len(frame)) == (len(frame) - length, length)


def test_a_client_masks_with_zeros() -> None:
    assert client_frame(b"abc") == b"\x81\x83\0\0\0\0abc"
