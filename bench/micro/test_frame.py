from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from microblog.journal import Committed
from microblog.realtime.frames import Form, Logged, assemble


def test_frame_plain(benchmark: BenchmarkFixture, event: Committed) -> None:
    assert benchmark(Logged, event).plain[0] == 0x81


def test_frame_deflated(benchmark: BenchmarkFixture, event: Committed) -> None:
    assert benchmark(lambda: Logged(event).deflated)[0] == 0xC1


def test_frame_server_sent(benchmark: BenchmarkFixture, event: Committed) -> None:
    logged = Logged(event)
    assert benchmark(assemble, [logged], Form.EVENT_STREAM, b"e5f0").startswith(b"id: e5f0:1\n")
