"""Erasing, because the law says so: from the command line, with a ground, into a public log that names nobody."""

from __future__ import annotations

import pytest

from microblog import posts
from microblog.core.errors import Invalid, NotFound
from tests.posts.company import Company, of
from tests.support.api import Api


async def test_the_tombstone_says_the_ground(company: Company) -> None:
    people = company.people
    await company.group("secret", "private", people.linus, people.grace)
    post = await company.publish(people.linus, "A name that a court protects", group="secret")
    await company.revise(people.linus, post, "The name that a court protects")
    tombstone = await company.erase(post, "  Court order 26-113 ")
    assert (tombstone["text"], tombstone["tokens"]) == ("", [])
    assert (tombstone["withdrawn"], tombstone["erased"]) == (True, True)
    assert tombstone["reason"] == "Court order 26-113"
    assert await company.post(people.grace, post) == tombstone
    assert (await company.history(people.grace, post))["items"] == []
    event = company.heard[-1]
    assert (event.type, of(event)) == ("post.erased", tombstone)
    assert event.channels == (f"group:{post['group']['id']}",)


async def test_the_log_says_when_who_and_why_and_nothing_else(company: Company) -> None:
    people = company.people
    first = await company.publish(people.linus, "One")
    second = await company.publish(people.grace, "Two")
    await company.erase(first, "Court order 26-113", "ADA")
    await company.erase(second, "Article 17 GDPR", "linus")
    log = await company.database.read(posts.erasures, None)
    assert [(entry.by, entry.reason) for entry in log] == [
        ("linus", "Article 17 GDPR"),
        ("ada", "Court order 26-113"),
    ]
    assert {type(entry).__struct_fields__ for entry in log} == {("at", "by", "reason")}


async def test_twice_is_once_and_a_withdrawn_one_can_be(company: Company) -> None:
    post = await company.publish(company.people.linus, "One")
    await company.withdraw(company.people.linus, post)
    erased = await company.erase(post, "Court order 26-113")
    assert await company.erase(post, "Another ground") == erased
    assert len(await company.database.read(posts.erasures, None)) == 1


async def test_it_needs_a_post_a_ground_and_somebody_who_answers_for_it(company: Company) -> None:
    post = await company.publish(company.people.linus, "One")
    for arguments, kind, field in (
        ((post, " "), Invalid, "reason"),
        ((post, "a\x07b"), Invalid, "reason"),
        ((post, "Court order", "nobody"), NotFound, "by"),
        (({"id": 10_000}, "Court order"), NotFound, None),
    ):
        with pytest.raises(kind) as refused:
            await company.erase(*arguments)
        assert refused.value.field == field
    assert (await company.post(company.people.ada, post))["text"] == "One"
    assert len(company.heard) == 1


async def test_there_is_no_way_to_it_over_http(api: Api) -> None:
    post = (await api.post(api.people.linus, "/posts", json={"text": "Mine"})).json()
    assert (await api.call(api.people.ada, "DELETE", f"/posts/{post['id']}")).status_code == 403
    assert not [path for row in posts.ROWS if "eras" in (path := row.path)]
