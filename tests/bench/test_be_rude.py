"""Mutants are the same in every run, and what comes back is judged by what it says."""

from __future__ import annotations

import random
import struct

import pytest

from bench.load.framing import CLOSE, PONG, server_frame
from bench.rude import RIGHT, _mutated, _verdict

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
        (server_frame(b'{"type":"error"}') + server_frame(b"still there?", PONG), "lives"),
        (server_frame(b'{"type":"error"}'), "closed"),
    ],
)
def test_an_answer_is_known_by_what_it_says(said: bytes, verdict: str) -> None:
    assert _verdict(said, closing=False) == verdict
    assert verdict in RIGHT


def test_an_error_of_ours_is_never_right() -> None:
    assert _verdict(server_frame(struct.pack("!H", 1011), CLOSE), closing=False) not in RIGHT
    assert "500" not in RIGHT


@pytest.mark.parametrize("code", [1010, 1013, 1014])
def test_a_registered_code_is_an_echo_of_a_client_that_closes_alone(code: int) -> None:
    said = server_frame(struct.pack("!H", code), CLOSE)
    assert _verdict(said, closing=True) == "echo"
    assert _verdict(said, closing=False) not in RIGHT
