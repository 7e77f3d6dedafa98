"""Replying: into the thread, to whoever hears the thread, and counted on its first post."""

from __future__ import annotations

import asyncio

import pytest

from microblog.core.errors import Invalid, NotFound
from tests.posts.company import Company, of, texts


async def test_a_reply_joins_the_thread_and_its_group(company: Company) -> None:
    people = company.people
    await company.group("java", "public", people.ada)
    root = await company.publish(people.ada, "Who knows Java?", group="java")
    reply = await company.publish(people.linus, "I do", reply_to=root["id"])
    deeper = await company.publish(people.grace, "Me too", reply_to=reply["id"], group="java")
    assert (reply["thread"], reply["reply_to"], reply["group"]) == (root["id"], root["id"], root["group"])
    assert (deeper["thread"], deeper["reply_to"]) == (root["id"], reply["id"])
    assert texts((await company.thread(people.ada, deeper))["items"]) == [
        "Who knows Java?",
        "I do",
        "Me too",
    ]


async def test_the_first_post_counts_them_and_everyone_who_heard_it_is_told(company: Company) -> None:
    people = company.people
    root = await company.publish(people.ada, "Who is in Zwolle, @grace? #python")
    reply = await company.publish(people.linus, "I am", reply_to=root["id"])
    (_, published, replied) = company.heard
    assert published.channels == ("all", f"author:{people.linus.id}", f"thread:{root['id']}")
    assert of(published) == reply
    assert of(replied) == {"id": root["id"], "group": {"id": 1}, "replies": 1}
    assert replied.subject_id == root["id"]
    assert set(replied.channels) == {
        "all",
        f"author:{people.ada.id}",
        "topic:python",
        f"person:{people.grace.id}",
        f"thread:{root['id']}",
    }
    assert (await company.post(people.ada, root))["replies"] == 1


async def test_replies_at_the_same_time_are_all_counted(company: Company) -> None:
    people = company.people
    root = await company.publish(people.ada, "Count us")
    everybody = [people.linus, people.grace, people.marvin] * 4
    await asyncio.gather(*(company.publish(who, "Here", reply_to=root["id"]) for who in everybody))
    assert (await company.post(people.ada, root))["replies"] == 12
    assert [of(event)["replies"] for event in company.events("post.replied")] == list(range(1, 13))


async def test_in_a_closed_group_only_the_group_hears_it(company: Company) -> None:
    people = company.people
    group = await company.group("secret", "private", people.ada, people.linus)
    root = await company.publish(people.ada, "Psst", group="secret")
    await company.publish(people.linus, "What?", reply_to=root["id"])
    assert {event.channels for event in company.heard} == {(f"group:{group}",)}
    assert await company.hears(people.grace, f"thread:{root['id']}") == []


@pytest.mark.parametrize("missing", [False, True])
async def test_what_one_may_not_see_can_not_be_replied_to(company: Company, missing: bool) -> None:
    people = company.people
    await company.group("secret", "private", people.ada)
    root = await company.publish(people.ada, "Psst", group="secret")
    await company.publish(people.ada, "Her own reply goes", reply_to=root["id"])
    with pytest.raises(NotFound, match=r"There is no such post\.") as refused:
        await company.publish(people.linus, "What?", reply_to=10_000 if missing else root["id"])
    assert refused.value.field == "reply_to"


async def test_a_reply_can_not_go_to_another_group(company: Company) -> None:
    people = company.people
    await company.group("java", "public", people.ada)
    await company.group("secret", "private", people.ada)
    root = await company.publish(people.ada, "To everyone")
    for group, kind in (("java", Invalid), ("secret", NotFound), ("nowhere", NotFound)):
        with pytest.raises(kind) as refused:
            await company.publish(people.linus, "Elsewhere", reply_to=root["id"], group=group)
        assert refused.value.field == "group"
    assert len(company.heard) == 1


async def test_a_tombstone_can_be_replied_to(company: Company) -> None:
    people = company.people
    root = await company.publish(people.ada, "Regrettable")
    await company.withdraw(people.ada, root)
    reply = await company.publish(people.linus, "What did she say?", reply_to=root["id"])
    assert reply["thread"] == root["id"]
