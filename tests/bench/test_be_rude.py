"""Mutants are the same in every run, and what comes back is judged by what it says."""

from __future__ import annotations

import random
import struct

import pytest

from bench.load.framing import CLOSE, PING, PONG, client_frame, server_frame
from bench.rude import RIGHT, _closed_with, _mutated, _verdict

REQUEST = b"GET /api/v1/stream HTTP/1.1\r\nHost: here\r\n\r\n"


def test_mutants_differ_from_what_they_were_and_repeat_from_run_to_run() -> None:
    first, second = (
        [_mutated(REQUEST, chance) for _ in range(500)] for chance in (random.Random(1), random.Random(1))
    )
    assert first == second
    assert sum(mutant != REQUEST for mutant in first) > 480
    assert len(set(first)) > 450


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (server_frame(struct.pack("!H", 1002) + b"protocol error", CLOSE), "1002"),
        (server_frame(struct.pack("!H", 1000), CLOSE), "echo"),
        (server_frame(b"", CLOSE), "echo"),
        (server_frame(b'{"type":"error"}') + server_frame(b"still there?", PONG), "lives"),
        (server_frame(b'{"type":"error"}'), "closed"),
    ],
)
def test_an_answer_is_known_by_what_it_says(said: bytes, verdict: str) -> None:
    assert _verdict(said, 1000) == verdict
    assert verdict in RIGHT


@pytest.mark.parametrize("code", [1000, 1001, 1010, 1011, 1013, 4000])
def test_a_code_is_right_as_an_echo_alone(code: int) -> None:
    said = server_frame(struct.pack("!H", code), CLOSE)
    assert _verdict(said, code) == "echo"
    for other in (None, 1008):
        assert _verdict(said, other) not in RIGHT


def test_an_error_of_ours_is_never_right() -> None:
    assert "500" not in RIGHT


def test_what_a_client_closed_with_is_read_behind_its_mask_and_other_frames() -> None:
    masked = b"\x88\x82\x0f\x0f\x0f\x0f" + bytes(octet ^ 0x0F for octet in struct.pack("!H", 1013))
    assert _closed_with(client_frame(b"x" * 200) + masked) == 1013
    assert _closed_with(client_frame(b"", CLOSE)) == 1000
    assert _closed_with(client_frame(b"here", PING)) is None
    assert _closed_with(masked[:1]) is None
