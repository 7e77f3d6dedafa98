"""Timelines: by id, newest first, each with its rule of what belongs to it."""

from __future__ import annotations

import pytest

from microblog.core.errors import NotFound
from tests.posts.company import Company
from tests.support.api import Api


async def test_everyone_is_the_group_all_alone(company: Company) -> None:
    people = company.people
    await company.group("java", "public", people.linus)
    await company.publish(people.linus, "About Java", group="java")
    first = await company.publish(people.ada, "First")
    await company.publish(people.linus, "Reply", reply_to=first["id"])
    await company.publish(people.grace, "Second")
    assert await company.texts(people.linus, "all") == ["Second", "First"]
    with pytest.raises(NotFound):
        await company.timeline(people.edsger, "all")


async def test_a_group_has_its_root_posts(company: Company) -> None:
    people = company.people
    await company.group("java", "public", people.linus)
    await company.group("project", "external", people.grace, people.edsger)
    root = await company.publish(people.ada, "About Java", group="java")
    await company.publish(people.grace, "Reply", reply_to=root["id"])
    await company.publish(people.edsger, "About the project", group="project")
    assert await company.texts(people.grace, "group/JAVA") == ["About Java"]
    assert await company.texts(people.grace, "group/project") == ["About the project"]
    assert await company.texts(people.edsger, "group/project") == ["About the project"]
    for who, handle in ((people.edsger, "java"), (people.ada, "project"), (people.ada, "nowhere")):
        with pytest.raises(NotFound):
            await company.timeline(who, f"group/{handle}")


async def test_a_person_has_every_post_that_the_viewer_may_read(company: Company) -> None:
    people = company.people
    await company.group("java", "public", people.linus)
    secret = await company.group("secret", "private", people.linus, people.grace)
    await company.group("project", "external", people.linus, people.edsger)
    root = await company.publish(people.ada, "Ada's own")
    for text, more in (
        ("To everyone", {}),
        ("A reply", {"reply_to": root["id"]}),
        ("About Java", {"group": "java"}),
        ("Psst", {"group": "secret"}),
        ("About the project", {"group": "project"}),
    ):
        await company.publish(people.linus, text, **more)
    opened = ["About Java", "A reply", "To everyone"]
    assert await company.texts(people.ada, "person/Linus") == opened
    assert await company.texts(people.grace, "person/linus") == ["Psst", *opened]
    assert await company.texts(people.linus, "person/linus") == ["About the project", "Psst", *opened]
    assert await company.texts(people.edsger, "person/linus") == ["About the project"]
    await company.leave(people.linus, secret)
    assert await company.texts(people.linus, "person/linus") == ["About the project", *opened]
    for who, handle in ((people.edsger, "ada"), (people.ada, "nobody")):
        with pytest.raises(NotFound):
            await company.timeline(who, f"person/{handle}")


async def test_a_topic_has_root_posts_from_wherever_the_viewer_reads(company: Company) -> None:
    people = company.people
    secret = await company.group("secret", "private", people.linus, people.grace)
    await company.group("project", "external", people.linus, people.edsger)
    root = await company.publish(people.ada, "Open #Python")
    await company.publish(people.linus, "Reply #python", reply_to=root["id"])
    await company.publish(people.linus, "Secret #python", group="secret")
    await company.publish(people.linus, "Project #PYTHON", group="project")
    assert await company.texts(people.ada, "topic/python") == ["Open #Python"]
    assert await company.texts(people.grace, "topic/ＰＹＴＨＯＮ") == ["Secret #python", "Open #Python"]
    assert await company.texts(people.edsger, "topic/python") == ["Project #PYTHON"]
    await company.leave(people.grace, secret)
    assert await company.texts(people.grace, "topic/python") == ["Open #Python"]
    assert await company.texts(people.grace, "topic/cobol") == []


async def test_mentions_are_every_post_that_names_one(company: Company) -> None:
    people = company.people
    secret = await company.group("secret", "private", people.linus, people.grace)
    await company.group("project", "external", people.linus, people.edsger)
    root = await company.publish(people.ada, "Open @grace")
    await company.publish(people.linus, "Reply @grace", reply_to=root["id"])
    await company.publish(people.linus, "Secret @grace @ada", group="secret")
    await company.publish(people.linus, "Project @edsger", group="project")
    assert await company.texts(people.grace, "mentions") == [
        "Secret @grace @ada",
        "Reply @grace",
        "Open @grace",
    ]
    assert await company.texts(people.ada, "mentions") == [], "named where she may not look"
    assert await company.texts(people.edsger, "mentions") == ["Project @edsger"]
    await company.leave(people.grace, secret)
    assert await company.texts(people.grace, "mentions") == ["Reply @grace", "Open @grace"]


