"""Changing one's own account, and nobody else's."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.support.api import Api
from tests.support.people import make_group


async def test_what_is_left_out_stays(api: Api) -> None:
    changed = await api.call(
        api.people.ada, "PATCH", "/me", json={"time_zone": "Europe/Amsterdam", "language": "nl"}
    )
    me = changed.json()
    assert (me["time_zone"], me["language"]) == ("Europe/Amsterdam", "nl")
    assert (me["person"]["name"], me["email"]) == ("Ada Lovelace", "ada@example.org")
    assert me == (await api.get(api.people.ada, "/me")).json()


async def test_a_new_name_is_heard_by_colleagues_and_by_guests_who_share_a_group(api: Api) -> None:
    project = await make_group(api.database, "project", "external", api.people.linus, api.people.edsger)
    await api.call(api.people.linus, "PATCH", "/me", json={"name": "  Linus   B.  "})
    event = api.events("person.revised")[-1]
    assert event.channels == ("all", f"group:{project}")
    card = msgspec.json.decode(event.data)
    assert set(card) == {"id", "handle", "name", "kind", "photo", "organisation"}
    assert card["name"] == "Linus B."


@pytest.mark.parametrize(
    ("draft", "status", "field"),
    [
        ({"name": " "}, 422, "name"),
        ({"email": "no address"}, 422, "email"),
        ({"email": "ADA@example.org"}, 409, "email"),
        ({"time_zone": "Mars/Olympus"}, 422, "time_zone"),
        ({"time_zone": "../etc/passwd"}, 422, "time_zone"),
        ({"language": "fr"}, 422, "language"),
        ({"admin": True}, 422, "admin"),
        ({"handle": "boss"}, 422, "handle"),
    ],
)
async def test_what_can_not_be(api: Api, draft: dict[str, Any], status: int, field: str) -> None:
    answer = await api.call(api.people.linus, "PATCH", "/me", json=draft)
    assert (answer.status_code, answer.json()["error"]["field"]) == (status, field)
    assert (await api.get(api.people.linus, "/me")).json()["person"]["name"] == "Linus Torvalds"


async def test_one_may_keep_ones_own_address_or_drop_it(api: Api) -> None:
    assert (
        await api.call(api.people.ada, "PATCH", "/me", json={"email": "ada@example.org"})
    ).status_code == 200
    dropped = await api.call(api.people.ada, "PATCH", "/me", json={"email": ""})
    assert dropped.json()["email"] is None
