"""Bookmarking: a post is kept at hand, and nobody else is told."""

from __future__ import annotations

import asyncio

import pytest

from microblog.core.errors import NotFound
from tests.posts.company import Company, of
from tests.support.api import Api


async def test_linus_keeps_a_post_at_hand(company: Company) -> None:
    people = company.people
    old = await company.publish(people.ada, "Old")
    post = await company.publish(people.ada, "New")
    reply = await company.publish(people.grace, "Reply", reply_to=old["id"])
    for each in (reply, old, post):
        await company.bookmark(people.linus, each)
    event = company.heard[-1]
    assert (event.type, event.channels) == ("mine.changed", (f"person:{people.linus.id}",))
    assert of(event) == {"post": post["id"], "reactions": [], "bookmarked": True}
    listing = await company.timeline(people.linus, "bookmarks")
    assert [item["id"] for item in listing["items"]] == [reply["id"], post["id"], old["id"]]
    assert listing["mine"][str(old["id"])] == {"reactions": [], "bookmarked": True}
    assert await company.ids(people.ada, "bookmarks") == []
    assert not [event for event in await company.hears(people.ada) if event.type == "mine.changed"]


async def test_and_no_longer(company: Company) -> None:
    linus = company.people.linus
    post = await company.publish(company.people.ada, "New")
    await company.bookmark(linus, post)
    await company.react(linus, post, "👍")
    await company.unbookmark(linus, post)
    assert of(company.heard[-1]) == {"post": post["id"], "reactions": ["👍"], "bookmarked": False}
    await company.unbookmark(linus, post)
    assert len(company.events("mine.changed")) == 3
    assert await company.ids(linus, "bookmarks") == []


async def test_from_two_screens_at_the_same_time(company: Company) -> None:
    post = await company.publish(company.people.ada, "New")
    await asyncio.gather(*(company.bookmark(company.people.linus, post) for _ in range(12)))
    assert len(company.events("mine.changed")) == 1
    assert await company.ids(company.people.linus, "bookmarks") == [post["id"]]


async def test_with_a_reaction_at_the_same_time_the_last_event_tells_both(company: Company) -> None:
    linus = company.people.linus
    for _ in range(10):
        post = await company.publish(company.people.ada, "New")
        await asyncio.gather(company.bookmark(linus, post), company.react(linus, post, "👍"))
        assert of(company.events("mine.changed")[-1]) == {
            "post": post["id"],
            "reactions": ["👍"],
            "bookmarked": True,
        }


async def test_what_one_may_no_longer_read_is_not_listed(company: Company) -> None:
    people = company.people
    group = await company.group("secret", "private", people.ada, people.linus)
    post = await company.publish(people.ada, "Psst", group="secret")
    await company.bookmark(people.linus, post)
    assert await company.ids(people.linus, "bookmarks") == [post["id"]]
    await company.leave(people.linus, group)
    assert await company.ids(people.linus, "bookmarks") == []
    for who in (people.linus, people.grace, people.edsger):
        with pytest.raises(NotFound):
            await company.bookmark(who, post)


async def test_in_pages(company: Company) -> None:
    kept = [await company.publish(company.people.ada, str(n)) for n in range(5)]
    for post in kept:
        await company.bookmark(company.people.linus, post)
    first = await company.timeline(company.people.linus, "bookmarks", limit=3)
    assert [item["text"] for item in first["items"]] == ["4", "3", "2"]
    rest = await company.timeline(company.people.linus, "bookmarks", limit=3, before=first["next"])
    assert ([item["text"] for item in rest["items"]], rest["next"]) == (["1", "0"], None)


async def test_over_http(api: Api) -> None:
    post = (await api.post(api.people.ada, "/posts", json={"text": "Keep this"})).json()
    path = f"/posts/{post['id']}/bookmark"
    for method, kept in (("PUT", [post]), ("DELETE", [])):
        answer = await api.call(api.people.linus, method, path)
        assert (answer.status_code, answer.content) == (204, b"")
        assert (await api.get(api.people.linus, "/timelines/bookmarks")).json()["items"] == kept
    assert (await api.call(api.people.edsger, "PUT", path)).status_code == 404
