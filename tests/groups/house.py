"""A house with rooms: a real store, its people, and the verbs of groups as each of them says them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from microblog.access import deactivate
from microblog.access.tables import memberships
from microblog.core.errors import Problem
from microblog.db import Database, Tx
from microblog.groups import Group, NewGroup, ReviseGroup, join_group, leave_group, make_group, revise_group
from microblog.groups.model import GroupPage, MembersPage
from microblog.groups.queries import group_page, list_groups
from microblog.journal import Committed
from tests.support.people import People, Someone
from tests.support.store import Store


@dataclass
class House:
    database: Database
    store: Store
    people: People

    async def make(self, who: Someone, handle: str, kind: str = "public", **more: Any) -> Group:
        draft = NewGroup(handle=handle, kind=kind, name=more.pop("name", handle.title()), **more)
        return await self.database.write(make_group, who.viewer, draft)

    async def revise(self, who: Someone, handle: str, **changes: Any) -> Group:
        return await self.database.write(revise_group, who.viewer, ReviseGroup(**changes), handle=handle)

    async def join(self, who: Someone, handle: str, person: Someone | None = None) -> None:
        """Join oneself, or bring somebody in."""
        name = (person or who).viewer.handle
        await self.database.write(join_group, who.viewer, handle=handle, person=name)

    async def leave(self, who: Someone, handle: str, person: Someone | None = None) -> None:
        """Leave oneself, or put somebody out."""
        name = (person or who).viewer.handle
        await self.database.write(leave_group, who.viewer, handle=handle, person=name)

    async def groups(self, who: Someone) -> dict[str, Group]:
        """What this one's list of groups says, by handle."""
        return {group.handle: group for group in (await self.database.read(list_groups, who.viewer)).items}

    async def page(self, who: Someone, handle: str, **more: Any) -> GroupPage:
        return await self.database.read(group_page, who.viewer, MembersPage(**more), handle=handle)

    async def roles(self, who: Someone, handle: str) -> dict[str, str]:
        """Who is in a group, as this one is shown it."""
        return {member.person.handle: member.role for member in (await self.page(who, handle)).members}

    async def close_account(self, of: Someone) -> None:
        await self.database.write(deactivate, self.people.ada.viewer, of.viewer.handle)

    async def make_owner(self, group: int, person: Someone) -> None:
        await self.database.write(_make_owner, None, group, person.id)

    def heard(self) -> list[Committed]:
        """What was recorded of groups so far."""
        return [event for event in self.store.heard if event.subject_kind == "group"]


def said(event: Committed) -> Any:
    return msgspec.json.decode(event.data)


@contextmanager
def refused(status: int, code: str | None = None, field: str | None = None) -> Iterator[None]:
    """What is done inside is refused so."""
    with pytest.raises(Problem) as refusal:
        yield
    problem = refusal.value
    assert problem.status == status, problem.message
    assert code is None or problem.code == code
    assert field is None or problem.field == field


def _make_owner(tx: Tx, viewer: None, group: int, person: int) -> None:
    whose = (memberships.c.group_id == group) & (memberships.c.actor_id == person)
    tx.execute(update(memberships).where(whose).values(role="owner"))
