"""Redis killed, restarted, paused and cut off: it is a doorbell, and nobody notices more than a little lateness."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.chaos.clients import listening, writing, written
from tests.chaos.conftest import Company
from tests.support.services import RedisServer

WRITERS, EVERY = 20, 0.2
"""100 posts a second."""

READERS = 4

LATE_AT_MOST = 1.5
"""Seconds from a post's commit to its arrival on a screen, whatever Redis does."""


@pytest.mark.parametrize(
    ("rounds", "pause"), [(1, 2.5), pytest.param(5, 10.0, marks=pytest.mark.long)], ids=["short", "long"]
)
async def test_nothing_fails_and_nothing_is_missing_or_late(
    beside_redis: Company, own_redis: RedisServer, rounds: int, pause: float
) -> None:
    def killed() -> None:
        own_redis.kill()
        time.sleep(pause)
        own_redis.start()

    def restarted() -> None:
        own_redis.kill()
        own_redis.start()

    def paused() -> None:
        own_redis.pause()
        time.sleep(pause)
        own_redis.go_on()

    def cut() -> None:
        assert own_redis.cut() == 2, "Each worker listens."

    readers = await asyncio.to_thread(beside_redis.readers, READERS)
    writers = await asyncio.to_thread(beside_redis.writers, WRITERS)
    late: dict[str, float] = {}
    async with listening(readers):
        async with writing(writers, EVERY) as acknowledged:
            await written(acknowledged, 100)
            for trouble in (killed, restarted, paused, cut) * rounds:
                for reader in readers:
                    reader.latest = 0.0
                before = acknowledged()
                await asyncio.to_thread(trouble)
                assert acknowledged() > before or trouble is cut
                await written(acknowledged, 100)
                latest = max(reader.latest for reader in readers)
                late[trouble.__name__] = max(late.get(trouble.__name__, 0.0), latest)
        await beside_redis.agree(readers)
        assert all(reader.endings == [] for reader in readers), "A screen was cut off because of Redis."
    print(f"late by at most, in seconds: {late}; {acknowledged()} posts")
    assert {status for writer in writers for status in writer.answers} == {201}
    assert max(late.values()) <= LATE_AT_MOST, late
