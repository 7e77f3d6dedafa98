"""Gates: which groups one reads, whom one sees, what one hears. Each refusal has a twin that is let through."""

from __future__ import annotations

import pytest

from microblog.access import channels_of, may_hear, readable_groups, require_group, visible_people
from microblog.core.errors import NotFound
from microblog.core.viewer import Viewer
from microblog.db import Tx
from tests.support.api import Api
from tests.support.people import make_group


def _groups(tx: Tx, viewer: Viewer) -> set[int]:
    return set(tx.execute(readable_groups(viewer)).scalars())


def _people(tx: Tx, viewer: Viewer) -> set[int]:
    return set(tx.execute(visible_people(viewer)).scalars())


async def test_members_read_a_private_group_and_nobody_else_does_administrators_included(api: Api) -> None:
    people = api.people
    garden = await make_group(api.database, "garden", "private", people.linus)
    assert garden in await api.database.read(_groups, people.linus.viewer)
    assert garden not in await api.database.read(_groups, people.ada.viewer)
    found = await api.database.read(require_group, people.linus.viewer, "Garden", "post")
    assert (found.id, found.role) == (garden, "owner")
    with pytest.raises(NotFound):
        await api.database.read(require_group, people.ada.viewer, "garden")
    with pytest.raises(NotFound):
        await api.database.read(require_group, people.ada.viewer, garden)


async def test_every_employee_reads_what_is_open_and_no_guest_does(api: Api) -> None:
    people = api.people
    news = await make_group(api.database, "news", "public", people.ada)
    assert {1, news} <= await api.database.read(_groups, people.grace.viewer)
    assert {1, news} <= await api.database.read(_groups, people.marvin.viewer)
    assert await api.database.read(_groups, people.edsger.viewer) == set()
    with pytest.raises(NotFound):
        await api.database.read(require_group, people.edsger.viewer, "all")


async def test_a_guest_sees_only_those_who_share_a_group(api: Api) -> None:
    people = api.people
    await make_group(api.database, "project", "external", people.linus, people.edsger)
    assert await api.database.read(_people, people.edsger.viewer) == {people.linus.id, people.edsger.id}
    assert people.grace.id in await api.database.read(_people, people.ada.viewer)
    assert (await api.get(people.edsger, "/people/linus")).status_code == 200
    assert (await api.get(people.edsger, "/people/grace")).status_code == 404
    listed = (await api.get(people.edsger, "/people")).json()["items"]
    assert {person["handle"] for person in listed} == {"linus", "edsger"}


async def test_a_guest_sees_cards_and_nothing_more(api: Api) -> None:
    people = api.people
    await make_group(api.database, "project", "external", people.ada, people.edsger)
    await api.call(people.ada, "PUT", "/me/whereabouts", json={"place": "at the bank"})
    seen = (await api.get(people.edsger, "/people/ada")).json()["person"]
    assert (seen["name"], seen["email"], seen["place"]) == ("Ada Lovelace", None, None)
    known = (await api.get(people.linus, "/people/ada")).json()["person"]
    assert (known["email"], known["place"]) == ("ada@example.org", "at the bank")


async def test_what_a_connection_hears(api: Api) -> None:
    people = api.people
    project = await make_group(api.database, "project", "external", people.linus, people.edsger)
    await api.call(people.linus, "PUT", "/people/grace/follow")
    await api.call(people.linus, "PUT", "/topics/Python/follow")
    assert await api.database.read(channels_of, people.linus.viewer) == {
        "all",
        f"person:{people.linus.id}",
        f"group:{project}",
        f"author:{people.grace.id}",
        "topic:python",
    }
    assert await api.database.read(channels_of, people.edsger.viewer) == {
        f"person:{people.edsger.id}",
        f"group:{project}",
    }


async def test_what_one_may_watch(api: Api) -> None:
    people = api.people
    garden = await make_group(api.database, "garden", "private", people.linus)
    allowed = {
        "all": (True, False),
        f"group:{garden}": (True, False),
        f"person:{people.linus.id}": (True, False),
        "author:1": (True, False),
        "topic:python": (True, False),
    }
    for channel, (linus, edsger) in allowed.items():
        assert await api.database.read(may_hear, people.linus.viewer, channel) is linus
        assert await api.database.read(may_hear, people.edsger.viewer, channel) is edsger
    for nonsense in (
        "",
        "group",
        "group:",
        "group:x",
        "group:99999",
        "group:" + "9" * 40,
        "thread:1",
        "x:1",
        "all:1",
    ):
        assert await api.database.read(may_hear, people.linus.viewer, nonsense) is False
