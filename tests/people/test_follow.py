"""Following changes what one hears, in order with everything else."""

from __future__ import annotations

import msgspec
import pytest

from tests.support.api import Api


async def test_linus_follows_grace_and_his_connections_hear_her(api: Api) -> None:
    people = api.people
    assert (await api.call(people.linus, "PUT", "/people/Grace/follow")).status_code == 204
    (event,) = api.events("mine.changed")
    assert event.control is not None
    assert event.control.add == ((people.linus.id, f"author:{people.grace.id}"),)
    assert event.channels == (f"person:{people.linus.id}",)
    assert msgspec.json.decode(event.data) == {"person": people.grace.id, "following": True}
    assert (await api.get(people.linus, "/people/grace")).json()["mine"] == {"following": True}
    assert (await api.get(people.ada, "/people/grace")).json()["mine"] == {"following": False}
    assert (await api.get(people.linus, "/me")).json()["following"] == {
        "people": [people.grace.id],
        "topics": [],
    }


async def test_following_twice_happens_once(api: Api) -> None:
    for _ in range(2):
        assert (await api.call(api.people.linus, "PUT", "/people/grace/follow")).status_code == 204
        assert (await api.call(api.people.linus, "PUT", "/topics/python/follow")).status_code == 204
    assert len(api.events("mine.changed")) == 2


async def test_unfollowing_takes_the_channel_away(api: Api) -> None:
    people = api.people
    await api.call(people.linus, "PUT", "/people/grace/follow")
    for _ in range(2):
        assert (await api.call(people.linus, "DELETE", "/people/grace/follow")).status_code == 204
    _, event = api.events("mine.changed")
    assert event.control is not None
    assert event.control.drop == ((people.linus.id, f"author:{people.grace.id}"),)
    assert (await api.get(people.linus, "/me")).json()["following"]["people"] == []


async def test_topics_are_followed_as_they_are_compared(api: Api) -> None:
    for name in ("Python", "%23python", "ＰＹＴＨＯＮ"):
        assert (await api.call(api.people.linus, "PUT", f"/topics/{name}/follow")).status_code == 204
    assert (await api.get(api.people.linus, "/me")).json()["following"]["topics"] == ["python"]
    assert (await api.call(api.people.linus, "DELETE", "/topics/PYTHON/follow")).status_code == 204
    assert (await api.get(api.people.linus, "/me")).json()["following"]["topics"] == []


@pytest.mark.parametrize("name", ["two words", "a,b", "123", "x" * 150])
async def test_what_can_not_be_written_as_a_topic_can_not_be_followed(api: Api, name: str) -> None:
    answer = await api.call(api.people.linus, "PUT", f"/topics/{name}/follow")
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "name")


async def test_guests_follow_nobody_and_nobody_follows_who_is_not_there(api: Api) -> None:
    assert (await api.call(api.people.edsger, "PUT", "/people/grace/follow")).status_code == 403
    assert (await api.call(api.people.edsger, "PUT", "/topics/python/follow")).status_code == 403
    assert (await api.call(api.people.linus, "PUT", "/people/nobody/follow")).status_code == 404
    assert (await api.call(api.people.linus, "PUT", "/people/linus/follow")).status_code == 422
    assert api.events("mine.changed") == []
