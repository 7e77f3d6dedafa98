"""Sockets leave ASGI without losing a byte or leaving anything behind; and stay where the server can't let them go."""

from __future__ import annotations

import asyncio
import gc
import json
import logging

import pytest
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from microblog.realtime.drivers.conversation import Conversation
from microblog.realtime.drivers.leaving import LeavingHttp, LeavingWebSocket
from tests.realtime import company as companies
from tests.realtime.company import Company
from tests.realtime.listeners import fetch, request, screen, source
from tests.realtime.wire import PING, TEXT, close, frame, handshake, wire

ASK = frame(TEXT, b'{"watch":"author:2"}')


@pytest.mark.parametrize("cut", [0, 1, 2, 5, 8, len(ASK) - 1, len(ASK)])
async def test_what_comes_with_the_handshake_is_heard(company: Company, port: int, cut: int) -> None:
    async with wire(port, early=ASK[:cut]) as line:
        assert json.loads((await line.frame()).payload)["type"] == "hello"
        line.send(ASK[cut:], frame(PING, b"and this"))
        assert {(await line.frame()).payload[:9] for _ in range(2)} == {b"and this", b'{"type":"'}


async def test_what_comes_while_the_handshake_waits_is_heard(company: Company, port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in (handshake()[:40], handshake()[40:], ASK[:3], ASK[3:], close(1000)):
        writer.write(part)
        await asyncio.sleep(0)
    said = await reader.read()
    assert said.startswith(b"HTTP/1.1 101")
    assert b'"hello"' in said
    assert said.endswith(b"\x88\x02\x03\xe8")
    writer.close()


async def test_nothing_stays_behind(company: Company, port: int) -> None:
    """Not waiting for a collection: thousands of handshakes at once must not pile up."""
    gc.collect()
    gc.disable()
    left = (LeavingHttp, LeavingWebSocket, RequestResponseCycle, Conversation)
    elsewhere = [thing for thing in gc.get_objects() if isinstance(thing, left)]  # Of other tests' servers.
    try:
        async with screen(port) as ada, source(port) as stream:
            await company.publish("all")
            await ada.events(1)
            await stream.events(1)
            await ada.say("{}")
            await ada.next()
            behind = [thing for thing in gc.get_objects() if isinstance(thing, left)]
            assert [type(thing).__name__ for thing in behind if thing not in elsewhere] == []
            assert len([task for task in asyncio.all_tasks() if "run_asgi" in repr(task)]) == 0
    finally:
        gc.enable()


async def test_who_goes_before_being_let_in_leaves_nothing(company: Company, port: int) -> None:
    for hello in (handshake(), request("/api/v1/stream", "ada"), request("/api/v1/events", "ada")):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(hello)
        await asyncio.sleep(0)
        writer.transport.abort()
    async with asyncio.timeout(5):
        await asyncio.sleep(0.1)
        while len(company.hub) or len(company.hub.lot):
            await asyncio.sleep(0.01)


async def test_who_goes_just_before_the_answer_is_no_mistake_of_ours(
    company: Company, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    """A connection closes at once, and is told so a turn of the loop later: the answer may be due in between."""
    for hello in (handshake(), request("/api/v1/stream", "ada"), request("/api/v1/events?wait=0", "ada")):
        for turns in range(100):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(hello)
            for _ in range(turns % 25):
                await asyncio.sleep(0)
            writer.write_eof()
            writer.close()
            await writer.wait_closed()
    async with asyncio.timeout(5):
        while len(company.hub) or len(company.hub.lot):
            await asyncio.sleep(0.01)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_an_ordinary_request_is_answered_as_ever(company: Company, port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(3):
        writer.write(request("/api/v1/events?wait=0", "ada"))
        head = await reader.readuntil(b"\r\n\r\n")
        assert b"200 OK" in head
        length = next(
            int(line.split(b":")[1]) for line in head.splitlines() if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
    writer.close()
    assert (await fetch(port, "/nowhere"))[0] == 404


async def test_other_servers_keep_their_sockets(company: Company) -> None:
    async with companies.served(company, leaves=False) as port:
        await company.publish_many([("all",)] * 3)
        async with screen(port, after=1, epoch="e5f0") as ada, source(port, after=1, epoch="e5f0") as stream:
            await company.publish("all")
            assert [event["seq"] for event in await ada.events(3)] == [2, 3, 4]
            assert [event["seq"] for event in await stream.events(3)] == [2, 3, 4]
            await ada.say({"watch": "author:2"})
            assert (await ada.next())["type"] == "watching"
            await company.sign_out("ada")
            assert await ada.closed() == 4001
            with pytest.raises(EOFError):
                await stream.events(1)
        async with screen(port, "linus") as linus:
            await linus.socket.send(b"binary")
            assert await linus.closed() == 1003
        async with asyncio.timeout(2):
            while len(company.hub):
                await asyncio.sleep(0.01)
