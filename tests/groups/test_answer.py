"""Groups over HTTP: what is answered, and with which status."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from microblog import groups
from tests.support.api import Api, served

KERNEL = {"handle": "kernel", "name": "Kernel", "kind": "public"}


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    async with served(tmp_path, more_rows=groups.ROWS) as api:
        yield api


async def test_a_group_from_making_it_to_leaving_it(api: Api) -> None:
    linus, grace = api.people.linus, api.people.grace
    made = await api.post(linus, "/groups", json=KERNEL)
    assert (made.status_code, made.json()["role"]) == (201, "owner")
    assert (await api.call(grace, "PUT", "/groups/kernel/members/grace")).status_code == 204
    listed = (await api.get(grace, "/groups")).json()
    assert [(item["handle"], item["role"], item["member_count"]) for item in listed["items"]] == [
        ("all", None, 3),
        ("kernel", "member", 2),
    ]
    assert listed["head"] == api.committed[-1].seq
    revised = await api.call(linus, "PATCH", "/groups/kernel", json={"description": "Rings."})
    assert (revised.status_code, revised.json()["description"]) == (200, "Rings.")
    page = (await api.get(grace, "/groups/kernel")).json()
    assert [member["person"]["handle"] for member in page["members"]] == ["grace", "linus"]
    assert [owner["handle"] for owner in page["owners"]] == ["linus"]
    assert (await api.get(grace, "/groups/kernel?limit=1")).json()["next"] == grace.id
    assert page["group"]["description"] == "Rings."
    assert (await api.call(grace, "DELETE", "/groups/kernel/members/grace")).status_code == 204
    assert (await api.get(grace, "/groups/kernel")).json()["group"]["role"] is None


async def test_the_same_key_makes_one_group(api: Api) -> None:
    draft = {**KERNEL, "key": "once"}
    made = await api.post(api.people.linus, "/groups", json=draft)
    again = await api.post(api.people.linus, "/groups", json=draft)
    assert (again.status_code, again.json()) == (201, made.json())
    other = await api.post(api.people.linus, "/groups", json={**draft, "name": "Another"})
    assert (other.status_code, other.json()["error"]["code"]) == (409, "key_reused")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "external"}, "kind"),
        ({"kind": "direct"}, "kind"),
        ({"kind": 1}, "kind"),
        ({"handle": ""}, "handle"),
        ({"name": "x" * 201}, "name"),
        ({"listed": "yes"}, "listed"),
        ({"owner": "linus"}, "owner"),
    ],
)
async def test_what_can_not_be_is_refused_with_its_field(
    api: Api, change: dict[str, Any], field: str
) -> None:
    answer = await api.post(api.people.linus, "/groups", json={**KERNEL, **change})
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)
    assert len((await api.get(api.people.linus, "/groups")).json()["items"]) == 1


async def test_handles_and_kinds_are_not_revised(api: Api) -> None:
    await api.post(api.people.linus, "/groups", json=KERNEL)
    for change in ({"handle": "other"}, {"kind": "private"}, {"name": None}):
        answer = await api.call(api.people.linus, "PATCH", "/groups/kernel", json=change)
        assert (answer.status_code, answer.json()["error"]["field"]) == (422, next(iter(change)))


async def test_what_is_private_answers_as_what_is_not_there(api: Api) -> None:
    await api.post(api.people.linus, "/groups", json={**KERNEL, "kind": "private"})
    for who in (api.people.ada, api.people.edsger, api.people.marvin):
        for method, path, more in (
            ("GET", "", {}),
            ("PATCH", "", {"json": {"name": "Mine"}}),
            ("PUT", f"/members/{who.viewer.handle}", {}),
            ("DELETE", f"/members/{who.viewer.handle}", {}),
            ("PUT", "/members/linus", {}),
            ("DELETE", "/members/linus", {}),
        ):
            hidden = await api.call(who, method, f"/groups/kernel{path}", **more)
            absent = await api.call(who, method, f"/groups/nothing{path}", **more)
            assert (hidden.status_code, hidden.json()) == (404, absent.json())
    assert (await api.get(api.people.linus, "/groups/kernel")).status_code == 200
    assert (await api.get(None, "/groups")).status_code == 401
