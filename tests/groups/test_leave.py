"""Going out of a group: nothing numbered after it is heard, and a group with members keeps an owner."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from microblog.access import channels_of
from microblog.journal import Control
from microblog.posts import Publish, publish
from tests.groups.house import House, refused, said
from tests.support.people import make_group


@pytest.mark.parametrize("put_out", [False, True])
async def test_grace_goes_and_hears_it_no_more(house: House, put_out: bool) -> None:
    people = house.people
    made = await house.make(people.linus, "board", "private", name="Secret")
    channel = f"group:{made.id}"
    await house.join(people.linus, "board", people.grace)
    assert channel in await house.database.read(channels_of, people.grace.viewer)
    await house.leave(people.linus if put_out else people.grace, "board", people.grace)
    assert channel not in await house.database.read(channels_of, people.grace.viewer)
    event = house.heard()[-1]
    assert (event.type, event.channels) == ("group.left", (channel, f"person:{people.grace.id}"))
    assert event.control == Control(drop=((people.grace.id, channel),))
    assert said(event)["group"] == {"id": made.id, "member_count": 1}
    assert said(event)["person"]["handle"] == "grace"
    assert await house.roles(people.linus, "board") == {"linus": "owner"}


async def test_what_stays_in_the_journal_for_her_names_nothing_of_the_group(house: House) -> None:
    people = house.people
    await house.make(people.linus, "canary-board", "private", name="Canary", description="Canary.")
    await house.join(people.linus, "canary-board", people.grace)
    await house.revise(people.linus, "canary-board", name="Canaries")
    await house.leave(people.linus, "canary-board", people.grace)
    heard = await house.database.read(channels_of, people.grace.viewer)
    replayed = [event for event in house.heard() if heard.intersection(event.channels)]
    assert [event.type for event in replayed] == ["group.left"]
    assert b"canar" not in replayed[0].data.lower()
    assert b"canar" in house.heard()[0].data.lower()


async def test_the_removal_stands_before_the_next_thing_that_is_said(house: House) -> None:
    people = house.people
    await house.make(people.linus, "board", "private")
    await house.join(people.linus, "board", people.grace)
    say = Publish(text="Among us.", group="board")
    posts = [house.database.write(publish, people.linus.viewer, say) for _ in range(20)]
    await asyncio.gather(*posts[:10], house.leave(people.linus, "board", people.grace), *posts[10:])
    await house.database.write(publish, people.linus.viewer, say)
    heard = [event for event in house.store.heard if event.type in ("post.published", "group.left")]
    numbers = [event.seq for event in heard]
    assert numbers == sorted(numbers)
    (removal,) = (event for event in heard if event.type == "group.left")
    assert removal.control == Control(drop=((people.grace.id, removal.channels[0]),))
    assert removal.seq < heard[-1].seq
    assert {event.channels for event in heard if event is not removal} == {removal.channels[:1]}
    with refused(404):
        await house.database.write(publish, people.grace.viewer, say)


async def test_leaving_twice_happens_once(house: House) -> None:
    people = house.people
    await house.make(people.linus, "kernel")
    await house.join(people.grace, "kernel")
    for _ in range(2):
        await house.leave(people.grace, "kernel")
        await house.leave(people.linus, "kernel", people.ada)
    assert [event.type for event in house.heard()].count("group.left") == 1


async def test_only_owners_put_others_out(house: House) -> None:
    people = house.people
    await house.make(people.linus, "kernel")
    await house.make(people.linus, "board", "private")
    await house.join(people.grace, "kernel")
    await house.join(people.linus, "board", people.grace)
    before = house.heard()
    for handle in ("kernel", "board"):
        with refused(403):
            await house.leave(people.grace, handle, people.linus)
    with refused(403):
        await house.leave(people.ada, "kernel", people.grace)
    with refused(404):
        await house.leave(people.ada, "board", people.grace)
    with refused(404):
        await house.leave(people.ada, "board")
    assert house.heard() == before


async def test_the_longest_standing_member_inherits_from_the_last_owner(house: House) -> None:
    people = house.people
    made = await make_group(
        house.database, "kernel", "public", people.linus, people.marvin, people.grace, people.ada
    )
    await house.leave(people.linus, "kernel")
    inherited, left = house.heard()
    assert (inherited.type, said(inherited)["person"]["handle"], said(inherited)["role"]) == (
        "group.joined",
        "grace",
        "owner",
    )
    assert inherited.channels == (f"group:{made}",)
    assert left.type == "group.left"
    assert await house.roles(people.linus, "kernel") == {
        "grace": "owner",
        "marvin": "member",
        "ada": "member",
    }


async def test_nobody_inherits_where_another_owner_stays(house: House) -> None:
    people = house.people
    made = await make_group(house.database, "kernel", "public", people.linus, people.grace, people.ada)
    await house.make_owner(made, people.ada)
    await house.leave(people.linus, "kernel")
    assert [event.type for event in house.heard()] == ["group.left"]
    assert await house.roles(people.linus, "kernel") == {"ada": "owner", "grace": "member"}


async def test_an_owner_whose_account_was_closed_is_no_owner_who_stays(house: House) -> None:
    people = house.people
    made = await make_group(house.database, "kernel", "public", people.linus, people.grace, people.ada)
    await house.make_owner(made, people.grace)
    await house.close_account(people.grace)
    await house.leave(people.linus, "kernel")
    assert await house.roles(people.linus, "kernel") == {"ada": "owner"}


async def test_the_last_owner_does_not_leave_bots_and_guests_alone(house: House) -> None:
    people = house.people
    await make_group(house.database, "partners", "external", people.linus, people.edsger, people.marvin)
    with refused(409, "last_owner"):
        await house.leave(people.linus, "partners")
    assert house.heard() == []
    assert (await house.roles(people.edsger, "partners"))["linus"] == "owner"
    await house.leave(people.edsger, "partners")
    await house.leave(people.linus, "partners", people.marvin)
    await house.leave(people.linus, "partners")
    assert (await house.groups(people.linus))["partners"].role is None


async def test_two_last_owners_who_go_at_once_do_not_leave_it_without_one(house: House) -> None:
    people = house.people
    for attempt in range(10):
        handle = f"kernel{attempt}"
        made = await make_group(house.database, handle, "public", people.linus, people.grace, people.ada)
        await house.make_owner(made, people.grace)
        await asyncio.gather(house.leave(people.linus, handle), house.leave(people.grace, handle))
        assert await house.roles(people.linus, handle) == {"ada": "owner"}


async def test_everyones_group_and_conversations_are_not_left(house: House) -> None:
    people = house.people
    await make_group(house.database, "talk", "direct", people.linus, people.grace)
    with refused(409, "everyone"):
        await house.leave(people.linus, "all")
    with refused(409, "conversation"):
        await house.leave(people.linus, "talk")
    with refused(404):
        await house.leave(people.ada, "talk")


async def test_events_applied_twice_make_the_group_that_is_read(house: House) -> None:
    """The fold: what a member keeps from events is what the page says, however often each is applied."""
    people = house.people
    made = await house.make(people.linus, "kernel")
    await house.join(people.grace, "kernel")
    await house.join(people.linus, "kernel", people.ada)
    await house.revise(people.linus, "kernel", name="Kernels")
    await house.leave(people.linus, "kernel")
    state: dict[str, object] = {}
    members: dict[str, str] = {}
    for event in [each for each in house.heard() for _ in range(2)]:
        data = said(event)
        state |= data if event.type == "group.revised" else data["group"]
        if event.type == "group.joined":
            members[data["person"]["handle"]] = data["role"]
        elif event.type == "group.left":
            members.pop(data["person"]["handle"], None)
    page = await house.page(people.grace, "kernel")
    assert {**state, "role": "owner"} == msgspec.to_builtins(page.group)
    assert members == await house.roles(people.grace, "kernel") == {"grace": "owner", "ada": "member"}
    assert state["id"] == made.id
