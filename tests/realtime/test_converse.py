"""What clients may and may not say on a WebSocket: the cases of the Autobahn test suite for framing, pings, reserved
bits, opcodes, fragmentation, UTF-8, limits and closing (numbers in the ids), with our protocol in place of its echo.

Where Autobahn has a message echoed, ours is answered with an error frame that names the fault in it, which shows as well
that it was received whole.
"""

from __future__ import annotations

import asyncio
import json
import os
import zlib
from collections.abc import AsyncIterator

import pytest

from tests.realtime.company import Company
from tests.realtime.wire import BINARY, CLOSE, CONT, PING, PONG, TEXT, Wire, close, frame, handshake, wire

KAPPA = "κόσμε".encode()
HELLO = b'{"watch":"author:2"}'


@pytest.fixture
async def line(company: Company, port: int) -> AsyncIterator[Wire]:
    """Somebody connected who has heard hello."""
    async with wire(port) as line:
        assert json.loads((await line.frame()).payload)["type"] == "hello"
        yield line


async def answered(line: Wire) -> dict[str, object]:
    answer = await line.frame()
    assert answer.first == 0x81
    return json.loads(answer.payload)


async def still_open(line: Wire) -> None:
    line.send(frame(PING, b"still there?"))
    assert await line.frame() == (0x8A, b"still there?")


