"""Making a group: one comes to own it, and only those hear of it who may know."""

from __future__ import annotations

import pytest

from microblog.journal import Control
from tests.groups.house import House, refused, said
from tests.support.people import make_group


async def test_linus_makes_a_public_group_and_every_colleague_hears_of_it(house: House) -> None:
    linus = house.people.linus
    made = await house.make(linus, "Kernel", name=" The  Kernel ", description="Rings.\r\nAll of them.\n")
    assert (made.handle, made.name, made.kind, made.role) == ("Kernel", "The Kernel", "public", "owner")
    assert made.description == "Rings.\nAll of them."
    assert (made.listed, made.archived, made.member_count) == (True, False, 1)
    joined, revised = house.heard()
    assert (joined.type, joined.channels) == ("group.joined", (f"group:{made.id}",))
    assert joined.control == Control(add=((linus.id, f"group:{made.id}"),))
    assert (said(joined)["person"]["handle"], said(joined)["role"]) == ("linus", "owner")
    assert (revised.type, revised.channels) == ("group.revised", ("all", f"group:{made.id}"))
    assert revised.control is None
    assert said(revised)["name"] == "The Kernel"
    assert "role" not in said(revised)
    assert (await house.groups(house.people.grace))["Kernel"].role is None


@pytest.mark.parametrize("listed", [False, True])
async def test_of_a_private_group_nothing_is_said_outside_it(house: House, listed: bool) -> None:
    made = await house.make(house.people.linus, "board", "private", listed=listed)
    assert (made.listed, made.role) == (listed, "owner")
    assert [event.channels for event in house.heard()] == [(f"group:{made.id}",)]
    assert house.heard()[0].control == Control(add=((house.people.linus.id, f"group:{made.id}"),))


@pytest.mark.parametrize("kind", ["external", "direct", "all", "secret", ""])
async def test_other_kinds_are_refused_by_name(house: House, kind: str) -> None:
    with refused(422, "kind", "kind"):
        await house.make(house.people.linus, "partners", kind)
    assert house.heard() == []
    assert list(await house.groups(house.people.linus)) == ["all"]


@pytest.mark.parametrize(
    ("handle", "status", "code"),
    [
        ("KERNEL", 409, "taken"),
        ("ＫＥＲＮＥＬ", 409, "taken"),
        ("All", 409, "reserved"),
        ("everyone", 409, "reserved"),
        ("кеrnel", 422, "confusable"),
        ("сор", 409, "confusable"),
        ("two words", 422, "invalid"),
        ("kernel.", 422, "invalid"),
        ("a/b", 422, "invalid"),
    ],
)
async def test_a_handle_is_a_name_of_its_own(house: House, handle: str, status: int, code: str) -> None:
    await house.make(house.people.linus, "kernel")
    await house.make(house.people.linus, "cop")
    before = house.heard()
    with refused(status, code, "handle"):
        await house.make(house.people.grace, handle, name="Another")
    assert house.heard() == before


async def test_the_handle_of_a_hidden_group_is_taken_and_nothing_more_is_said(house: House) -> None:
    await make_group(house.database, "board", "private", house.people.ada)
    await make_group(house.database, "talk", "direct", house.people.ada, house.people.linus)
    for handle in ("board", "talk"):
        with refused(409, "taken", "handle"):
            await house.make(house.people.grace, handle)
        with refused(404):
            await house.page(house.people.grace, handle)


async def test_a_group_may_be_called_as_a_person_is(house: House) -> None:
    assert (await house.make(house.people.grace, "linus")).role == "owner"


async def test_guests_and_bots_make_none(house: House) -> None:
    for who in (house.people.edsger, house.people.marvin):
        with refused(403):
            await house.make(who, "mine")
    assert house.heard() == []


async def test_names_and_descriptions_can_be_printed(house: House) -> None:
    with refused(422, field="name"):
        await house.make(house.people.linus, "kernel", name=" \n ")
    with refused(422, field="description"):
        await house.make(house.people.linus, "kernel", description="Ring\x07")
    assert "kernel" not in await house.groups(house.people.linus)
