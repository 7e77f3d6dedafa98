"""Rights change in order: nothing numbered after a removal reaches the removed, and what is granted is heard at once."""

from __future__ import annotations

import asyncio

import pytest

from microblog.core.errors import Unauthorized
from microblog.core.viewer import Viewer
from microblog.journal import Control
from microblog.realtime import Admission, Ports, endings
from microblog.realtime.ports import Scope
from microblog.realtime.reception import Reception
from tests.realtime.company import Company, card_of, channels_of, may_hear, viewer
from tests.realtime.listeners import fetch, poll, screen, source


async def test_who_joins_hears_from_then_on(company: Company, port: int) -> None:
    async with screen(port, "ada") as ada, source(port, "ada") as stream, screen(port, "linus") as linus:
        await company.publish("group:7")
        await company.join("ada", 7)
        heard = await company.publish("group:7")
        everyone = await company.publish("all")
        assert [event["seq"] for event in await ada.events(2)] == [heard, everyone]
        assert [event["seq"] for event in await stream.events(2)] == [heard, everyone]
        assert [event["seq"] for event in await linus.events(1)] == [everyone]


async def test_nothing_after_a_removal_reaches_the_removed(company: Company, port: int) -> None:
    await company.join("ada", 7)
    await company.join("grace", 7)
    async with screen(port, "ada") as ada, source(port, "ada") as stream, screen(port, "grace") as grace:
        before = await company.publish("group:7")
        removal = await company.remove("ada", 7)
        after = await company.publish("group:7")
        last = await company.publish("all")
        assert before < removal < after < last
        assert [event["seq"] for event in await ada.events(2)] == [before, last]
        assert [event["seq"] for event in await stream.events(2)] == [before, last]
        assert [event["seq"] for event in await grace.events(3)] == [before, after, last]


async def test_a_removal_in_the_middle_of_a_burst_cuts_it_there(company: Company, port: int) -> None:
    await company.join("ada", 7)
    async with screen(port, "ada") as ada:
        posts = [company.publish("group:7") for _ in range(100)]
        await asyncio.gather(*posts[:50], company.remove("ada", 7), *posts[50:])
        await company.publish("all")
        journal = await company.journal()
        cut = next(event.seq for event in journal if event.type == "group.left")
        entitled = [event.seq for event in journal if event.channels == ("group:7",) and event.seq < cut]
        assert [event["seq"] for event in await ada.events(len(entitled) + 1)] == [*entitled, journal[-1].seq]
    assert len(entitled) < 100


@pytest.mark.parametrize("control", [Control(close=("session:1",)), Control(close=("person:1",))], ids=str)
async def test_signing_out_ends_every_connection_of_that_session(
    company: Company, port: int, control: Control
) -> None:
    async with screen(port, "ada") as ada, source(port, "ada") as stream, screen(port, "linus") as linus:
        polling = asyncio.create_task(fetch(port, "/api/v1/events?wait=20", "ada"))
        await asyncio.sleep(0.1)
        async with asyncio.timeout(1):
            await company.publish("all", control=control)
            assert await ada.closed() == endings.REVOKED.code
            with pytest.raises(EOFError):
                await stream.events(1)
            assert (await polling)[0] == 401
        assert len(await linus.events(1)) == 1


async def test_who_is_signed_out_while_coming_in_is_refused(company: Company, port: int) -> None:
    place = company.hub.lot.park(viewer("ada"))
    await company.sign_out("ada")
    while company.hub.head < 1:
        await asyncio.sleep(0.01)
    assert place.ending == endings.REVOKED
    company.hub.lot.leave(place)


@pytest.mark.parametrize("ends", [True, False], ids=["ended meanwhile", "still signed in"])
async def test_who_is_signed_out_between_being_looked_up_and_parked_is_refused(
    company: Company, ends: bool
) -> None:
    asked: list[int] = []

    async def authenticate(scope: Scope) -> Viewer:
        """Looks a session up; while the first answer is on its way, the session ends and everybody is told."""
        if asked and ends:
            raise Unauthorized("this session has ended")
        asked.append(company.hub.head)
        if ends:
            await company.sign_out("ada")
            while company.hub.head < 1:
                await asyncio.sleep(0.01)
        return viewer("ada")

    ports = Ports(authenticate, channels_of, may_hear, card_of)
    reception = Reception(company.hub, company.database, ports, Admission(), "1")
    scope: Scope = {"query_string": b"", "headers": []}
    if ends:
        with pytest.raises(Unauthorized):
            await reception.receive(scope)
        assert not len(company.hub.lot)
    else:
        arrival = await reception.receive(scope)
        assert arrival.place.ending is None
        company.hub.lot.leave(arrival.place)


async def test_rights_that_change_while_coming_in_are_applied_to_what_was_read(
    company: Company, port: int
) -> None:
    place = company.hub.lot.park(viewer("ada"))
    await company.join("ada", 7)
    await company.join("ada", 12)
    await company.remove("ada", 12)
    while company.hub.head < 3:
        await asyncio.sleep(0.01)
    place.settle({"all", "person:1", "group:12"}, {"thread:70"})
    assert place.channels == {"all", "person:1", "group:7"}
    company.hub.lot.leave(place)


async def test_a_watched_thread_goes_with_its_group(company: Company, port: int) -> None:
    await company.join("ada", 7)
    async with screen(port, "ada") as ada:
        for thread in ("thread:70", "thread:10"):
            await ada.say({"watch": thread})
            assert (await ada.next())["type"] == "watching"
        await company.remove("ada", 7)
        secret = await company.publish("group:7", "thread:70")
        open_ = await company.publish("group:1", "thread:10")
        answers = [await ada.next() for _ in range(3)]
        assert {answer["code"] for answer in answers if answer["type"] == "error"} == {"not_found"}
        assert [answer["channel"] for answer in answers if answer["type"] == "error"] == ["thread:70"]
        assert [answer["channel"] for answer in answers if answer["type"] == "watching"] == ["thread:10"]
        assert [answer["seq"] for answer in answers if answer["type"] == "post.published"] == [open_]
        last = await company.publish("group:7", "thread:70")
        assert secret < last
        await company.publish("all")
        assert [event["seq"] for event in await ada.events(1)] == [last + 1]


async def test_what_is_watched_and_then_granted_is_not_unwatched(company: Company, port: int) -> None:
    async with screen(port, "ada") as ada:
        await ada.say({"watch": "group:1"})
        assert (await ada.next())["type"] == "watching"
        await company.join("ada", 1)
        await company.publish("all")
        await ada.events(1)
        await ada.say({"unwatch": "group:1"})
        await company.publish("group:1")
        assert len(await ada.events(1)) == 1


@pytest.mark.parametrize("path", ["/api/v1/stream", "/api/v1/events"])
async def test_strangers_and_foreign_pages_are_refused(company: Company, port: int, path: str) -> None:
    status, fields, body = await fetch(port, path, "mallory")
    assert status == 401
    assert fields["content-type"] == "application/json"
    assert b'"unauthorized"' in body
    status, _, body = await fetch(port, path, "ada", Origin="http://evil.example")
    assert status == 403
    assert b'"wrong_origin"' in body
    assert not len(company.hub)
    assert not len(company.hub.lot)
    assert (await poll(port, wait=0))["head"] == 0
