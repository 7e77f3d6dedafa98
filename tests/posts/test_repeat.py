"""Sending a post twice says it once: over HTTP, with a key that the client made."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.api import Api
from tests.support.people import make_group


@pytest.mark.parametrize("where", ["header", "body"])
async def test_a_repeat_answers_the_same_post(api: Api, where: str) -> None:
    body, headers = {"text": "Once"}, {}
    if where == "header":
        headers["idempotency-key"] = "k1"
    else:
        body["key"] = "k1"
    first = await api.post(api.people.ada, "/posts", json=body, headers=headers)
    again = await api.post(api.people.ada, "/posts", json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert len(api.events("post.published")) == 1


async def test_twelve_at_the_same_time_say_it_once(api: Api) -> None:
    sent = {"json": {"text": "Once", "key": "k1"}}
    answers = await asyncio.gather(*(api.post(api.people.ada, "/posts", **sent) for _ in range(12)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(api.events("post.published")) == 1


async def test_a_repeat_answers_the_post_as_it_is_now(api: Api) -> None:
    sent = {"json": {"text": "Once", "key": "k1"}}
    post = (await api.post(api.people.ada, "/posts", **sent)).json()
    await api.call(api.people.ada, "PATCH", f"/posts/{post['id']}", json={"text": "Revised"})
    again = await api.post(api.people.ada, "/posts", **sent)
    assert (again.status_code, again.json()["text"]) == (201, "Revised")
    await api.call(api.people.ada, "DELETE", f"/posts/{post['id']}")
    again = await api.post(api.people.ada, "/posts", **sent)
    assert (again.status_code, again.json()["withdrawn"]) == (201, True)


async def test_a_long_one_too(api: Api) -> None:
    sent = {"json": {"text": "word " * 10_000, "key": "k1"}}
    first = await api.post(api.people.ada, "/posts", **sent)
    again = await api.post(api.people.ada, "/posts", **sent)
    assert again.json() == first.json()
    assert first.json()["folded"]
    assert len(api.events("post.published")) == 1


async def test_the_same_key_for_something_else_is_a_mistake(api: Api) -> None:
    await api.post(api.people.ada, "/posts", json={"text": "One", "key": "k1"})
    other = await api.post(api.people.ada, "/posts", json={"text": "Two", "key": "k1"})
    assert (other.status_code, other.json()["error"]["code"]) == (409, "key_reused")
    differs = await api.post(
        api.people.ada, "/posts", json={"text": "Two", "key": "k2"}, headers={"idempotency-key": "k3"}
    )
    assert (differs.status_code, differs.json()["error"]["field"]) == (422, "key")
    assert len(api.events("post.published")) == 1


async def test_keys_are_ones_own(api: Api) -> None:
    sent = {"json": {"text": "Once", "key": "k1"}}
    for who in (api.people.ada, api.people.linus):
        assert (await api.post(who, "/posts", **sent)).json()["author"]["id"] == who.id
    assert len(api.events("post.published")) == 2


async def test_what_was_refused_leaves_the_key_free(api: Api) -> None:
    sent = {"json": {"text": "Once", "group": "java", "key": "k1"}}
    assert (await api.post(api.people.ada, "/posts", **sent)).status_code == 404
    await make_group(api.database, "java", "public", api.people.ada)
    assert (await api.post(api.people.ada, "/posts", **sent)).status_code == 201
