"""Saying something: what is kept, what is answered, and who hears it."""

from __future__ import annotations

import pytest

from microblog.core.errors import Conflict, Invalid, NotFound, TooLarge
from microblog.posts.model import LONGEST_TEXT
from tests.posts.company import Company, of
from tests.support.api import Api


async def test_ada_says_something_to_everyone(company: Company) -> None:
    ada = company.people.ada
    post = await company.publish(ada, "Morning! I am in **Zwolle** with @linus. #python")
    assert post["author"] == {
        "id": ada.id,
        "handle": "ada",
        "name": "Ada Lovelace",
        "kind": "person",
        "photo": None,
        "organisation": None,
    }
    assert post["group"] == {"id": 1, "handle": "all", "name": post["group"]["name"], "kind": "all"}
    assert post["text"] == "Morning! I am in **Zwolle** with @linus. #python"
    assert (post["thread"], post["reply_to"], post["replies"]) == (post["id"], None, 0)
    assert (post["mentions"], post["topics"]) == ([company.people.linus.id], ["python"])
    assert post["tokens"][0]["tokens"][1] == {
        "type": "strong",
        "tokens": [{"type": "text", "text": "Zwolle"}],
    }
    assert await company.post(company.people.grace, post) == post


async def test_everyone_hears_the_very_bytes_that_are_answered(company: Company) -> None:
    people = company.people
    post = await company.publish(people.ada, "With @linus about #python")
    (event,) = company.heard
    assert of(event) == post
    assert event.channels == ("all", f"author:{people.ada.id}", "topic:python", f"person:{people.linus.id}")
    assert (event.actor, event.subject_kind, event.subject_id) == (people.ada.id, "post", post["id"])
    assert await company.hears(people.grace) == [event]
    assert await company.hears(people.edsger) == []


async def test_a_private_group_is_heard_by_itself_alone(company: Company) -> None:
    people = company.people
    group = await company.group("secret", "private", people.ada, people.linus)
    await company.follow(people.grace, people.ada)
    post = await company.publish(people.ada, "Only us, not even @grace. #python", group="Secret")
    (event,) = company.heard
    assert event.channels == (f"group:{group}",)
    assert await company.hears(people.linus) == [event]
    assert await company.hears(people.grace, "topic:python") == []
    assert await company.post(people.linus, post) == post
    with pytest.raises(NotFound):
        await company.post(people.grace, post)


async def test_a_group_may_be_named_by_handle_or_id(company: Company) -> None:
    group = await company.group("java", "public", company.people.ada)
    for name in ("java", "JAVA", group):
        assert (await company.publish(company.people.linus, "Hi", group=name))["group"]["id"] == group


@pytest.mark.parametrize("name", ["nowhere", "secret", 10_000, 2])
async def test_a_group_that_one_may_not_see_is_not_there(company: Company, name: str | int) -> None:
    assert await company.group("secret", "private", company.people.ada) == 2
    with pytest.raises(NotFound, match=r"There is no such group\.") as refused:
        await company.publish(company.people.linus, "Let me in", group=name)
    assert refused.value.field == "group"
    assert company.heard == []


async def test_a_closed_group_takes_nothing_new(company: Company) -> None:
    group = await company.group("old", "public", company.people.ada)
    post = await company.publish(company.people.ada, "While it lasts", group="old")
    await company.archive(group)
    for more in ({"group": "old"}, {"reply_to": post["id"]}):
        with pytest.raises(Conflict) as refused:
            await company.publish(company.people.ada, "One more", **more)
        assert refused.value.code == "archived"


async def test_a_guest_speaks_where_they_are_a_member_and_must_say_where(company: Company) -> None:
    people = company.people
    group = await company.group("project", "external", people.ada, people.edsger)
    post = await company.publish(people.edsger, "Goodness is a virtue", group="project")
    assert (post["group"]["id"], post["author"]["organisation"]) == (group, "Eindhoven")
    for name, kind in ((None, Invalid), ("all", NotFound), (1, NotFound)):
        with pytest.raises(kind) as refused:
            await company.publish(people.edsger, "Hello everyone", group=name)
        assert refused.value.field == "group"


async def test_guests_are_mentioned_where_they_can_read_it_alone(company: Company) -> None:
    people = company.people
    await company.group("project", "external", people.ada, people.edsger)
    inside = await company.publish(people.ada, "@edsger, look", group="project")
    outside = await company.publish(people.ada, "@edsger is with us")
    assert inside["mentions"] == [people.edsger.id]
    assert outside["mentions"] == []
    seen = await company.publish(people.edsger, "@ada yes, and @grace?", group="project")
    assert seen["mentions"] == [people.ada.id], "a guest does not learn who else works here"


