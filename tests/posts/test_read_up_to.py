"""How far somebody has read, and what is new since."""

from __future__ import annotations

import asyncio

import pytest

from microblog.core.errors import Invalid, NotFound
from tests.posts.company import Company, of
from tests.support.api import Api


async def test_what_others_said_since(company: Company) -> None:
    people = company.people
    await company.group("java", "public", people.linus)
    await company.group("secret", "private", people.ada)
    first = await company.publish(people.ada, "One")
    second = await company.publish(people.ada, "Two")
    await company.publish(people.linus, "His own does not count")
    await company.publish(people.ada, "Nor do replies", reply_to=first["id"])
    await company.publish(people.ada, "About Java", group="java")
    await company.publish(people.ada, "Psst", group="secret")
    assert await company.unread(people.linus) == {"all": 2, "java": 1}
    mark = await company.read_up_to(people.linus, first["id"], group="all")
    assert mark == {"scope": "group:1", "up_to": first["id"]}
    assert await company.unread(people.linus) == {"all": 1, "java": 1}
    await company.read_up_to(people.linus, second["id"], group=1)
    assert await company.unread(people.linus) == {"all": 0, "java": 1}
    assert await company.unread(people.grace) == {"all": 3}


async def test_ones_other_screens_are_told(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "One")
    await company.read_up_to(people.linus, post["id"], group="all")
    event = company.heard[-1]
    assert (event.type, event.channels) == ("mine.changed", (f"person:{people.linus.id}",))
    assert of(event) == {"read": {"scope": "group:1", "up_to": post["id"]}}


async def test_it_never_goes_back(company: Company) -> None:
    people = company.people
    first = await company.publish(people.ada, "One")
    second = await company.publish(people.ada, "Two")
    await company.read_up_to(people.linus, second["id"], group="all")
    told = len(company.heard)
    for up_to in (first["id"], second["id"]):
        assert (await company.read_up_to(people.linus, up_to, group="all"))["up_to"] == second["id"]
    assert len(company.heard) == told


async def test_it_never_hides_what_is_still_to_come(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "One")
    mark = await company.read_up_to(people.linus, 2**53 - 1, group="all")
    assert mark["up_to"] == post["id"]
    await company.publish(people.ada, "Two")
    assert await company.unread(people.linus) == {"all": 1}


async def test_a_thread_by_any_of_its_posts(company: Company) -> None:
    people = company.people
    root = await company.publish(people.ada, "One")
    reply = await company.publish(people.linus, "Two", reply_to=root["id"])
    mark = await company.read_up_to(people.grace, reply["id"], thread=reply["id"])
    assert mark == {"scope": f"thread:{root['id']}", "up_to": reply["id"]}


async def test_from_several_screens_at_the_same_time(company: Company) -> None:
    people = company.people
    posts = [await company.publish(people.ada, str(n)) for n in range(12)]
    marks = await asyncio.gather(
        *(company.read_up_to(people.linus, post["id"], group="all") for post in posts)
    )
    assert max(mark["up_to"] for mark in marks) == posts[-1]["id"]
    assert await company.unread(people.linus) == {"all": 0}
    told = [of(event)["read"]["up_to"] for event in company.events("mine.changed")]
    assert told == sorted(set(told))
    assert told[-1] == posts[-1]["id"]


async def test_who_joins_late_has_missed_nothing(company: Company) -> None:
    people = company.people
    group = await company.group("secret", "private", people.ada, people.linus)
    await company.publish(people.ada, "Before", group="secret")
    await asyncio.sleep(0.01)
    await company.join(people.grace, group)
    assert await company.unread(people.grace) == {"all": 0, "secret": 0}
    await company.publish(people.ada, "After", group="secret")
    assert await company.unread(people.grace) == {"all": 0, "secret": 1}


async def test_guests_count_in_their_groups(company: Company) -> None:
    people = company.people
    await company.group("project", "external", people.ada, people.edsger)
    await company.publish(people.ada, "To everyone")
    await company.publish(people.ada, "To the project", group="project")
    assert await company.unread(people.edsger) == {"project": 1}


async def test_who_may_not_read_it_can_not_say_so(company: Company) -> None:
    people = company.people
    group = await company.group("secret", "private", people.ada, people.linus)
    post = await company.publish(people.ada, "Psst", group="secret")
    await company.read_up_to(people.linus, post["id"], group="secret")
    await company.leave(people.linus, group)
    for who in (people.linus, people.grace, people.edsger):
        for where in ({"group": "secret"}, {"group": group}, {"thread": post["id"]}):
            with pytest.raises(NotFound):
                await company.read_up_to(who, post["id"], **where)
    assert "secret" not in await company.unread(people.linus)


@pytest.mark.parametrize("where", [{}, {"group": "all", "thread": 1}])
async def test_a_group_or_a_thread(company: Company, where: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        await company.read_up_to(company.people.linus, 1, **where)
    assert refused.value.field == "group"


async def test_over_http(api: Api) -> None:
    post = (await api.post(api.people.ada, "/posts", json={"text": "One"})).json()
    (item,) = (await api.get(api.people.linus, "/unread")).json()["items"]
    assert (item["group"]["handle"], item["up_to"], item["unread"]) == ("all", 0, 1)
    answer = await api.call(api.people.linus, "PUT", "/reads", json={"group": "all", "up_to": post["id"]})
    assert (answer.status_code, answer.json()) == (200, {"scope": "group:1", "up_to": post["id"]})
    (item,) = (await api.get(api.people.linus, "/unread")).json()["items"]
    assert (item["up_to"], item["unread"]) == (post["id"], 0)
    refused = await api.call(api.people.linus, "PUT", "/reads", json={"group": "all", "up_to": 0})
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "up_to")
