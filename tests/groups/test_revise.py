"""Owners change what a group says of itself; those hear it who may read the group."""

from __future__ import annotations

from tests.groups.house import House, refused, said


async def test_every_colleague_hears_of_a_public_groups_new_name(house: House) -> None:
    people = house.people
    made = await house.make(people.linus, "kernel")
    revised = await house.revise(people.linus, "KERNEL", name="Kernels", description="More than one.")
    assert (revised.name, revised.description, revised.role) == ("Kernels", "More than one.", "owner")
    event = house.heard()[-1]
    assert (event.type, event.channels) == ("group.revised", ("all", f"group:{made.id}"))
    seen = (await house.groups(people.linus))["kernel"]
    assert said(event) == {
        "id": made.id,
        "handle": "kernel",
        "name": "Kernels",
        "kind": "public",
        "description": "More than one.",
        "listed": True,
        "archived": False,
        "created_at": made.created_at,
        "member_count": 1,
    }
    assert seen == revised


async def test_a_private_one_is_revised_among_its_members_even_when_listed(house: House) -> None:
    made = await house.make(house.people.linus, "board", "private")
    await house.revise(house.people.linus, "board", listed=True)
    await house.revise(house.people.linus, "board", name="The board")
    assert {event.channels for event in house.heard()} == {(f"group:{made.id}",)}
    assert (await house.groups(house.people.grace))["board"].name == "The board"
    await house.revise(house.people.linus, "board", listed=False)
    assert "board" not in await house.groups(house.people.grace)


async def test_what_stays_the_same_is_no_event(house: House) -> None:
    await house.make(house.people.linus, "kernel", name="Kernel")
    before = house.heard()
    await house.revise(house.people.linus, "kernel")
    await house.revise(house.people.linus, "kernel", name="Kernel", description="")
    assert house.heard() == before


async def test_only_owners_change_it_and_for_those_outside_it_is_not_there(house: House) -> None:
    people = house.people
    await house.make(people.linus, "board", "private")
    await house.join(people.linus, "board", people.grace)
    await house.make(people.linus, "kernel")
    before = house.heard()
    with refused(403):
        await house.revise(people.grace, "board", name="Mine")
    with refused(404):
        await house.revise(people.ada, "board", name="Mine")
    with refused(403):
        await house.revise(people.ada, "kernel", name="Mine")
    with refused(403):
        await house.revise(people.ada, "all", name="Mine")
    with refused(404):
        await house.revise(people.edsger, "kernel", name="Mine")
    await house.leave(people.linus, "board", people.grace)
    with refused(404):
        await house.revise(people.grace, "board", name="Mine")
    assert [event.type for event in house.heard()[len(before) :]] == ["group.left"]


async def test_a_public_group_can_not_be_hidden(house: House) -> None:
    await house.make(house.people.linus, "kernel")
    with refused(422, field="listed"):
        await house.revise(house.people.linus, "kernel", name="Kernels", listed=False)
    assert (await house.groups(house.people.grace))["kernel"].name == "Kernel"
    with refused(422, field="description"):
        await house.revise(house.people.linus, "kernel", description="\x00")
