"""What one person says is heard by everybody who should, the same through every transport, and by nobody else."""

from __future__ import annotations

import asyncio

from tests.realtime.company import Company
from tests.realtime.listeners import Event, poll, screen, source


async def test_one_post_is_on_every_screen(company: Company, port: int) -> None:
    async with (
        screen(port, "ada") as ada,
        screen(port, "linus") as linus,
        screen(port, "grace", "deflate") as grace,
    ):
        seq = await company.publish("all", text="at the client in Utrecht " * 20)
        for each in (ada, linus, grace):
            event = (await each.events(1))[0]
            assert event["seq"] == seq
            assert event["type"] == "post.published"
            assert event["data"]["text"].startswith("at the client")


async def test_only_members_hear_a_group(company: Company, port: int) -> None:
    await company.join("ada", 7)
    async with screen(port, "ada") as ada, screen(port, "linus") as linus:
        secret = await company.publish("group:7")
        everyone = await company.publish("all")
        assert [event["seq"] for event in await ada.events(2)] == [secret, everyone]
        assert [event["seq"] for event in await linus.events(1)] == [everyone]


async def test_an_event_on_several_of_ones_channels_comes_once(company: Company, port: int) -> None:
    async with screen(port, "ada") as ada:
        await company.publish("all", "person:1", "author:1")
        await company.publish("person:1")
        assert [event["seq"] for event in await ada.events(2)] == [1, 2]


async def test_the_same_order_through_every_transport(company: Company, port: int) -> None:
    await company.join("ada", 7)
    start = await company.head()

    async def post() -> None:
        for number in range(60):
            await company.publish_many([("all",), ("group:7", "author:2"), ("person:1",)][: 1 + number % 3])

    async def polled() -> list[Event]:
        items: list[Event] = []
        position = start
        while len(items) < 120:
            answer = await poll(port, after=position, epoch="e5f0", wait=5)
            items += answer["items"]
            position = answer["head"]
        return items

    async with screen(port) as plain, screen(port, compression="deflate") as deflated, source(port) as stream:
        listening = [plain.events(120), deflated.events(120), stream.events(120), polled()]
        posting = asyncio.create_task(post())
        heard = await asyncio.gather(*listening)
        await posting
    assert [event["seq"] for event in heard[0]] == list(range(start + 1, start + 121))
    assert heard[0] == heard[1] == heard[2] == heard[3]
