"""Looking for people by the beginning of a handle or of any word of a name."""

from __future__ import annotations

import pytest

from tests.support.api import Api


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ada", ["ada"]),
        ("@GRA", ["grace"]),
        ("hopper", ["grace"]),
        ("opper", []),
        ("%", []),
        ("_", []),
        ("l", ["linus", "ada"]),  # Linus, Lovelace
        ("", ["edsger", "grace", "linus", "marvin", "ada"]),
    ],
)
async def test_a_colleague_finds(api: Api, query: str, found: list[str]) -> None:
    answer = await api.get(api.people.grace, "/people", params={"q": query})
    assert [person["handle"] for person in answer.json()["items"]] == found


async def test_pages_hold_everyone_once(api: Api) -> None:
    seen: list[str] = []
    before: int | None = None
    while True:
        page = (
            await api.get(api.people.ada, f"/people?limit=2{f'&before={before}' if before else ''}")
        ).json()
        seen += [person["handle"] for person in page["items"]]
        before = page["next"]
        if before is None:
            break
    assert sorted(seen) == ["ada", "edsger", "grace", "linus", "marvin"]
