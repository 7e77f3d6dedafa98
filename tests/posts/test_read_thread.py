"""A thread: its first post and its replies, oldest first, with all of their text."""

from __future__ import annotations

import pytest

from microblog.core.errors import NotFound
from microblog.posts.queries import MOST_LONG
from tests.posts.company import Company, texts


async def test_from_any_of_its_posts(company: Company) -> None:
    people = company.people
    root = await company.publish(people.ada, "Root")
    other = await company.publish(people.ada, "Another thread")
    first = await company.publish(people.linus, "First", reply_to=root["id"])
    second = await company.publish(people.grace, "Second", reply_to=first["id"])
    for post in (root, first, second):
        thread = await company.thread(people.grace, post)
        assert texts(thread["items"]) == ["Root", "First", "Second"]
        assert (thread["next"], thread["head"]) == (None, company.heard[-1].seq)
    assert texts((await company.thread(people.grace, other))["items"]) == ["Another thread"]


async def test_long_texts_are_whole(company: Company) -> None:
    long = "word " * 2_000
    root = await company.publish(company.people.ada, long)
    await company.publish(company.people.ada, long, reply_to=root["id"])
    items = (await company.thread(company.people.linus, root))["items"]
    assert texts(items) == [long, long]
    assert "folded" not in items[0]


async def test_pages_lead_to_older_replies(company: Company) -> None:
    root = await company.publish(company.people.ada, "Root")
    for n in range(5):
        await company.publish(company.people.linus, str(n), reply_to=root["id"])
    newest = await company.thread(company.people.grace, root, limit=2)
    assert texts(newest["items"]) == ["Root", "3", "4"]
    older = await company.thread(company.people.grace, root, limit=2, before=newest["next"])
    assert texts(older["items"]) == ["Root", "1", "2"]
    oldest = await company.thread(company.people.grace, root, limit=2, before=older["next"])
    assert (texts(oldest["items"]), oldest["next"]) == (["Root", "0"], None)
    since = await company.thread(company.people.grace, root, after=newest["items"][1]["id"])
    assert texts(since["items"]) == ["Root", "4"]


async def test_a_page_of_long_texts_ends_early(company: Company) -> None:
    root = await company.publish(company.people.ada, "Root")
    for _ in range(MOST_LONG + 2):
        await company.publish(company.people.linus, "word " * 1_000, reply_to=root["id"])
    await company.publish(company.people.linus, "Short", reply_to=root["id"])
    newest = await company.thread(company.people.grace, root)
    assert len(newest["items"]) == 1 + MOST_LONG + 1
    rest = await company.thread(company.people.grace, root, before=newest["next"])
    assert (len(rest["items"]), rest["next"]) == (1 + 2, None)


async def test_nothing_for_who_may_not_read_it(company: Company) -> None:
    people = company.people
    group = await company.group("project", "external", people.ada, people.linus, people.edsger)
    root = await company.publish(people.ada, "Root", group="project")
    reply = await company.publish(people.edsger, "Reply", reply_to=root["id"])
    for who in (people.ada, people.linus, people.edsger):
        assert texts((await company.thread(who, reply))["items"]) == ["Root", "Reply"]
    await company.leave(people.edsger, group)
    await company.leave(people.linus, group)
    for who in (people.linus, people.edsger, people.grace):
        for post in (root, reply):
            with pytest.raises(NotFound):
                await company.thread(who, post)
