"""Who may know of a group, and how much."""

from __future__ import annotations

import pytest

from tests.groups.house import House, refused
from tests.support.people import make_group


@pytest.fixture
async def rooms(house: House) -> House:
    """One group of each kind. Linus owns them, and Edsger, a guest, is in the external one."""
    people = house.people
    await house.make(people.linus, "kernel")
    await house.make(people.linus, "board", "private")
    await house.make(people.linus, "jury", "private", listed=True, description="Who wins.")
    await make_group(house.database, "partners", "external", people.linus, people.edsger)
    await make_group(house.database, "talk", "direct", people.linus, people.grace)
    return house


async def test_linus_sees_his_groups_with_his_role_and_how_many_are_in_them(rooms: House) -> None:
    seen = await rooms.groups(rooms.people.linus)
    assert {handle: (group.role, group.member_count) for handle, group in seen.items()} == {
        "all": (None, 3),
        "board": ("owner", 1),
        "jury": ("owner", 1),
        "kernel": ("owner", 1),
        "partners": ("owner", 2),
        "talk": ("owner", 2),
    }
    assert list(seen) == ["all", "board", "jury", "kernel", "partners", "talk"]


async def test_grace_knows_of_listed_ones_but_not_who_is_in_them(rooms: House) -> None:
    grace = rooms.people.grace
    seen = await rooms.groups(grace)
    assert {handle: (group.role, group.member_count) for handle, group in seen.items()} == {
        "all": (None, 3),
        "jury": (None, None),
        "kernel": (None, 1),
        "partners": (None, None),
        "talk": ("member", 2),
    }
    assert seen["jury"].description == "Who wins."
    for handle in ("jury", "partners"):
        page = await rooms.page(grace, handle)
        assert page.group == seen[handle]
        assert (page.owners, page.members, page.next) == ([], [], None)
    assert await rooms.roles(rooms.people.linus, "jury") == {"linus": "owner"}


async def test_an_unlisted_one_is_not_there_for_those_outside_administrators_too(rooms: House) -> None:
    for who in (rooms.people.ada, rooms.people.grace, rooms.people.marvin):
        assert "board" not in await rooms.groups(who)
        with refused(404):
            await rooms.page(who, "board")
    assert await rooms.roles(rooms.people.linus, "BOARD") == {"linus": "owner"}


async def test_a_guest_sees_the_groups_they_are_in_and_no_other(rooms: House) -> None:
    edsger = rooms.people.edsger
    assert list(await rooms.groups(edsger)) == ["partners"]
    assert await rooms.roles(edsger, "partners") == {"linus": "owner", "edsger": "member"}
    for handle in ("all", "kernel", "board", "jury", "talk", "nothing"):
        with refused(404):
            await rooms.page(edsger, handle)


async def test_a_former_member_sees_nothing_of_it(rooms: House) -> None:
    people = rooms.people
    await rooms.join(people.linus, "board", people.grace)
    assert await rooms.roles(people.grace, "board") == {"linus": "owner", "grace": "member"}
    await rooms.leave(people.linus, "board", people.grace)
    assert "board" not in await rooms.groups(people.grace)
    with refused(404):
        await rooms.page(people.grace, "board")


async def test_owners_are_named_and_pages_hold_every_member_once(rooms: House) -> None:
    people = rooms.people
    for who in (people.marvin, people.grace, people.ada):
        await rooms.join(who, "kernel")
    await rooms.make_owner((await rooms.groups(people.ada))["kernel"].id, people.ada)
    seen: list[str] = []
    before = None
    for _ in range(2):
        page = await rooms.page(people.grace, "kernel", limit=2, before=before)
        assert {owner.handle for owner in page.owners} == {"linus", "ada"}
        seen += [f"{member.person.kind} {member.person.handle}" for member in page.members]
        before = page.next
    assert before is None
    assert seen == ["person grace", "person linus", "bot marvin", "person ada"]


async def test_closed_accounts_are_not_counted(rooms: House) -> None:
    people = rooms.people
    await rooms.join(people.grace, "kernel")
    assert (await rooms.groups(people.ada))["kernel"].member_count == 2
    await rooms.close_account(people.grace)
    page = await rooms.page(people.ada, "kernel")
    assert ([member.person.handle for member in page.members], page.group.member_count) == (["linus"], 1)
    assert (await rooms.groups(people.ada))["all"].member_count == 2


async def test_everyone_is_in_all_and_its_page_lists_nobody(rooms: House) -> None:
    page = await rooms.page(rooms.people.grace, "all")
    assert (page.group.kind, page.group.member_count) == ("all", 3)
    assert (page.owners, page.members) == ([], [])
