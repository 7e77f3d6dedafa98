"""Whatever bytes come, the server answers by the rules, logs no error as its own, keeps no memory of them and lives."""

from __future__ import annotations

import asyncio
import contextlib
import random
import struct
import sys
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.realtime.judge import judge
from tests.realtime.listeners import head_of, screen
from tests.realtime.wire import BINARY, CLOSE, CONT, PING, PONG, TEXT, close, frame, handshake

AT_ONCE = 32
SHORT, LONG = 2_000, 100_000
GROWTH = 20 * 1024 * 1024
DEFLATE = "permessage-deflate; client_max_window_bits"
FIRST = {PING: 0x8A, CLOSE: 0x88}

CLIENT_ERRORS = {400, 401, 404, 405, 413, 414, 422, 426, 431, 501, 505}
"""What a mutated handshake may be answered; which of them, only where it was mutated with intent."""


class Server:
    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.port = port
        self._process = process

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    @property
    def resident(self) -> int:
        """Bytes."""
        fields = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in fields if line.startswith("VmRSS"))


@pytest.fixture
async def server(store: Path) -> AsyncIterator[Server]:
    """A process of its own, which may have logged no error when it ends."""
    log = store / "log"
    with log.open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.realtime.serve", str(store)),
            stdout=asyncio.subprocess.PIPE,
            stderr=said,
        )
    assert process.stdout is not None
    try:
        yield Server(process, int(await process.stdout.readline()))
    finally:
        process.terminate()
        await process.wait()
    logged = log.read_text()
    assert "ERROR" not in logged
    assert "Traceback" not in logged


@pytest.mark.parametrize("count", [SHORT, pytest.param(LONG, marks=pytest.mark.long)])
@pytest.mark.parametrize("what", ["frames", "handshakes"])
async def test_mutated_bytes(server: Server, what: str, count: int) -> None:
    case = _frames if what == "frames" else _handshake
    await _all(server, case, range(500))  # what is made once is made
    before = server.resident
    await _all(server, case, range(500, 500 + count // 2))
    assert server.alive
    assert server.resident - before < GROWTH
    async with screen(server.port) as ada:
        await ada.say({"watch": "author:2"})
        assert (await ada.next())["type"] == "watching"


async def _all(server: Server, case: Callable[[random.Random, int], object], numbers: range) -> None:
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with turn:
            try:
                async with asyncio.timeout(20):
                    await case(random.Random(number), server.port)  # type: ignore[misc]
            except BaseException as error:
                error.add_note(f"case {number}")
                raise

    async with asyncio.TaskGroup() as group:
        for number in numbers:
            group.create_task(one(number))


async def _frames(chance: random.Random, port: int) -> None:
    deflate = chance.random() < 0.3
    data = _conversation(chance, deflate)
    if chance.random() < 0.7:
        data = _mutated(chance, data)
    verdict = judge(data, deflate)
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    try:
        early = chance.randrange(len(data) + 1) if chance.random() < 0.3 else 0
        offer = {"Sec_WebSocket_Extensions": DEFLATE} if deflate else {}
        writer.write(handshake(**offer) + data[:early])
        status, _ = await head_of(reader)
        assert status == 101
        writer.write(data[early:])
        if verdict.code is None:
            writer.write_eof()
        pongs, code = await _heard(reader)
    finally:
        writer.close()
    assert code == verdict.code, data
    assert pongs == verdict.pings, data


async def _heard(reader: asyncio.StreamReader) -> tuple[int, int | None]:
    """The pongs until the end of the stream, and the code of the close frame: None without one, 0 for one that has none."""
    pongs, code = 0, None
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            first, length = await reader.readexactly(2)
            if length == 126:
                (length,) = struct.unpack("!H", await reader.readexactly(2))
            payload = await reader.readexactly(length)
            assert code is None, "something was said after the close"
            if first == FIRST[PING]:
                pongs += 1
            elif first == FIRST[CLOSE]:
                code = struct.unpack("!H", payload[:2])[0] if payload else 0
    return pongs, code


def _conversation(chance: random.Random, deflate: bool) -> bytes:
    said = b""
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(
            [
                b"",
                b'{"watch":"author:2"}',
                "κόσμε".encode() * chance.randint(1, 50),
                b"\xed\xa0\x80",
                b"x" * 70,
            ]
        )
        kind = chance.random()
        if kind < 0.15:
            said += frame(PING, text[:125])
        elif kind < 0.25:
            said += frame(PONG, text[:125])
        elif kind < 0.3:
            said += frame(BINARY, text)
        elif kind < 0.35:
            said += close(chance.choice([1000, 1001, 1005, 1006, 999, 3000, 4999, 5000]), text[:123])
        elif kind < 0.4:
            said += frame(TEXT, b"*" * chance.choice([65535, 65536, 65537]))
        elif kind < 0.7:
            cut = chance.randint(0, len(text))
            said += frame(TEXT, text[:cut], fin=False) + frame(PING, b"between") + frame(CONT, text[cut:])
        elif deflate:
            said += frame(TEXT, _deflated(text * chance.choice([1, 1, 1, 1000])), rsv=4)
        else:
            said += frame(TEXT, text)
    return said


def _deflated(text: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-12)
    return (packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]


def _mutated(chance: random.Random, data: bytes) -> bytes:
    mutated = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5])):
        at = chance.randrange(min(len(mutated), 200) or 1)
        how = chance.randrange(5)
        if how == 0:
            mutated[at : at + 1] = bytes([chance.randrange(256)])
        elif how == 1:
            del mutated[at : at + chance.randint(1, 4)]
        elif how == 2:
            mutated[at:at] = chance.randbytes(chance.randint(1, 4))
        elif how == 3:
            mutated[at : at + 1] = bytes([mutated[at] ^ 1 << chance.randrange(8)]) if mutated else b""
        else:
            del mutated[at:]
    return bytes(mutated)


