"""`kill -9` in the middle of 32 writers: nothing acknowledged is lost, nothing is said twice, and it is back at once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from http.client import HTTPConnection, HTTPException

import httpx2
import pytest

from tests.chaos.clients import listening, writing, written
from tests.chaos.conftest import Company, alive
from tests.support.server import Server

WRITERS = 32
READERS = 4
READY_WITHIN = 3.0
"""Seconds from the start of the next server to its first answer, on a store with data in it."""

TAKEN_WITHIN = 12.0
"""Seconds until a dead worker has a successor: each that did not live long is given twice the pause, 10 s at most."""


@pytest.mark.parametrize("rounds", [3, pytest.param(20, marks=pytest.mark.long)])
async def test_what_was_acknowledged_is_there_once_and_was_heard_in_order(
    company: Company, rounds: int
) -> None:
    readers = await asyncio.to_thread(company.readers, READERS)
    writers = await asyncio.to_thread(company.writers, WRITERS)
    async with listening(readers):
        async with writing(writers) as acknowledged:
            for number in range(rounds):
                await written(acknowledged, WRITERS)
                await asyncio.sleep(random.uniform(0.0, 0.4))
                await asyncio.to_thread(_kill, company.server, number)
            await written(acknowledged, WRITERS)
        await company.agree(readers)
    ledger = company.ledger
    print(
        f"{rounds} kills: {len(ledger.having('ok'))} posts acknowledged, {len(ledger.having('unknown'))} unknown"
    )
    assert len(ledger.having("ok")) >= rounds * WRITERS
    assert any(0 in reader.endings or 1006 in reader.endings for reader in readers), (
        "No connection was ever cut."
    )


def _kill(server: Server, number: int) -> None:
    """The server as a whole in even rounds, one of its workers in odd ones where there are any."""
    workers = server.workers
    if workers and number % 2:
        _kill_worker(server, random.choice(sorted(workers)))
        return
    os.kill(server.pid, signal.SIGKILL)
    _gone(workers, within=1.0)
    server.wait()
    server.start(ready=False)  # on the same port: an orphan that held it would make this fail
    while not _ready(server.port):
        assert server.age < READY_WITHIN, server.said[-2000:]
        time.sleep(0.02)


def _kill_worker(server: Server, worker: int) -> None:
    others = server.workers - {worker}
    os.kill(worker, signal.SIGKILL)
    deadline = time.monotonic() + TAKEN_WITHIN
    while len(server.workers - {worker}) <= len(others):
        assert time.monotonic() < deadline, "No worker took its place."
        time.sleep(0.02)
    # Meanwhile, and without a gap, the other one serves.
    assert httpx2.get(f"{server.url}/healthz", timeout=5, trust_env=False).status_code == 200


def _ready(port: int) -> bool:
    """`/readyz`, asked for with as little work as can be: 32 writers share this process."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _gone(workers: set[int], within: float) -> None:
    deadline = time.monotonic() + within
    while any(alive(worker) for worker in workers):
        assert time.monotonic() < deadline, "A worker outlived its supervisor."
        time.sleep(0.01)
