from __future__ import annotations

import json

from pytest_benchmark.fixture import BenchmarkFixture

from microblog.core.text import parse
from microblog.core.text.words import People
from microblog.core.wire import encode
from microblog.journal import Committed


def test_encode_a_post(benchmark: BenchmarkFixture, post: dict[str, object]) -> None:
    assert json.loads(benchmark(encode, post)) == post


def test_splice_an_event(benchmark: BenchmarkFixture, event: Committed) -> None:
    assert json.loads(benchmark(event.frame))["seq"] == 1


def test_parse_a_text_into_tokens(benchmark: BenchmarkFixture, post: dict[str, object]) -> None:
    nobody: People = {}
    assert benchmark(parse, str(post["text"]), nobody).tokens
