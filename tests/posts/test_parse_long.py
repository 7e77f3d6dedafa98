"""Long texts are parsed before their transaction, so that nobody waits behind them."""

from __future__ import annotations

import sys
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from microblog import posts
from microblog.access.tables import groups
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Tx
from microblog.posts import Publish, beforehand, publish
from microblog.posts.writing import Written
from tests.posts.company import Company, of
from tests.support.api import Api
from tests.support.people import make_group

if TYPE_CHECKING:
    from _typeshed import TraceFunction

HOSTILE = ("a@", "@a", "@ada ", "#a", "*a* ", "`a ``b ", "https://x.nl ", "@a.b.c.d ", "- a\n", "> a\n")


def steps(tx: Tx, viewer: Viewer, draft: Publish, *written: Written) -> int:
    """How many lines of Python a publication takes inside its unit: a measure that no busy machine disturbs."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> TraceFunction:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        publish(tx, viewer, draft, *written)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
async def test_no_text_holds_the_database(company: Company, piece: str) -> None:
    ada = company.people.ada.viewer
    long = Publish(text=(piece * 65_536)[:65_536])
    written = await beforehand.publish_beforehand(company.database, ada, long)
    await company.database.write(steps, ada, Publish(text="Warm up"))
    assert await company.database.write(steps, ada, long, *written) < 3_000
    assert await company.database.write(steps, ada, long) > 10_000


async def test_over_http_it_is_always_so(api: Api) -> None:
    text = "@ada " * 13_107
    answer = await api.post(api.people.ada, "/posts", json={"text": text})
    path = f"/posts/{answer.json()['id']}"
    assert (await api.call(api.people.ada, "PATCH", path, json={"text": text + "!"})).status_code == 200
    assert (await api.get(api.people.linus, path)).json()["text"] == text + "!"
    prepared = {row.body: row.prepare for row in posts.ROWS if row.prepare is not None}
    assert prepared == {
        Publish: beforehand.publish_beforehand,
        posts.Revise: beforehand.revise_beforehand,
    }


@pytest.mark.parametrize("length", [beforehand.LONG - 1, beforehand.LONG, 20_000])
async def test_it_comes_to_the_same(company: Company, length: int) -> None:
    people = company.people
    text = "word @linus #python **loud**\n".ljust(length, "x")
    at_once = await company.publish(people.ada, text)
    draft = Publish(text=text)
    before = await beforehand.publish_beforehand(company.database, people.ada.viewer, draft)
    assert len(before) == (length >= beforehand.LONG)
    whole = await company.post(people.ada, at_once)
    for written in before:
        assert written.text == text
        assert encode(whole["tokens"]).decode() == written.tokens
        assert (written.mentions, written.topics) == ([people.linus.id], ["python"])


async def test_mentions_follow_the_group_it_goes_to(api: Api) -> None:
    people = api.people
    await make_group(api.database, "project", "external", people.ada, people.edsger)
    text = "@edsger @grace " + "word " * 2_000
    for who, group, mentioned in (
        (people.ada, "project", [people.edsger.id, people.grace.id]),
        (people.ada, "all", [people.grace.id]),
        (people.edsger, "project", [people.edsger.id]),
    ):
        post = (await api.post(who, "/posts", json={"text": text, "group": group})).json()
        assert post["mentions"] == mentioned
        revised = await api.call(who, "PATCH", f"/posts/{post['id']}", json={"text": text + "."})
        assert revised.json()["mentions"] == mentioned


async def test_refusals_are_the_same(api: Api) -> None:
    people = api.people
    await make_group(api.database, "secret", "private", people.ada)
    long = "word " * 2_000
    post = (await api.post(people.ada, "/posts", json={"text": long, "group": "secret"})).json()
    for text in (long, "short"):
        for body, status in (
            ({"text": text, "group": "secret"}, 404),
            ({"text": text, "reply_to": post["id"]}, 404),
            ({"text": text + "\x07"}, 422),
        ):
            assert (await api.post(people.linus, "/posts", json=body)).status_code == status
        path = f"/posts/{post['id']}"
        assert (await api.call(people.linus, "PATCH", path, json={"text": text})).status_code == 404
    assert (await api.post(None, "/posts", json={"text": long})).status_code == 401
    assert len(api.events("post.published")) == 1


async def test_a_repeat_is_answered_though_the_group_was_closed(api: Api) -> None:
    people = api.people
    await make_group(api.database, "old", "public", people.ada)

    def close(tx: Tx, viewer: None) -> None:
        tx.execute(update(groups).where(groups.c.handle == "old").values(archived_at=1))

    sent = {"json": {"text": "word " * 2_000, "group": "old", "key": "k1"}}
    first = await api.post(people.ada, "/posts", **sent)
    await api.database.write(close, None)
    again = await api.post(people.ada, "/posts", **sent)
    assert (again.status_code, again.json()) == (201, first.json())


async def test_everyone_hears_the_beginning(api: Api) -> None:
    answer = await api.post(api.people.ada, "/posts", json={"text": "word " * 2_000})
    (event,) = api.events("post.published")
    assert of(event) == answer.json()
    assert len(of(event)["text"].encode()) <= 4_096
