"""Closing an account: everything it held ends; what it alone owned goes on."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from microblog.access import deactivate
from microblog.access.tables import memberships
from microblog.core.errors import Forbidden, NotFound
from microblog.db import Tx
from tests.support.api import Api
from tests.support.people import make_group


async def test_a_closed_account_is_out_at_once_and_its_bots_too(api: Api) -> None:
    people = api.people
    assert (await api.get(people.marvin, "/me")).status_code == 200
    await api.database.write(deactivate, people.ada.viewer, "ada")
    assert (await api.get(people.ada, "/me")).status_code == 401
    assert (await api.get(people.marvin, "/me")).status_code == 401
    assert (await api.get(people.linus, "/me")).status_code == 200
    closed = [event.control.close for event in api.events("person.revised") if event.control]
    assert closed == [(f"person:{people.ada.id}",), (f"person:{people.marvin.id}",)]
    assert (await api.get(people.linus, "/people/ada")).json()["person"]["deactivated"] is True


async def test_a_group_left_without_an_owner_goes_to_whoever_is_there_longest(api: Api) -> None:
    people = api.people
    garden = await make_group(
        api.database, "garden", "private", people.ada, people.edsger, people.grace, people.linus
    )
    shared = await make_group(api.database, "shared", "private", people.linus, people.ada)
    await api.database.write(deactivate, people.ada.viewer, "ada")
    assert await api.database.read(_owners, None, garden) == [
        people.ada.id,
        people.grace.id,
    ]  # a guest owns none
    assert await api.database.read(_owners, None, shared) == [people.linus.id]


async def test_only_administrators_close_accounts(api: Api) -> None:
    with pytest.raises(Forbidden):
        await api.database.write(deactivate, api.people.linus.viewer, "grace")
    with pytest.raises(NotFound):
        await api.database.write(deactivate, api.people.ada.viewer, "nobody")
    assert (await api.get(api.people.grace, "/me")).status_code == 200


def _owners(tx: Tx, viewer: None, group: int) -> list[int]:
    owners = select(memberships.c.actor_id).where(
        memberships.c.group_id == group, memberships.c.role == "owner"
    )
    return sorted(tx.execute(owners).scalars())