async def _handshake(chance: random.Random, port: int) -> None:
    if chance.random() < 0.5:
        request, expected = chance.choice(WITH_INTENT)
    else:
        request, expected = _mutated(chance, handshake(Origin="http://127.0.0.1")), None
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    try:
        writer.write(request)
        # Where a mutation opened up the head or a body, the server rightly waits for the rest.
        if expected is None:
            writer.write_eof()
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            status, _ = await head_of(reader)
            if expected is not None:
                assert status == expected, request
            else:
                assert status in {101, 200, 403} | CLIENT_ERRORS, request
            return
        assert expected is None, request
    finally:
        writer.close()


def _with(line: str, instead: str) -> bytes:
    asked = handshake()
    assert line.encode() in asked
    return asked.replace(line.encode(), instead.encode("latin-1"))


KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
WITH_INTENT = [
    (handshake(), 101),
    (_with("Version: 13", "Version: 12"), 400),
    (_with("Sec-WebSocket-Version: 13\r\n", ""), 400),
    (_with("Version: 13", "Version: 13, 13"), 400),
    (_with(KEY + "\r\n", ""), 400),
    (_with(KEY, KEY + "\r\n" + KEY), 400),
    (_with(KEY, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ"), 400),
    (_with(KEY, "Sec-WebSocket-Key: c2hvcnQ="), 400),
    (_with(KEY, "Sec-WebSocket-Key: "), 400),
    (_with(KEY, "Sec-WebSocket-Extensions: ;;;\r\n" + KEY), 400),
    (_with("Host: microblog", "Host: micro\x00blog"), 400),
    (_with("Host: microblog", "Ho st: microblog"), 400),
    (_with("GET ", "G\x01T "), 400),
    (_with("HTTP/1.1", "HTTP/9.9"), 400),
    (_with("Bearer ada", "Bearer nobody"), 401),
    (_with("Bearer ada", "Bearer \xff"), 401),
    (_with("/api/v1/stream", "/api/v1/stream?after=x"), 400),
    (_with("/api/v1/stream", "/api/v1/nowhere"), 403),
    (handshake(Origin="http://elsewhere.example"), 403),
]
