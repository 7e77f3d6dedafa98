"""Revising: the same post says something else, and everybody can see what it said before."""

from __future__ import annotations

import asyncio

import pytest

from microblog import journal
from microblog.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.posts.company import Company, of


async def test_ada_says_it_differently(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "I am in Zwolle")
    revised = await company.revise(people.ada, post, "I am in *Assen* #drenthe")
    assert revised["text"] == "I am in *Assen* #drenthe"
    assert revised["revised_at"] >= post["created_at"] == revised["created_at"]
    assert await company.post(people.linus, post) == revised
    event = company.heard[-1]
    assert (event.type, of(event)) == ("post.revised", revised)
    assert event.channels == ("all", f"author:{people.ada.id}", "topic:drenthe", f"thread:{post['id']}")
    assert await company.ids(people.linus, "topic/drenthe") == [post["id"]]


async def test_whom_it_no_longer_names_is_told_then_and_ever_after(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "@grace is in Zwolle #travel")
    await company.revise(people.ada, post, "Somebody is in Zwolle")
    await company.revise(people.ada, post, "Somebody is in Assen")
    await company.withdraw(people.ada, post)
    for event in company.heard:
        assert {f"person:{people.grace.id}", "topic:travel"} <= set(event.channels), event.type
    assert await company.ids(people.grace, "mentions") == []
    assert await company.ids(people.grace, "topic/travel") == []


async def test_nobody_of_a_closed_group_is_told_elsewhere(company: Company) -> None:
    people = company.people
    group = await company.group("secret", "private", people.ada)
    post = await company.publish(people.ada, "@grace must not know #plans", group="secret")
    await company.revise(people.ada, post, "Nobody must know")
    await company.withdraw(people.ada, post)
    assert [event.channels for event in company.heard] == [(f"group:{group}",)] * 3


async def test_a_replay_hands_out_what_it_says_now(company: Company) -> None:
    post = await company.publish(company.people.ada, "The secret word is swordfish")
    await company.react(company.people.linus, post, "👍")
    revised = await company.revise(company.people.ada, post, "There is no secret word")
    replayed = await company.database.read(lambda tx, _: journal.since(tx, 0, 100), None)
    about = [event for event in replayed if event.subject_kind == "post"]
    assert [of(event) for event in about] == [revised] * 3


async def test_saying_the_same_changes_nothing(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "Same")
    assert await company.revise(people.ada, post, "Same") == post
    assert len(company.heard) == 1
    assert len((await company.history(people.ada, post))["items"]) == 1


async def test_only_the_author_does_and_only_what_stands(company: Company) -> None:
    people = company.people
    post = await company.publish(people.linus, "Mine")
    with pytest.raises(Forbidden):
        await company.revise(people.ada, post, "An administrator knows better")
    with pytest.raises(NotFound):
        await company.revise(people.ada, {"id": 10_000}, "Nothing there")
    with pytest.raises(Invalid):
        await company.revise(people.linus, post, " ")
    await company.withdraw(people.linus, post)
    with pytest.raises(Conflict) as refused:
        await company.revise(people.linus, post, "I take it back that I took it back")
    assert refused.value.code == "withdrawn"


async def test_a_former_member_can_not_revise_what_they_no_longer_see(company: Company) -> None:
    people = company.people
    group = await company.group("secret", "private", people.ada, people.linus)
    post = await company.publish(people.linus, "Psst", group="secret")
    await company.revise(people.linus, post, "Psst!")
    await company.leave(people.linus, group)
    with pytest.raises(NotFound):
        await company.revise(people.linus, post, "Leaked")
    assert (await company.post(people.ada, post))["text"] == "Psst!"


async def test_reactions_and_replies_stay(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "Frist")
    await company.react(people.linus, post, "👍")
    await company.publish(people.grace, "First?", reply_to=post["id"])
    revised = await company.revise(people.ada, post, "First")
    assert (revised["reactions"], revised["replies"]) == ({"👍": 1}, 1)


async def test_revisions_at_the_same_time_are_all_in_the_history(company: Company) -> None:
    post = await company.publish(company.people.ada, "0")
    await asyncio.gather(*(company.revise(company.people.ada, post, str(n)) for n in range(1, 9)))
    items = (await company.history(company.people.linus, post))["items"]
    assert [item["version"] for item in items] == list(range(9, 0, -1))
    assert {item["text"] for item in items} == set("012345678")
    assert of(company.heard[-1])["text"] == items[0]["text"]
