"""Coming into a group: oneself into a public one, by an owner into any other."""

from __future__ import annotations

from microblog.groups import join_group
from microblog.journal import Control
from tests.groups.house import House, refused, said
from tests.support.people import make_group


async def test_grace_joins_a_public_group_and_hears_it_from_then_on(house: House) -> None:
    people = house.people
    made = await house.make(people.linus, "kernel")
    await house.join(people.grace, "kernel")
    event = house.heard()[-1]
    assert (event.type, event.channels) == ("group.joined", (f"group:{made.id}",))
    assert event.control == Control(add=((people.grace.id, f"group:{made.id}"),))
    assert (said(event)["person"]["handle"], said(event)["role"]) == ("grace", "member")
    assert (said(event)["group"]["id"], said(event)["group"]["member_count"]) == (made.id, 2)
    assert await house.roles(people.ada, "kernel") == {"linus": "owner", "grace": "member"}


async def test_joining_twice_happens_once_and_an_owner_stays_one(house: House) -> None:
    people = house.people
    await house.make(people.linus, "kernel")
    for _ in range(2):
        await house.join(people.grace, "kernel")
        await house.join(people.linus, "kernel")
    assert len(house.heard()) == 3
    assert await house.roles(people.ada, "kernel") == {"linus": "owner", "grace": "member"}


async def test_an_owner_brings_colleagues_and_bots_into_a_private_group(house: House) -> None:
    people = house.people
    await house.make(people.linus, "board", "private")
    for who in (people.grace, people.marvin):
        await house.join(people.linus, "board", who)
    assert await house.roles(people.grace, "board") == {
        "linus": "owner",
        "grace": "member",
        "marvin": "member",
    }
    assert {event.channels for event in house.heard()} == {(house.heard()[0].channels)}


async def test_nobody_walks_into_a_private_group(house: House) -> None:
    people = house.people
    await house.make(people.linus, "board", "private")
    await house.make(people.linus, "jury", "private", listed=True)
    await make_group(house.database, "partners", "external", people.linus, people.edsger)
    before = house.heard()
    for who in (people.grace, people.ada, people.marvin):
        with refused(404):
            await house.join(who, "board")
        for handle in ("jury", "partners"):
            with refused(403):
                await house.join(who, handle)
    assert house.heard() == before
    assert await house.roles(people.linus, "jury") == {"linus": "owner"}


async def test_only_owners_bring_others_in(house: House) -> None:
    people = house.people
    await house.make(people.linus, "kernel")
    await house.make(people.linus, "board", "private")
    await house.join(people.linus, "board", people.grace)
    before = house.heard()
    for handle in ("kernel", "board"):
        with refused(403):
            await house.join(people.grace, handle, people.ada)
    with refused(404):
        await house.join(people.ada, "board", people.ada)
    assert house.heard() == before
    await house.join(people.linus, "kernel", people.ada)
    assert "ada" in await house.roles(people.grace, "kernel")


async def test_guests_come_into_external_groups_only(house: House) -> None:
    people = house.people
    await house.make(people.linus, "kernel")
    await house.make(people.linus, "board", "private")
    await make_group(house.database, "partners", "external", people.linus)
    for handle in ("kernel", "board"):
        with refused(422, "guest", "person"):
            await house.join(people.linus, handle, people.edsger)
        with refused(404):
            await house.join(people.edsger, handle)
    with refused(404):
        await house.join(people.edsger, "partners")
    await house.join(people.linus, "partners", people.edsger)
    assert list(await house.groups(people.edsger)) == ["partners"]


async def test_closed_accounts_and_people_who_are_not_there(house: House) -> None:
    people = house.people
    await house.make(people.linus, "kernel")
    await house.close_account(people.grace)
    with refused(409, "deactivated", "person"):
        await house.join(people.linus, "kernel", people.grace)
    with refused(404, field="person"):
        await house.database.write(join_group, people.linus.viewer, handle="kernel", person="nobody")
    with refused(404, field="group"):
        await house.join(people.linus, "nothing")
    assert await house.roles(people.ada, "kernel") == {"linus": "owner"}


async def test_everyones_group_and_conversations_take_nobody(house: House) -> None:
    people = house.people
    await make_group(house.database, "talk", "direct", people.linus, people.grace)
    with refused(409, "everyone"):
        await house.join(people.linus, "all")
    with refused(409, "conversation"):
        await house.join(people.linus, "talk", people.ada)
    with refused(404):
        await house.join(people.ada, "talk")
    assert house.heard() == []


async def test_who_joins_a_group_that_nobody_owns_comes_to_own_it(house: House) -> None:
    people = house.people
    await house.make(people.linus, "kernel")
    await house.leave(people.linus, "kernel")
    assert await house.roles(people.ada, "kernel") == {}
    await house.join(people.grace, "kernel")
    await house.join(people.linus, "kernel")
    assert await house.roles(people.ada, "kernel") == {"grace": "owner", "linus": "member"}
