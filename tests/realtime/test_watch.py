"""Watching a channel beyond those one hears anyway: what was missed of it, then what is new, until one stops."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from microblog.realtime.reception import MAX_WATCHED
from tests.realtime import company as companies
from tests.realtime.company import Company
from tests.realtime.listeners import fetch, poll, screen, source

EPOCH = "e5f0"


async def test_watching_brings_the_missed_then_the_new(company: Company, port: int) -> None:
    await company.publish_many([("author:2",), ("author:3",), ("author:2",)])
    async with screen(port) as ada:
        await ada.say({"watch": "author:2", "after": 0})
        assert [event["seq"] for event in await ada.events(2)] == [1, 3]
        assert await ada.next() == {"type": "watching", "channel": "author:2", "seq": 3}
        await company.publish_many([("author:3",), ("author:2",)])
        assert [event["seq"] for event in await ada.events(1)] == [5]


async def test_what_was_missed_comes_whole_also_what_came_another_way(company: Company, port: int) -> None:
    """Told in part and out of order, an older state would stand last."""
    async with screen(port) as ada:
        await company.publish_many([("all", "author:2"), ("author:2",)])
        assert [event["seq"] for event in await ada.events(1)] == [1]
        await ada.say({"watch": "author:2", "after": 0})
        assert [event["seq"] for event in await ada.events(2)] == [1, 2]
        assert (await ada.next())["type"] == "watching"


async def test_the_journal_answers_where_memory_does_not(store: Path) -> None:
    async with companies.opened(store) as before:
        for _ in range(12):
            await before.publish_many([("all",), ("author:2",)] * 50, text="z" * 900)
    async with companies.opened(store, warm_events=0) as company, companies.served(company) as port:
        async with screen(port) as ada:
            await ada.say({"watch": "author:2", "after": 3})
            posting = asyncio.create_task(post(company, 200))
            told = await ada.events(599 + 1 + 200)
            await posting
            assert [event["seq"] for event in told if event.get("data", {}).get("id") == 0] == [
                *range(4, 1201, 2)
            ]
            live = [
                event["seq"] for event in told if event["type"] == "post.published" and event["seq"] > 1200
            ]
            assert live == list(range(1201, 1401))


async def post(company: Company, count: int) -> None:
    for _ in range(count):
        await company.publish("all", subject=1)


@pytest.mark.parametrize("after", [0, 99], ids=["too long ago", "ahead of everything"])
async def test_what_can_not_be_told_any_more_is_a_reset_of_that_channel(
    company: Company, port: int, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr("microblog.realtime.watching.MAX_MISSED", 4)
    await company.publish_many([("author:2",)] * 5)
    async with screen(port) as ada:
        await ada.say({"watch": "author:2", "after": after})
        assert await ada.next() == {"type": "reset", "seq": 5, "channel": "author:2"}
        assert await ada.next() == {"type": "watching", "channel": "author:2", "seq": 5}
        await ada.say({"watch": "author:3", "after": 1})
        assert (await ada.next())["type"] == "watching"
        await company.publish("author:2")
        assert [event["seq"] for event in await ada.events(1)] == [6]


async def test_a_change_of_rights_in_between_puts_the_question_again(store: Path) -> None:
    """Linus leaves one group and is taken out of another while what he missed of two channels is replayed."""
    async with companies.opened(store) as before:
        await before.join("linus", 7)
        await before.join("linus", 12)
        for _ in range(8):
            await before.publish_many([("author:2", "thread:70")] * 50, text="z" * 900)
    async with companies.opened(store, warm_events=0) as company, companies.served(company) as port:
        async with screen(port, "linus") as linus:
            await linus.say({"watch": "author:2", "after": 2})
            await company.remove("linus", 12)
            told = await linus.events(401)
            assert [event["seq"] for event in told[:400]] == list(range(3, 403))
            assert told[400]["type"] == "watching"
            await linus.say({"watch": "thread:70", "after": 2})
            removed = await company.remove("linus", 7)
            answers = [await linus.next()]
            while answers[-1]["type"] not in ("error", "watching"):
                answers.append(await linus.next())
            await company.publish("thread:70")
            last = await company.publish("all")
            rest = await linus.events(1)
            while rest[-1].get("seq") != last:
                rest += await linus.events(1)
            told = [event for event in [*answers, *rest] if event["type"] == "post.published"]
            assert [event["seq"] for event in told if event["seq"] > removed] == [last]


async def test_unwatching_ends_it(company: Company, port: int) -> None:
    async with screen(port) as ada:
        await ada.say({"watch": "author:2"})
        assert (await ada.next())["type"] == "watching"
        await ada.say({"unwatch": "author:2"})
        await ada.say({"unwatch": "all"})
        await ada.say({"watch": "author:3"})  # answered after the others are
        assert (await ada.next())["channel"] == "author:3"
        await company.publish_many([("author:2",), ("all",)])
        assert [event["seq"] for event in await ada.events(1)] == [2]


async def test_what_one_may_not_hear_is_not_found(company: Company, port: int) -> None:
    await company.join("grace", 7)
    async with screen(port, "ada") as ada, screen(port, "grace") as grace:
        for channel in ("group:7", "group:404", "nonsense", "", "person:2"):
            await ada.say({"watch": channel})
            answer = await ada.next()
            assert answer["type"] == "error"
            assert answer["code"] == "not_found"
            assert answer["channel"] == channel
        await grace.say({"watch": "group:7"})
        assert (await grace.next())["type"] == "watching"
        secret = await company.publish("group:7")
        everyone = await company.publish("all")
        assert [event["seq"] for event in await ada.events(1)] == [everyone]
        assert [event["seq"] for event in await grace.events(2)] == [secret, everyone]


async def test_at_most_a_hundred(company: Company, port: int) -> None:
    async with screen(port) as ada:
        for number in range(MAX_WATCHED):
            await ada.say({"watch": f"author:{number}"})
            assert (await ada.next())["type"] == "watching"
        await ada.say({"watch": "author:1000"})
        assert (await ada.next())["code"] == "too_many"
        await ada.say({"watch": "author:5"})
        assert (await ada.next())["type"] == "watching"
    too_many = ",".join(f"author:{number}" for number in range(MAX_WATCHED + 1))
    status, _, _ = await fetch(port, f"/api/v1/stream?watch={too_many}")
    assert status == 422


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hello",
        "[]",
        "null",
        "{}",
        '{"watch":1}',
        '{"watch":"author:2","unwatch":"author:2"}',
        '{"watch":"author:2","after":-1}',
        '{"watch":"author:2","after":1.5}',
        '{"watch":"author:2","after":' + "9" * 400 + "}",
        '{"watch":"author:2","other":1}',
        '{"watch":"\\ud800"}',
        "[" * 10_000,
        '{"watch":' + "[" * 10_000,
    ],
)
async def test_what_can_not_be_read_is_answered_and_the_connection_stays(
    company: Company, port: int, said: str
) -> None:
    async with screen(port) as ada:
        await ada.say(said)
        answer = await ada.next()
        assert answer["type"] == "error"
        assert answer["code"] == "malformed"
        await company.publish("all")
        assert [event["seq"] for event in await ada.events(1)] == [1]


async def test_streams_and_polls_watch_by_their_address(company: Company, port: int) -> None:
    watch = "author:2,group:7"
    async with source(port, watch=watch) as stream, screen(port, watch=watch) as ada:
        for refused in (await stream.next(), await ada.next()):
            assert refused["type"] == "error"
            assert refused["channel"] == "group:7"
        await company.publish_many([("group:7",), ("author:2",)])
        assert (await stream.events(1))[0]["seq"] == (await ada.events(1))[0]["seq"] == 2
    assert [item["seq"] for item in (await poll(port, after=0, epoch=EPOCH, watch="author:2"))["items"]] == [
        2
    ]
    status, _, _ = await fetch(port, f"/api/v1/events?after=0&epoch={EPOCH}&watch={watch}")
    assert status == 404


async def test_missed_events_keep_their_place_among_the_live_ones(company: Company, port: int) -> None:
    """Under load a watch is confirmed between two events: nothing of the channel is lost or doubled around it."""

    async def post() -> None:
        for number in range(300):
            await company.publish("all" if number % 2 else "author:2")

    async with screen(port) as ada:
        posting = asyncio.create_task(post())
        await asyncio.sleep(0.05)
        await ada.say({"watch": "author:2", "after": 0})
        heard = [
            event["seq"] for event in await ada.events(301) if "seq" in event and event["type"] != "watching"
        ]
        await posting
    assert sorted(heard) == list(range(1, 301))
