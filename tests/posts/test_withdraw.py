"""Withdrawing: a tombstone stays, and the text is gone. (That it is gone everywhere: test_gone.)"""

from __future__ import annotations

import pytest

from microblog.core.errors import Conflict, Forbidden, NotFound
from tests.posts.company import Company, of


async def test_a_tombstone_stays(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "@linus is impossible #rant")
    reply = await company.publish(people.grace, "He is not", reply_to=post["id"])
    await company.react(people.grace, post, "👎")
    tombstone = await company.withdraw(people.ada, post)
    assert tombstone == {
        **post,
        "text": "",
        "tokens": [],
        "mentions": [],
        "topics": [],
        "withdrawn": True,
        "reactions": {"👎": 1},
        "replies": 1,
    }
    assert await company.post(people.linus, post) == tombstone
    assert (await company.thread(people.linus, reply))["items"] == [tombstone, reply]
    assert await company.ids(people.linus, "all") == [post["id"]]
    assert await company.ids(people.linus, "mentions") == []
    assert await company.ids(people.linus, "topic/rant") == []


async def test_everybody_who_heard_of_it_is_told(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "@linus is impossible #rant")
    tombstone = await company.withdraw(people.ada, post)
    event = company.heard[-1]
    assert (event.type, of(event)) == ("post.withdrawn", tombstone)
    assert set(event.channels) == {
        "all",
        f"author:{people.ada.id}",
        "topic:rant",
        f"person:{people.linus.id}",
        f"thread:{post['id']}",
    }
    assert event.control is not None
    assert event.control.rewrite


async def test_twice_is_once(company: Company) -> None:
    post = await company.publish(company.people.ada, "Oops")
    tombstone = await company.withdraw(company.people.ada, post)
    assert await company.withdraw(company.people.ada, post) == tombstone
    assert len(company.events("post.withdrawn")) == 1


async def test_only_the_author_does(company: Company) -> None:
    people = company.people
    post = await company.publish(people.linus, "Mine")
    for who in (people.ada, people.grace, people.marvin):
        with pytest.raises(Forbidden):
            await company.withdraw(who, post)
    assert (await company.post(people.ada, post))["text"] == "Mine"
    assert (await company.withdraw(people.linus, post))["withdrawn"]


async def test_a_former_member_does_not_see_even_their_own(company: Company) -> None:
    people = company.people
    group = await company.group("secret", "private", people.ada, people.linus)
    post = await company.publish(people.linus, "Psst", group="secret")
    await company.leave(people.linus, group)
    with pytest.raises(NotFound):
        await company.withdraw(people.linus, post)
    assert (await company.post(people.ada, post))["text"] == "Psst"


async def test_nothing_more_happens_to_it_but_replies_and_taking_back(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "Oops")
    await company.react(people.linus, post, "👍")
    await company.withdraw(people.ada, post)
    with pytest.raises(Conflict) as refused:
        await company.react(people.grace, post, "👍")
    assert refused.value.code == "withdrawn"
    assert (await company.unreact(people.linus, post, "👍"))["reactions"] == {}


async def test_a_long_one_too(company: Company) -> None:
    post = await company.publish(company.people.ada, "word " * 5_000)
    tombstone = await company.withdraw(company.people.ada, post)
    assert (tombstone["text"], tombstone.get("folded"), tombstone.get("length")) == ("", None, None)
