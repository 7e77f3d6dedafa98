from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from bench.load.framing import PING, client_frame
from microblog.realtime.drivers.conversation import Conversation


def test_make_a_parser_hear_a_watch_and_drop_it(benchmark: BenchmarkFixture) -> None:
    said = client_frame(b'{"watch":"group:12"}')

    def converse() -> list[str]:
        conversation = Conversation(deflate=False)
        texts = conversation.hear(said)
        conversation.parser.close()
        return texts

    assert benchmark(converse) == ['{"watch":"group:12"}']


def test_answer_a_ping(benchmark: BenchmarkFixture) -> None:
    said = client_frame(b"here", PING)
    conversation = Conversation(deflate=False)

    def converse() -> bytes:
        conversation.hear(said)
        return b"".join(conversation.data_to_send())

    assert benchmark(converse) == b"\x8a\x04here"
