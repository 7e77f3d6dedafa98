"""Who was away hears what it missed, once, in order; or is told to start over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from microblog.realtime import history
from tests.realtime import company as companies
from tests.realtime.company import Company
from tests.realtime.listeners import fetch, poll, screen, source

EPOCH = "e5f0"


def seqs(events: list[dict[str, object]]) -> list[object]:
    return [event["seq"] for event in events]


@pytest.fixture
async def forgetful(store: Path) -> AsyncIterator[tuple[Company, int]]:
    """A server that has just started on a store with 1,200 events, and has read none of them into its memory."""
    async with companies.opened(store) as before:
        await before.join("ada", 7)
        for _ in range(12):
            await before.publish_many([("all",), ("group:7",)] * 50, text="z" * 900)
    async with companies.opened(store, warm_events=0) as company, companies.served(company) as port:
        yield company, port


async def test_what_was_missed_comes_before_what_is_new(company: Company, port: int) -> None:
    await company.publish_many([("all",)] * 10)
    async with screen(port, after=4, epoch=EPOCH) as ada:
        assert ada.hello["seq"] == 10
        await company.publish("all")
        assert seqs(await ada.events(7)) == [5, 6, 7, 8, 9, 10, 11]


async def test_only_what_one_may_hear_is_replayed(company: Company, port: int) -> None:
    joined = await company.join("ada", 7)
    await company.publish_many([("all",), ("group:7",), ("person:2",), ("all",)])
    async with screen(port, "ada", after=joined, epoch=EPOCH) as ada:
        assert seqs(await ada.events(3)) == [joined + 1, joined + 2, joined + 4]
    async with screen(port, "linus", after=joined, epoch=EPOCH) as linus:
        assert seqs(await linus.events(3)) == [joined + 1, joined + 3, joined + 4]


async def test_the_journal_answers_where_memory_does_not(forgetful: tuple[Company, int]) -> None:
    company, port = forgetful
    async with (
        screen(port, after=1, epoch=EPOCH) as ada,
        screen(port, "linus", after=1, epoch=EPOCH) as linus,
    ):
        await company.publish("all")
        assert seqs(await ada.events(1201)) == list(range(2, 1203))
        assert seqs(await linus.events(601)) == [*range(2, 1202, 2), 1202]


async def test_a_long_replay_waits_for_its_reader_while_others_post(forgetful: tuple[Company, int]) -> None:
    company, port = forgetful
    async with source(port, after=1, epoch=EPOCH) as ada:
        for _ in range(300):
            await company.publish("all", text="y" * 900)
        heard = await ada.events(1500)
        assert seqs(heard) == list(range(2, 1502))
        assert ada.last_id == f"{EPOCH}:1501"


async def test_an_event_source_resumes_by_its_last_id(company: Company, port: int) -> None:
    async with source(port) as ada:
        assert ada.last_id == f"{EPOCH}:0"
        await company.publish_many([("all",)] * 3)
        await ada.events(2)
        last_id = ada.last_id
    async with source(port, after=0, epoch=EPOCH, last_id=last_id) as ada:
        assert ada.last_id is None  # hello moves only who has no position
        assert seqs(await ada.events(1)) == [3]


async def test_polls_follow_each_other_without_a_gap(company: Company, port: int) -> None:
    first = await poll(port, wait=0)
    assert first == {"epoch": EPOCH, "items": [], "head": 0, "reset": False}
    await company.publish_many([("all",)] * 3)
    second = await poll(port, after=first["head"], epoch=EPOCH)
    assert seqs(second["items"]) == [1, 2, 3]
    waiting = asyncio.create_task(poll(port, after=second["head"], epoch=EPOCH))
    await asyncio.sleep(0.1)
    await company.publish("person:2")
    await company.publish("all")
    third = await waiting
    assert seqs(third["items"]) == [5]
    assert third["head"] == 5


async def test_a_poll_that_hears_nothing_still_moves_on(company: Company, port: int) -> None:
    await company.publish_many([("person:2",)] * 3)
    answer = await poll(port, after=1, epoch=EPOCH, wait=1)
    assert answer == {"epoch": EPOCH, "items": [], "head": 3, "reset": False}


async def test_a_long_absence_is_polled_in_parts(forgetful: tuple[Company, int]) -> None:
    _, port = forgetful
    position, heard = 1, []
    while position < 1201:
        answer = await poll(port, after=position, epoch=EPOCH, wait=1)
        heard += answer["items"]
        assert position < answer["head"]
        position = answer["head"]
    assert seqs(heard) == list(range(2, 1202))


@pytest.mark.parametrize(
    ("after", "epoch"),
    [(3, "other"), (3, None), (99, EPOCH)],
    ids=["of another store", "of no store", "ahead of everything"],
)
async def test_a_position_that_means_nothing_here_starts_over(
    company: Company, port: int, after: int, epoch: str | None
) -> None:
    await company.publish_many([("all",)] * 5)
    async with (
        screen(port, after=after, epoch=epoch) as ada,
        source(port, after=after, epoch=epoch) as stream,
    ):
        assert await ada.next() == {"type": "reset", "seq": 5}
        assert await stream.next() == {"type": "reset", "seq": 5}
        assert stream.last_id == f"{EPOCH}:5"
        await company.publish("all")
        assert seqs(await ada.events(1)) == seqs(await stream.events(1)) == [6]
    answer = await poll(port, after=after, epoch=epoch)
    assert answer == {"epoch": EPOCH, "items": [], "head": 6, "reset": True}


async def test_who_missed_too_much_starts_over(
    company: Company, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microblog.realtime.reception.MAX_MISSED", 4)
    await company.publish_many([("all",)] * 5)
    async with screen(port, after=0, epoch=EPOCH) as ada:
        assert (await ada.next())["type"] == "reset"
    async with screen(port, after=1, epoch=EPOCH) as ada:
        assert seqs(await ada.events(4)) == [2, 3, 4, 5]
    assert history.MAX_MISSED == 50_000


@pytest.mark.parametrize("after", ["", "-1", "1.0", "x", "%D9%A1", "1e3", str(2**53), "9" * 400, "%00"])
async def test_a_malformed_position_is_refused(port: int, after: str) -> None:
    for path in ("/api/v1/stream", "/api/v1/events"):
        status, _, body = await fetch(port, f"{path}?after={after}&epoch={EPOCH}")
        assert status == 400
        assert b"bad_position" in body
    status, _, _ = await fetch(port, "/api/v1/stream", Last_Event_ID=f"{EPOCH}:{after or 'x'}")
    assert status == 400


async def test_a_withdrawn_text_is_not_replayed_from_memory(company: Company, port: int) -> None:
    secret = await company.publish("all", text="what I should not have said", subject=5)
    other = await company.publish("all", text="something else", subject=6)
    gone = await company.publish("all", text="(withdrawn)", subject=5, control=companies.REWRITE)
    async with screen(port, after=0, epoch=EPOCH) as ada:
        texts = {event["seq"]: event["data"]["text"] for event in await ada.events(3)}
    assert texts == {secret: "(withdrawn)", other: "something else", gone: "(withdrawn)"}


async def test_nothing_is_missed_or_repeated_however_often_one_reconnects(
    company: Company, port: int
) -> None:
    async def post() -> None:
        for _ in range(150):
            await company.publish("all")
            await asyncio.sleep(0)

    async def reconnect(compression: str | None) -> list[object]:
        heard: list[object] = []
        while len(heard) < 150:
            async with screen(port, compression=compression, after=len(heard), epoch=EPOCH) as ada:
                heard += seqs(await ada.events(min(7, 150 - len(heard))))
        return heard

    _, plain, deflated = await asyncio.gather(post(), reconnect(None), reconnect("deflate"))
    assert plain == deflated == list(range(1, 151))