class TestFraming:
    @pytest.mark.parametrize("size", [0, 125, 126, 127, 128, 65535, 65536], ids=lambda size: f"1.1-{size}")
    async def test_text_of_any_size_is_read(self, line: Wire, size: int) -> None:
        line.send(frame(TEXT, b"*" * size))
        assert (await answered(line))["code"] == "malformed"
        await still_open(line)

    @pytest.mark.parametrize("chop", [1, 997], ids=lambda chop: f"1.1.8-{chop}")
    async def test_however_it_is_chopped(self, line: Wire, chop: int) -> None:
        data = frame(TEXT, HELLO + b" " * 2000)
        for at in range(0, len(data), chop):
            line.send(data[at : at + chop])
            if chop > 1 or not at % 50:
                await asyncio.sleep(0)
        assert (await answered(line))["type"] == "watching"

    @pytest.mark.parametrize("size", [0, 125, 126, 65536], ids=lambda size: f"1.2-{size}")
    async def test_binary_is_refused(self, line: Wire, size: int) -> None:
        line.send(frame(BINARY, b"\xfe" * size))
        assert (await line.closed())[0] == 1003

    async def test_binary_in_fragments_is_refused(self, line: Wire) -> None:
        line.send(frame(BINARY, b"\xfe", fin=False))
        assert (await line.closed())[0] == 1003

    async def test_too_much_is_refused_before_it_is_sent(self, line: Wire) -> None:
        line.send(frame(TEXT, b"*" * 65537)[:100])
        assert (await line.closed())[0] == 1009

    async def test_too_much_in_fragments_is_refused(self, line: Wire) -> None:
        line.send(frame(TEXT, b"*" * 60000, fin=False), frame(CONT, b"*" * 6000, fin=False))
        assert (await line.closed())[0] == 1009

    async def test_an_absurd_length_is_refused(self, line: Wire) -> None:
        line.send(b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff")
        assert (await line.closed())[0] == 1009

    async def test_unmasked_is_refused(self, line: Wire) -> None:
        line.send(frame(TEXT, HELLO, masked=False))
        assert (await line.closed())[0] == 1002


class TestPings:
    @pytest.mark.parametrize(
        "payload",
        [b"", b"hello", b"\x00\xff\xfe\xfd\xfc\xfb\x00\xff", b"\xfe" * 125],
        ids=lambda p: f"2.1-{len(p)}",
    )
    async def test_a_ping_is_answered_with_its_payload(self, line: Wire, payload: bytes) -> None:
        line.send(frame(PING, payload))
        assert await line.frame() == (0x8A, payload)

    async def test_a_long_ping_is_refused(self, line: Wire) -> None:
        line.send(frame(PING, b"\xfe" * 126))
        assert (await line.closed())[0] == 1002

    async def test_ten_pings_at_once_are_answered_in_order(self, line: Wire) -> None:
        line.send(*(frame(PING, b"%d" % number) for number in range(10)))
        assert [(await line.frame()).payload for _ in range(10)] == [b"%d" % number for number in range(10)]

    @pytest.mark.parametrize("payload", [b"", b"unsolicited"], ids=["2.7", "2.8"])
    async def test_a_pong_is_ignored(self, line: Wire, payload: bytes) -> None:
        line.send(frame(PONG, payload))
        await still_open(line)


class TestReservedBitsAndOpcodes:
    @pytest.mark.parametrize("rsv", range(1, 8), ids=lambda rsv: f"3.{rsv}")
    @pytest.mark.parametrize("opcode", [TEXT, PING, CLOSE])
    async def test_reserved_bits_are_refused(self, line: Wire, rsv: int, opcode: int) -> None:
        line.send(frame(opcode, b"", rsv=rsv))
        assert (await line.closed())[0] == 1002

    @pytest.mark.parametrize(
        "opcode", [3, 4, 5, 6, 7, 11, 12, 13, 14, 15], ids=lambda opcode: f"4.x-{opcode}"
    )
    async def test_reserved_opcodes_are_refused(self, line: Wire, opcode: int) -> None:
        line.send(frame(TEXT, b"{}"), frame(opcode, b"x"), frame(PING))
        assert (await answered(line))["code"] == "malformed"
        assert (await line.closed())[0] == 1002


class TestFragmentation:
    @pytest.mark.parametrize("opcode", [PING, PONG], ids=["5.1", "5.2"])
    async def test_control_frames_are_not_fragmented(self, line: Wire, opcode: int) -> None:
        line.send(frame(opcode, b"frag", fin=False), frame(CONT, b"ment"))
        assert (await line.closed())[0] == 1002

    @pytest.mark.parametrize("pause", [False, True], ids=["5.3", "5.4"])
    async def test_fragments_make_one_message(self, line: Wire, pause: bool) -> None:
        for part in (
            frame(TEXT, HELLO[:7], fin=False),
            frame(CONT, HELLO[7:9], fin=False),
            frame(CONT, HELLO[9:]),
        ):
            line.send(part)
            if pause:
                await asyncio.sleep(0.01)
        assert (await answered(line))["channel"] == "author:2"

    @pytest.mark.parametrize("pause", [False, True], ids=["5.6", "5.7"])
    async def test_a_ping_between_fragments_is_answered_at_once(self, line: Wire, pause: bool) -> None:
        line.send(frame(TEXT, HELLO[:5], fin=False))
        if pause:
            await asyncio.sleep(0.01)
        line.send(frame(PING, b"now"))
        assert await line.frame() == (0x8A, b"now")
        line.send(frame(CONT, HELLO[5:]))
        assert (await answered(line))["type"] == "watching"

    @pytest.mark.parametrize("fin", [True, False], ids=["5.9", "5.10"])
    async def test_a_continuation_of_nothing_is_refused(self, line: Wire, fin: bool) -> None:
        line.send(frame(CONT, b"non-continuation", fin=fin), frame(TEXT, HELLO))
        assert (await line.closed())[0] == 1002

    async def test_a_continuation_after_the_end_is_refused(self, line: Wire) -> None:
        line.send(frame(TEXT, b"a", fin=False), frame(CONT, b"b"), frame(CONT, b"c"))
        assert (await answered(line))["code"] == "malformed"
        assert (await line.closed())[0] == 1002

    async def test_a_message_inside_a_message_is_refused(self, line: Wire) -> None:
        line.send(frame(TEXT, HELLO[:5], fin=False), frame(TEXT, HELLO))
        assert (await line.closed())[0] == 1002

    async def test_empty_fragments_are_fragments(self, line: Wire) -> None:
        line.send(frame(TEXT, b"", fin=False), frame(CONT, HELLO, fin=False), frame(CONT, b""))
        assert (await answered(line))["type"] == "watching"

    async def test_many_pings_among_many_fragments(self, line: Wire) -> None:
        for _ in range(2):
            line.send(
                frame(TEXT, HELLO[:1], fin=False), frame(PING, b"1"), frame(CONT, HELLO[1:5], fin=False)
            )
            line.send(frame(PING, b"2"), frame(CONT, HELLO[5:]))
            assert [(await line.frame()).payload for _ in range(2)] == [b"1", b"2"]
            assert (await answered(line))["type"] == "watching"


VALID = [
    "Hello-µ@ßöäüàá-UTF-8!!".encode(),
    KAPPA,
    b"\x00",
    b"\x7f",
    b"\xc2\x80",
    b"\xdf\xbf",
    b"\xe0\xa0\x80",
    b"\xed\x9f\xbf",
    b"\xee\x80\x80",
    b"\xef\xbf\xbd",
    b"\xef\xbf\xbf",
    b"\xf0\x90\x80\x80",
    b"\xf4\x8f\xbf\xbf",
]
INVALID = [
    KAPPA + b"\xed\xa0\x80edited",
    b"\x80",
    b"\xbf",
    b"\x80\xbf\x80\xbf",
    b"\xc0\xaf",
    b"\xc1\xbf",
    b"\xe0\x80\xaf",
    b"\xe0\x9f\xbf",
    b"\xf0\x80\x80\xaf",
    b"\xf0\x8f\xbf\xbf",
    b"\xf8\x88\x80\x80\x80",
    b"\xfc\x84\x80\x80\x80\x80",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xed\xa0\x80\xed\xb0\x80",
    b"\xf4\x90\x80\x80",
    b"\xfe",
    b"\xff",
    b"\xc2",
    b"\xe2\x82",
    b"\xf0\x9f\x98",
    b"\xce\xba\xe1",
]


class TestUtf8:
    @pytest.mark.parametrize("text", VALID, ids=lambda text: "6.valid-" + text.hex())
    async def test_valid_text_is_read(self, line: Wire, text: bytes) -> None:
        line.send(
            frame(TEXT, text),
            *(frame(TEXT if not at else CONT, text[at : at + 1], fin=False) for at in range(len(text))),
        )
        line.send(frame(CONT))
        assert (await answered(line))["code"] == (await answered(line))["code"] == "malformed"

    @pytest.mark.parametrize("text", INVALID, ids=lambda text: "6.invalid-" + text.hex())
    async def test_invalid_text_is_refused(self, line: Wire, text: bytes) -> None:
        line.send(frame(TEXT, text))
        assert (await line.closed())[0] == 1007

    @pytest.mark.parametrize("text", INVALID, ids=lambda text: "6.fragments-" + text.hex())
    async def test_invalid_text_in_fragments_is_refused(self, line: Wire, text: bytes) -> None:
        line.send(
            frame(TEXT, b"", fin=False),
            *(frame(CONT, text[at : at + 1], fin=False) for at in range(len(text))),
        )
        line.send(frame(CONT))
        assert (await line.closed())[0] == 1007

    async def test_it_is_refused_as_soon_as_it_is_certain(self, line: Wire) -> None:
        line.send(frame(TEXT, KAPPA + b"\xf4\x90", fin=False))
        assert (await line.closed())[0] == 1007

    async def test_invalid_text_before_a_close_is_what_counts(self, line: Wire) -> None:
        line.send(frame(TEXT, b"\xff"), close(1000))
        assert (await line.closed())[0] == 1007


class TestClosing:
    @pytest.mark.parametrize(
        ("sent", "code", "reason"),
        [
            (close(), None, b""),
            (close(1000), 1000, b""),
            (close(1000, b"Hello World!"), 1000, b"Hello World!"),
            (close(1000, b"*" * 123), 1000, b"*" * 123),
            (close(1000, KAPPA), 1000, KAPPA),
        ],
        ids=["7.3.1", "7.3.3", "7.3.4", "7.3.5", "7.5"],
    )
    async def test_a_close_is_answered_with_itself(
        self, line: Wire, sent: bytes, code: int | None, reason: bytes
    ) -> None:
        line.send(sent)
        assert await line.closed() == (code, reason)

    async def test_what_comes_after_a_close_is_not_answered(self, line: Wire) -> None:
        line.send(frame(TEXT, b"{}"), close(1000), frame(PING, b"too late"), frame(TEXT, b"{}"), close(1000))
        assert (await answered(line))["code"] == "malformed"
        assert await line.closed() == (1000, b"")

    async def test_a_close_within_a_message_is_refused(self, line: Wire) -> None:
        line.send(frame(TEXT, b"fragment", fin=False), close(1000))
        assert (await line.closed())[0] == 1002

    @pytest.mark.parametrize(
        "payload",
        [b"\x03", b"\x03\xe8" + b"*" * 124, b"\x03\xe8" + KAPPA[:-1] + b"\xed\xa0\x80"],
        ids=["7.3.2", "7.3.6", "7.5.1"],
    )
    async def test_a_malformed_close_is_refused(self, line: Wire, payload: bytes) -> None:
        line.send(frame(CLOSE, payload))
        assert (await line.closed())[0] == (1007 if b"\xed" in payload else 1002)

    @pytest.mark.parametrize(
        "code", [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]
    )
    async def test_a_valid_code_is_answered_with_itself(self, line: Wire, code: int) -> None:
        line.send(close(code))
        assert await line.closed() == (code, b"")

    @pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535])
    async def test_an_invalid_code_is_refused(self, line: Wire, code: int) -> None:
        line.send(close(code))
        assert (await line.closed())[0] == 1002

    async def test_hanging_up_without_a_word_is_noticed(self, company: Company, line: Wire) -> None:
        line.writer.close()
        async with asyncio.timeout(2):
            while len(company.hub):
                await asyncio.sleep(0.01)


