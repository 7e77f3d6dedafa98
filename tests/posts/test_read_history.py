"""The history of a post: everything it has said, for whoever may read it."""

from __future__ import annotations

import pytest

from microblog.core.errors import NotFound
from tests.posts.company import Company, texts


async def test_everything_it_has_said_newest_first(company: Company) -> None:
    ada, linus = company.people.ada, company.people.linus
    post = await company.publish(ada, "One")
    only = (await company.history(linus, post))["items"]
    assert [(item["version"], item["text"], item["at"]) for item in only] == [(1, "One", post["created_at"])]
    two = await company.revise(ada, post, "**Two**")
    three = await company.revise(ada, post, "Three")
    history = await company.history(linus, post)
    assert [(item["version"], item["text"], item["at"]) for item in history["items"]] == [
        (3, "Three", three["revised_at"]),
        (2, "**Two**", two["revised_at"]),
        (1, "One", post["created_at"]),
    ]
    assert history["items"][1]["tokens"] == two["tokens"]
    assert history["next"] is None
    assert history["head"] == company.heard[-1].seq


async def test_in_pages(company: Company) -> None:
    post = await company.publish(company.people.ada, "1")
    for version in range(2, 6):
        await company.revise(company.people.ada, post, str(version))
    found, before = [], None
    while True:
        page = await company.history(company.people.linus, post, limit=2, before=before)
        found += texts(page["items"])
        before = page["next"]
        if before is None:
            break
    assert found == ["5", "4", "3", "2", "1"]


async def test_a_long_text_is_whole_in_it(company: Company) -> None:
    long = "word " * 2_000
    post = await company.publish(company.people.ada, long)
    await company.revise(company.people.ada, post, "Short")
    assert texts((await company.history(company.people.linus, post))["items"]) == ["Short", long]


async def test_nothing_of_what_was_withdrawn(company: Company) -> None:
    post = await company.publish(company.people.ada, "One")
    await company.revise(company.people.ada, post, "Two")
    await company.withdraw(company.people.ada, post)
    for who in (company.people.ada, company.people.linus):
        assert (await company.history(who, post))["items"] == []


async def test_nothing_for_who_may_not_read_the_post(company: Company) -> None:
    people = company.people
    group = await company.group("secret", "private", people.ada, people.linus)
    post = await company.publish(people.ada, "One", group="secret")
    await company.revise(people.ada, post, "Two")
    assert len((await company.history(people.linus, post))["items"]) == 2
    await company.leave(people.linus, group)
    for who in (people.linus, people.grace, people.edsger):
        with pytest.raises(NotFound):
            await company.history(who, post)
