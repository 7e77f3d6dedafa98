"""A server that is told to stop tells everybody to go elsewhere, and is gone in time."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from pathlib import Path

import pytest

from microblog.realtime import endings
from tests.realtime.company import Company
from tests.realtime.listeners import fetch, poll, screen, source


async def test_every_kind_of_listener_is_told(company: Company, port: int) -> None:
    async with screen(port) as ada, source(port) as stream:
        polling = asyncio.create_task(poll(port, wait=25))
        await asyncio.sleep(0.1)
        await company.publish("person:3")
        await company.realtime.drain(0.2)
        assert await ada.closed() == endings.RESTART.code
        with pytest.raises(EOFError):
            await stream.events(1)
        answer = await polling
        assert answer["items"] == []
        assert not answer["reset"]
        status, fields, _ = await fetch(port, "/api/v1/stream")
        assert status == 503
        assert "retry-after" in fields


async def test_sigterm_with_everybody_connected(store: Path) -> None:
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.realtime.serve", str(store), stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    port = int(await server.stdout.readline())
    async with screen(port) as ada, screen(port, "linus", "deflate") as linus, source(port) as stream:
        polling = asyncio.create_task(poll(port, wait=25))
        idle = await asyncio.open_connection("127.0.0.1", port)
        half = await asyncio.open_connection("127.0.0.1", port)
        half[1].write(b"GET /api/v1/stream HTT")
        await asyncio.sleep(0.2)
        told = time.monotonic()
        server.send_signal(signal.SIGTERM)
        assert await ada.closed() == await linus.closed() == endings.RESTART.code
        with pytest.raises(EOFError):
            await stream.events(1)
        assert (await polling)["items"] == []
        assert await asyncio.wait_for(server.wait(), 15) == 0
        assert time.monotonic() - told < 15
        for _, writer in (idle, half):
            writer.close()