@pytest.mark.parametrize("text", ["", " ", "\n\t \u00a0"])
async def test_nothing_is_not_said(company: Company, text: str) -> None:
    with pytest.raises(Invalid, match=r"Say something\.") as refused:
        await company.publish(company.people.ada, text)
    assert refused.value.field == "text"


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x1b", "\x7f", "\x9f"])
async def test_control_characters_are_refused(company: Company, char: str) -> None:
    with pytest.raises(Invalid) as refused:
        await company.publish(company.people.ada, f"a{char}b")
    assert refused.value.field == "text"


async def test_tabs_newlines_and_any_script_are_kept(company: Company) -> None:
    text = "a\tb\n日本語 हिन्दी 👩\u200d💻 \u202eabc"
    post = await company.publish(company.people.ada, text)
    assert (await company.post(company.people.linus, post))["text"] == text


@pytest.mark.parametrize("letter", ["x", "é", "日", "😀"])
async def test_64_kib_are_a_post_and_one_byte_more_is_not(company: Company, letter: str) -> None:
    size = len(letter.encode())
    text = letter * (LONGEST_TEXT // size) + "x" * (LONGEST_TEXT % size)
    post = await company.publish(company.people.ada, text)
    assert (post["folded"], post["length"]) == (True, LONGEST_TEXT)
    assert len(post["text"].encode()) <= 4096
    assert text.startswith(post["text"])
    whole = await company.post(company.people.linus, post)
    assert whole["text"] == text
    assert "folded" not in whole
    with pytest.raises(TooLarge, match="65536 bytes in UTF-8; this one has 65537"):
        await company.publish(company.people.ada, text + "x")


async def test_a_quote_is_an_id_that_the_author_could_read(company: Company) -> None:
    people = company.people
    await company.group("secret", "private", people.ada)
    quoted = await company.publish(people.ada, "Psst", group="secret")
    assert (await company.publish(people.ada, "As I said", quotes=quoted["id"]))["quotes"] == quoted["id"]
    for quotes in (quoted["id"], 10_000):
        with pytest.raises(Invalid) as refused:
            await company.publish(people.linus, "As she said", quotes=quotes)
        assert refused.value.field == "quotes"


async def test_a_text_that_names_everybody_tells_a_thousand(company: Company) -> None:
    topics = " ".join(f"#topic{n}" for n in range(150))
    post = await company.publish(company.people.ada, topics)
    assert len(post["topics"]) == 100
    assert str(post["tokens"]).count("'topic'") == 150
    assert await company.ids(company.people.linus, "topic/topic99") == [post["id"]]
    assert await company.ids(company.people.linus, "topic/topic100") == []


async def test_over_http(api: Api) -> None:
    answer = await api.post(api.people.ada, "/posts", json={"text": "Hello"})
    assert answer.status_code == 201
    assert answer.content == api.events("post.published")[0].data
    post = answer.json()
    assert (await api.get(api.people.linus, f"/posts/{post['id']}")).json() == post
    assert (await api.get(api.people.edsger, f"/posts/{post['id']}")).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "text"),
        ({"text": 5}, 422, "text"),
        ({"text": "a\u0000b"}, 422, "text"),
        ({"text": "a\u0007b"}, 422, "text"),
        ({"text": " "}, 422, "text"),
        ({"text": "x" * 65_537}, 413, "text"),
        ({"text": "Hi", "colour": "red"}, 422, "colour"),
        ({"text": "Hi", "reply_to": 0}, 422, "reply_to"),
        ({"text": "Hi", "reply_to": 2**53}, 422, "reply_to"),
        ({"text": "Hi", "reply_to": "1"}, 422, "reply_to"),
        ({"text": "Hi", "reply_to": 10_000}, 404, "reply_to"),
        ({"text": "Hi", "group": "nowhere"}, 404, "group"),
        ({"text": "Hi", "group": ""}, 422, "group"),
        ({"text": "Hi", "quotes": 10_000}, 422, "quotes"),
    ],
)
async def test_what_can_not_be_is_refused_by_its_field(
    api: Api, body: dict[str, object], status: int, field: str
) -> None:
    answer = await api.post(api.people.ada, "/posts", json=body)
    assert (answer.status_code, answer.json()["error"]["field"]) == (status, field)
    assert api.events("post.published") == []