class TestDeflate:
    @pytest.mark.parametrize(
        ("offer", "agreed"),
        [
            ("permessage-deflate", True),
            ("permessage-deflate; client_max_window_bits", True),
            ("permessage-deflate; server_max_window_bits=15", True),
            ("permessage-deflate; server_max_window_bits=12; server_no_context_takeover", True),
            ("permessage-deflate; server_max_window_bits=11", False),
            ("permessage-deflate; server_max_window_bits=9, permessage-deflate", True),
            ("permessage-deflate; unknown", False),
            ("x-webkit-deflate-frame", False),
        ],
    )
    async def test_it_is_agreed_where_shared_frames_can_be_read(
        self, company: Company, port: int, offer: str, agreed: bool
    ) -> None:
        async with wire(port, handshake(Sec_WebSocket_Extensions=offer)) as line:
            answer = line.fields.get("sec-websocket-extensions", "")
            assert (
                "server_no_context_takeover" in answer and "client_no_context_takeover" in answer
            ) is agreed
            await line.frame()
            await company.publish("all", text="again and " * 50)
            event = await line.frame()
            assert bool(event.first & 0x40) is agreed
            assert b"again and" in (inflate(event.payload) if agreed else event.payload)

    async def test_what_does_not_pay_is_left_alone(self, company: Company, port: int) -> None:
        async with wire(port, handshake(Sec_WebSocket_Extensions="permessage-deflate")) as line:
            await line.frame()
            noise = os.urandom(400).hex()
            await company.publish("all", text=noise)
            deflated = await line.frame()
            await company.publish("all")
            plain = await line.frame()
            assert noise.encode() in (
                inflate(deflated.payload) if deflated.first & 0x40 else deflated.payload
            )
            assert plain.first in (0x81, 0xC1)
            assert len(plain.payload) < 120

    async def test_deflated_messages_are_read(self, company: Company, port: int) -> None:
        async with wire(port, handshake(Sec_WebSocket_Extensions="permessage-deflate")) as line:
            await line.frame()
            packed = deflate(HELLO)
            line.send(
                frame(TEXT, packed, rsv=4), frame(TEXT, packed[:4], rsv=4, fin=False), frame(CONT, packed[4:])
            )
            for _ in range(2):
                answer = await line.frame()
                text = inflate(answer.payload) if answer.first & 0x40 else answer.payload
                assert json.loads(text)["type"] == "watching"

    async def test_a_bomb_is_refused(self, company: Company, port: int) -> None:
        async with wire(port, handshake(Sec_WebSocket_Extensions="permessage-deflate")) as line:
            await line.frame()
            line.send(frame(TEXT, deflate(b"0" * 10_000_000), rsv=4))
            assert (await line.closed())[0] == 1009

    async def test_what_can_not_be_inflated_is_refused(self, company: Company, port: int) -> None:
        async with wire(port, handshake(Sec_WebSocket_Extensions="permessage-deflate")) as line:
            await line.frame()
            line.send(frame(TEXT, b"\xff\xff\xff", rsv=4))
            assert (await line.closed())[0] == 1002


def deflate(text: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return (packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]


def inflate(packed: bytes) -> bytes:
    return zlib.decompressobj(wbits=-12).decompress(packed + b"\x00\x00\xff\xff")
