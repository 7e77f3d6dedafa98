"""Several processes on one store: each hears the whole log in order, whatever Redis does."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from microblog.journal import Committed, Control
from microblog.realtime import endings
from microblog.realtime.intake import Intake
from tests.realtime import company as companies
from tests.realtime.company import Company
from tests.realtime.listeners import screen
from tests.support.services import RedisServer

LATE = 1.5
"""Seconds that an event may be late while Redis is gone or silent."""


@contextlib.asynccontextmanager
async def two(store: Path, redis_url: str | None) -> AsyncIterator[tuple[Company, Company, int]]:
    """Two companies on one store, as two processes would be; the port is the second's."""
    async with (
        companies.opened(store, redis_url=redis_url) as first,
        companies.opened(store, redis_url=redis_url) as second,
        companies.served(second) as port,
    ):
        if redis_url is not None:
            await trusted(second)
        yield first, second, port


async def trusted(company: Company) -> None:
    async with asyncio.timeout(10):
        while company.realtime.suspect:
            await asyncio.sleep(0.02)


async def test_what_one_process_publishes_another_delivers(store: Path, redis_url: str) -> None:
    async with two(store, redis_url) as (first, second, port), screen(port) as ada:
        began = time.monotonic()
        for number in range(20):
            await (first if number % 3 else second).publish("all")
        assert [event["seq"] for event in await ada.events(20)] == list(range(1, 21))
        assert time.monotonic() - began < 0.4  # by Redis, not by the poll of the counter


async def test_without_redis_the_counter_tells(store: Path) -> None:
    async with two(store, None) as (first, _, port), screen(port) as ada:
        began = time.monotonic()
        await first.publish("all")
        assert [event["seq"] for event in await ada.events(1)] == [1]
        assert time.monotonic() - began < LATE


@pytest.mark.parametrize("redis", ["up", "down", "paused"])
async def test_a_removal_on_one_process_takes_effect_on_the_other(
    store: Path, own_redis: RedisServer, redis: str
) -> None:
    async with two(store, own_redis.url) as (first, _, port):
        await first.join("ada", 7)
        await asyncio.sleep(0.2)
        async with screen(port, "ada") as ada, screen(port, "linus") as linus:
            if redis == "down":
                own_redis.kill()
            elif redis == "paused":
                own_redis.pause()
            try:
                await first.publish("group:7")
                await first.remove("ada", 7)
                await first.publish("group:7")
                last = await first.publish("all")
                heard = [event["seq"] for event in await ada.events(2)]
                assert heard == [2, last]
                await first.publish(control=Control(close=("session:2",)))
                async with asyncio.timeout(1):
                    assert [event["seq"] for event in await linus.events(1)] == [last]
                    assert await linus.closed() == endings.REVOKED.code
            finally:
                if redis == "paused":
                    own_redis.go_on()


async def tormented(
    store: Path, own_redis: RedisServer, seconds: float, rate: int, torment: Sequence[str]
) -> float:
    """Publish on both processes while Redis suffers; answer how late the latest event was, in seconds."""
    async with two(store, own_redis.url) as (first, second, port), screen(port) as ada:
        published: dict[int, float] = {}
        latest = 0.0
        count = int(seconds * rate)

        async def post() -> None:
            began = time.monotonic()
            for number in range(count):
                await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
                await (first, second)[number % 2].publish("all")
                published[number + 1] = time.monotonic()

        async def suffer() -> None:
            for what in torment:
                await asyncio.sleep(seconds / (2 * len(torment) + 1))
                if what == "kill":
                    own_redis.kill()
                    await asyncio.sleep(seconds / (2 * len(torment) + 1))
                    await asyncio.to_thread(own_redis.start)
                elif what == "pause":
                    own_redis.pause()
                    await asyncio.sleep(min(10, seconds / (2 * len(torment) + 1)))
                    own_redis.go_on()
                elif what == "cut":
                    await asyncio.to_thread(own_redis.cut)

        async def hear() -> None:
            nonlocal latest
            for expected in range(1, count + 1):
                (event,) = await ada.events(1)
                assert event["seq"] == expected
                latest = max(latest, time.monotonic() - published.get(expected, time.monotonic()))

        await asyncio.gather(post(), suffer(), hear())
        await trusted(second)
        return latest


async def test_redis_may_be_killed_paused_and_cut(store: Path, own_redis: RedisServer) -> None:
    assert await tormented(store, own_redis, 7, 50, ["cut", "pause", "kill"]) < LATE


@pytest.mark.long
async def test_redis_may_be_killed_paused_and_cut_for_long(store: Path, own_redis: RedisServer) -> None:
    assert await tormented(store, own_redis, 110, 100, ["cut", "pause", "kill", "pause", "cut"]) < LATE


class TestIntake:
    """The ordered intake alone, with a journal that is a list."""

    @pytest.fixture
    def log(self) -> list[Committed]:
        return [Committed(seq, 0, "post.published", 1, "post", 0, ("all",), b"{}") for seq in range(1, 301)]

    async def test_any_order_comes_out_in_order_and_once(self, log: list[Committed]) -> None:
        delivered: list[Committed] = []

        async def never(after: int, limit: int) -> list[Committed]:
            raise AssertionError("nothing is missing")

        intake = Intake(0, delivered.extend, never)
        shuffled = sorted(log + log[:100], key=lambda event: event.seq + random.uniform(0, 8))
        for event in shuffled:
            intake.take((event,))
        assert delivered == log
        assert intake.head == 300
        await intake.stop()

    async def test_what_does_not_come_is_fetched(self, log: list[Committed]) -> None:
        delivered: list[Committed] = []
        asked: list[int] = []

        async def since(after: int, limit: int) -> list[Committed]:
            asked.append(after)
            return log[after : after + limit]

        intake = Intake(0, delivered.extend, since)
        intake.take(log[:10])
        intake.take(log[12:20])
        assert len(delivered) == 10
        await asyncio.sleep(0.1)
        assert delivered == log
        assert asked[0] == 10
        intake.expect(300)
        await asyncio.sleep(0.1)
        assert len(asked) == 1
        await intake.stop()
