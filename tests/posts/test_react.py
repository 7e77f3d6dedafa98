"""Reacting: everybody sees the counts, oneself on every screen which are one's own."""

from __future__ import annotations

import asyncio

import pytest

from microblog.core.errors import Conflict, Invalid, NotFound
from tests.posts.company import Company, of
from tests.support.api import Api


async def test_linus_reacts_and_everybody_is_told_the_counts(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "Done, @grace! #python")
    answer = await company.react(people.linus, post, "👍")
    await company.react(people.grace, post, "👍")
    await company.react(people.linus, post, "shipped")
    assert answer == {"id": post["id"], "thread": post["id"], "group": {"id": 1}, "reactions": {"👍": 1}}
    events = company.events("post.reacted")
    assert of(events[0]) == answer
    assert of(events[-1])["reactions"] == {"👍": 2, "shipped": 1}
    assert set(events[0].channels) == {
        "all",
        f"author:{people.ada.id}",
        "topic:python",
        f"person:{people.grace.id}",
        f"thread:{post['id']}",
    }
    assert (await company.post(people.ada, post))["reactions"] == {"👍": 2, "shipped": 1}


async def test_ones_other_screens_are_told_which_are_ones_own(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "Done")
    await company.bookmark(people.linus, post)
    await company.react(people.linus, post, "👍")
    await company.react(people.linus, post, "🎉")
    event = company.heard[-1]
    assert event.type == "mine.changed"
    assert event.channels == (f"person:{people.linus.id}",)
    assert of(event) == {"post": post["id"], "reactions": ["👍", "🎉"], "bookmarked": True}
    mine = {str(post["id"]): {"reactions": ["👍", "🎉"], "bookmarked": True}}
    assert (await company.timeline(people.linus, "all"))["mine"] == mine
    assert (await company.thread(people.linus, post))["mine"] == mine
    assert (await company.timeline(people.grace, "all"))["mine"] == {}


async def test_doing_it_twice_is_doing_it_once(company: Company) -> None:
    post = await company.publish(company.people.ada, "Done")
    linus = company.people.linus
    once = await company.react(linus, post, "👍")
    assert await company.react(linus, post, "👍") == once
    gone = await company.unreact(linus, post, "👍")
    assert gone["reactions"] == {}
    assert await company.unreact(linus, post, "👍") == gone
    assert len(company.events("post.reacted")) == 2


async def test_everybody_at_the_same_time(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "Done")
    everybody = (people.ada, people.linus, people.grace, people.marvin)
    await asyncio.gather(*(company.react(who, post, name) for who in everybody * 2 for name in "👍🎉"))
    assert (await company.post(people.ada, post))["reactions"] == {"👍": 4, "🎉": 4}
    assert len(company.events("post.reacted")) == 8
    assert of(company.events("post.reacted")[-1])["reactions"] == {"👍": 4, "🎉": 4}


async def test_who_may_not_read_it_can_not_react(company: Company) -> None:
    people = company.people
    group = await company.group("secret", "private", people.ada, people.linus)
    post = await company.publish(people.ada, "Psst", group="secret")
    await company.react(people.linus, post, "👍")
    await company.leave(people.linus, group)
    for who in (people.linus, people.grace, people.edsger):
        for act in (company.react, company.unreact):
            with pytest.raises(NotFound):
                await act(who, post, "👍")
    assert (await company.post(people.ada, post))["reactions"] == {"👍": 1}
    assert {event.channels for event in company.events("post.reacted")} == {(f"group:{group}",)}


@pytest.mark.parametrize("name", [" ", "x" * 65, "a\nb", "a\tb", "a\x07"])
async def test_a_reaction_is_an_emoji_or_a_short_name(company: Company, name: str) -> None:
    post = await company.publish(company.people.ada, "Done")
    with pytest.raises(Invalid) as refused:
        await company.react(company.people.linus, post, name)
    assert refused.value.field == "name"
    await company.react(company.people.linus, post, "x" * 64)


async def test_a_post_has_at_most_a_hundred_kinds(company: Company) -> None:
    post = await company.publish(company.people.ada, "Go on")
    for n in range(100):
        await company.react(company.people.linus, post, f"r{n}")
    with pytest.raises(Conflict) as refused:
        await company.react(company.people.grace, post, "one more")
    assert refused.value.code == "too_many_names"
    assert (await company.react(company.people.grace, post, "r7"))["reactions"]["r7"] == 2


async def test_over_http(api: Api) -> None:
    post = (await api.post(api.people.ada, "/posts", json={"text": "Done"})).json()
    path = f"/posts/{post['id']}/reactions/%F0%9F%91%8D"
    answer = await api.call(api.people.linus, "PUT", path)
    assert (answer.status_code, answer.json()["reactions"]) == (200, {"👍": 1})
    answer = await api.call(api.people.linus, "DELETE", path)
    assert (answer.status_code, answer.json()["reactions"]) == (200, {})
    assert (await api.call(api.people.edsger, "PUT", path)).status_code == 404
