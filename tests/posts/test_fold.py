"""What one has on screen, and the events since, come to what a fresh page shows: for everything that can happen."""

from __future__ import annotations

import pytest

from tests.posts.company import Company, Json
from tests.posts.fold_cases import FIXTURES, HAPPENINGS, play, written
from tests.posts.fold_rules import folded


@pytest.mark.parametrize("name", HAPPENINGS)
async def test_events_come_to_what_is_read(company: Company, name: str) -> None:
    cases = await play(company, HAPPENINGS[name])
    for case in cases:
        state = {**case["before"], "me": case["me"], "groups": case["groups"]}
        assert shown(folded(state, case["events"])) == shown(case["after"]), case["viewer"]
    assert any(case["events"] for case in cases)
    kept = (FIXTURES / f"{name}.json").read_text(encoding="utf-8")
    assert kept == written(cases), "Out of date: python -m tests.posts.fold_cases"


async def test_without_its_events_a_page_is_out_of_date(company: Company) -> None:
    for case in await play(company, HAPPENINGS["reply"]):
        assert shown(case["before"]) != shown(case["after"])


def test_no_case_is_left_over() -> None:
    assert {path.stem for path in FIXTURES.iterdir()} == set(HAPPENINGS)


def shown(state: Json) -> Json:
    """What is on screen: the posts that a list shows, and what is one's own about them."""
    lists = [*state["timelines"].values(), *state["threads"].values()]
    ids = {str(id_) for ids in lists for id_ in ids}
    nothing = {"reactions": [], "bookmarked": False}
    return {
        "timelines": state["timelines"],
        "threads": state["threads"],
        "posts": {id_: state["posts"][id_] for id_ in ids},
        "mine": {id_: mine for id_, mine in state["mine"].items() if id_ in ids and mine != nothing},
    }