async def test_home_is_what_concerns_one(company: Company) -> None:
    people = company.people
    await company.group("java", "public", people.grace)
    await company.group("secret", "private", people.ada, people.grace)
    await company.group("others", "private", people.ada)
    await company.group("ada-grace", "direct", people.ada, people.grace)
    await company.follow(people.grace, people.linus)
    await company.follow_topic(people.grace, "python")
    own = await company.publish(people.grace, "Her own")
    for who, text, more in (
        (people.ada, "To everyone", {}),
        (people.ada, "In her group", {"group": "java"}),
        (people.ada, "In her secret group", {"group": "secret"}),
        (people.ada, "In another group #python @grace", {"group": "others"}),
        (people.ada, "Between the two", {"group": "ada-grace"}),
        (people.linus, "From whom she follows", {}),
        (people.linus, "His reply", {"reply_to": own["id"]}),
        (people.ada, "About #python", {}),
        (people.ada, "To @grace", {}),
        (people.ada, "A reply to @grace", {"reply_to": own["id"]}),
        (people.linus, "For four reasons: @grace #python", {"group": "java"}),
    ):
        await company.publish(who, text, **more)
    assert await company.texts(people.grace, "home") == [
        "For four reasons: @grace #python",
        "To @grace",
        "About #python",
        "From whom she follows",
        "In her secret group",
        "In her group",
        "Her own",
    ]
    assert await company.texts(people.marvin, "home") == []


async def test_home_of_a_guest_is_their_groups(company: Company) -> None:
    people = company.people
    await company.group("project", "external", people.linus, people.edsger)
    await company.publish(people.linus, "To everyone, also @edsger")
    await company.publish(people.linus, "In the project", group="project")
    assert await company.texts(people.edsger, "home") == ["In the project"]


async def test_home_of_who_is_in_a_hundred_groups(company: Company) -> None:
    people = company.people
    said = []
    for n in range(100):
        await company.group(f"group{n}", "private", people.ada, people.linus)
    for n in [*range(100), *range(0, 100, 7)]:
        said.append((await company.publish(people.ada, str(n), group=f"group{n}"))["id"])
    expected, found, before = said[::-1], [], None
    while True:
        page = await company.timeline(people.linus, "home", limit=30, before=before)
        found += [item["id"] for item in page["items"]]
        before = page["next"]
        if before is None:
            break
    assert found == expected
    assert await company.ids(people.linus, "person/ada", limit=100) == expected[:100]


@pytest.mark.parametrize("name", ["home", "all", "mentions", "group/java", "person/linus", "topic/python"])
async def test_cursors_do_not_shift_when_something_new_is_said(company: Company, name: str) -> None:
    people = company.people
    await company.group("java", "public", people.linus, people.grace)
    group = {"group": "all" if name == "all" else "java"}
    for n in range(5):
        await company.publish(people.linus, f"{n} @grace #python", **group)
    first = await company.timeline(people.grace, name, limit=2)
    assert [item["text"][0] for item in first["items"]] == ["4", "3"]
    assert first["next"] == first["items"][-1]["id"]
    new = await company.publish(people.linus, "5 @grace #python", **group)
    second = await company.timeline(people.grace, name, limit=2, before=first["next"])
    assert [item["text"][0] for item in second["items"]] == ["2", "1"]
    last = await company.timeline(people.grace, name, limit=2, before=second["next"])
    assert ([item["text"][0] for item in last["items"]], last["next"]) == (["0"], None)
    assert await company.ids(people.grace, name, after=first["items"][0]["id"]) == [new["id"]]
    assert first["head"] < second["head"] == company.heard[-1].seq


async def test_long_texts_are_cut(company: Company) -> None:
    await company.publish(company.people.ada, "word " * 2_000)
    (item,) = (await company.timeline(company.people.linus, "all"))["items"]
    assert (item["folded"], item["length"]) == (True, 10_000)
    assert len(item["text"]) <= 4_096


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "before=0", "before=-1", "after=-1", "page=2"]
)
async def test_a_bad_cursor_is_refused_by_its_field(api: Api, query: str) -> None:
    answer = await api.get(api.people.ada, f"/timelines/home?{query}")
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, query.split("=", maxsplit=1)[0])
    assert (await api.get(api.people.ada, "/timelines/home?limit=100&after=0")).status_code == 200


async def test_over_http(api: Api) -> None:
    post = (await api.post(api.people.ada, "/posts", json={"text": "Hello @linus #python"})).json()
    for name in ("home", "all", "mentions", "group/all", "person/ada", "topic/python"):
        listing = (await api.get(api.people.linus, f"/timelines/{name}")).json()
        assert listing["items"] == [post], name
        assert listing["head"] == api.committed[-1].seq
    assert (await api.get(None, "/timelines/all")).status_code == 401
