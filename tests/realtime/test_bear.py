"""The stream bears what connections do: reading nothing, dying in the middle of a pass, coming all at once."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from pathlib import Path

from microblog.realtime import endings
from tests.realtime import company as companies
from tests.realtime.company import Company
from tests.realtime.listeners import fetch, request, screen
from tests.realtime.wire import handshake, wire

LAST = b"the last of it"
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER that turns a close into a reset."""


async def connected(port: int, hello: bytes, room: int = 4096) -> socket.socket:
    """A raw socket whose owner has read the head of the answer, and will read no more."""
    loop = asyncio.get_running_loop()
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    opened.setblocking(False)
    await loop.sock_connect(opened, ("127.0.0.1", port))
    await loop.sock_sendall(opened, hello)
    assert b"HTTP/1.1 " in await loop.sock_recv(opened, 2000)
    return opened


async def test_who_does_not_read_is_closed_and_the_others_hear_everything(
    company: Company, port: int
) -> None:
    slow = [
        await connected(port, hello) for hello in (handshake("linus"), request("/api/v1/stream", "linus"))
    ]
    async with screen(port) as ada, screen(port, "grace") as grace, screen(port, "barbara") as barbara:
        hearing = [asyncio.create_task(each.events(4000)) for each in (ada, grace, barbara)]
        for _ in range(400):
            await company.publish_many([("all",)] * 10, text="w" * 1000)
        for heard in await asyncio.gather(*hearing):
            assert [event["seq"] for event in heard] == list(range(1, 4001))
        assert len(company.hub) == 3
    said = await asyncio.gather(*(rest(connection) for connection in slow))
    assert said[0].endswith(struct.pack("!H", endings.SLOW.code) + endings.SLOW.reason.encode())
    async with screen(port, "linus", after=0, epoch="e5f0") as linus:
        assert [event["seq"] for event in await linus.events(4000)] == list(range(1, 4001))


async def rest(connection: socket.socket) -> bytes:
    loop = asyncio.get_running_loop()
    said = b""
    async with asyncio.timeout(10):
        with contextlib.suppress(ConnectionResetError):
            while data := await loop.sock_recv(connection, 1 << 20):
                said += data
    connection.close()
    return said


async def test_sockets_reset_in_the_middle_of_a_pass_do_not_end_it(company: Company, port: int) -> None:
    doomed = [await connected(port, handshake("linus")) for _ in range(100)]
    async with contextlib.AsyncExitStack() as stack:
        healthy = [await stack.enter_async_context(screen(port)) for _ in range(20)]
        doomed += [await connected(port, handshake("grace")) for _ in range(100)]
        hearing = [asyncio.create_task(each.events(300)) for each in healthy]
        for number in range(300):
            await company.publish("all")
            if number >= 100:
                gone = doomed.pop()
                gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                gone.close()
        for heard in await asyncio.gather(*hearing):
            assert [event["seq"] for event in heard] == list(range(1, 301))
        async with asyncio.timeout(5):
            while len(company.hub) > 20:
                await asyncio.sleep(0.01)


async def test_publishing_waits_for_a_company_that_reads_slowly(company: Company, port: int) -> None:
    """Everybody reads, but slower than is written: nobody is closed for it, and nothing is lost."""
    slow = [await connected(port, handshake("linus"), room=1 << 16) for _ in range(3)]

    async def read(connection: socket.socket) -> bytes:
        said = b""
        while LAST not in said[-4096:]:
            data = await asyncio.get_running_loop().sock_recv(connection, 1 << 16)
            assert data, "closed"
            said += data
            await asyncio.sleep(0.05)
        return said

    reading = [asyncio.create_task(read(each)) for each in slow]
    for _ in range(60):
        await company.publish_many([("all",)] * 5, text="w" * 20_000)
    await company.publish("all", text=LAST.decode())
    for said in await asyncio.gather(*reading):
        assert said.count(b'"post.published"') == 301
    assert len(company.hub) == 3
    for each in slow:
        each.close()


async def test_requests_are_answered_while_a_large_pass_runs(company: Company, port: int) -> None:
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(300):
            await stack.enter_async_context(wire(port))
        posting = asyncio.create_task(company.publish_many([("all",)] * 2000, text="v" * 2000))
        async with asyncio.timeout(5):
            for _ in range(20):
                assert (await fetch(port, "/api/v1/events?wait=0"))[0] == 200
        await posting


async def test_a_storm_is_let_in_by_and_by(store: Path) -> None:
    async with (
        companies.opened(store, admission=companies.strict()) as company,
        companies.served(company) as port,
    ):
        answers = [await fetch(port, "/api/v1/events?wait=0") for _ in range(8)]
        assert [status for status, _, _ in answers] == [200] * 5 + [503] * 3
        assert all(1 <= int(fields["retry-after"]) <= 5 for _, fields, _ in answers[5:])
        assert all(b'"unavailable"' in body for _, _, body in answers[5:])
