"""Whereabouts: said by oneself, known to colleagues alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import update

from microblog.access.tables import whereabouts
from microblog.db import Tx
from tests.support.api import Api


async def test_grace_says_where_she_is_and_every_colleague_hears(api: Api) -> None:
    until = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    said = await api.call(
        api.people.grace, "PUT", "/me/whereabouts", json={"place": "at the bank", "until": until}
    )
    assert said.status_code == 200
    (item,) = (await api.get(api.people.linus, "/whereabouts")).json()["items"]
    assert (item["person"]["handle"], item["place"]) == ("grace", "at the bank")
    (event,) = api.events("person.whereabouts")
    assert event.channels == ("all",)
    assert msgspec.json.decode(event.data) == said.json() == item


async def test_an_empty_place_takes_it_back(api: Api) -> None:
    await api.call(api.people.grace, "PUT", "/me/whereabouts", json={"place": "at the bank"})
    await api.call(api.people.grace, "PUT", "/me/whereabouts", json={"place": " "})
    assert (await api.get(api.people.linus, "/whereabouts")).json()["items"] == []
    assert msgspec.json.decode(api.events("person.whereabouts")[-1].data)["place"] is None


async def test_what_has_passed_is_no_longer_told(api: Api) -> None:
    await api.call(api.people.grace, "PUT", "/me/whereabouts", json={"place": "at the bank"})
    await api.database.write(_end, None)
    assert (await api.get(api.people.linus, "/whereabouts")).json()["items"] == []
    assert (await api.get(api.people.linus, "/people/grace")).json()["person"]["place"] is None


@pytest.mark.parametrize(
    "until", ["tomorrow", "2026-01-01T00:00:00", "2001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59"]
)
async def test_times_that_can_not_be(api: Api, until: str) -> None:
    draft = {"place": "somewhere", "until": until}
    answer = await api.call(api.people.grace, "PUT", "/me/whereabouts", json=draft)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "until")


async def test_guests_neither_say_nor_hear_it(api: Api) -> None:
    assert (await api.get(api.people.edsger, "/whereabouts")).status_code == 403
    said = await api.call(api.people.edsger, "PUT", "/me/whereabouts", json={"place": "here"})
    assert said.status_code == 403
    assert (await api.get(api.people.linus, "/whereabouts")).status_code == 200


def _end(tx: Tx, viewer: None) -> None:
    tx.execute(update(whereabouts).values(until=tx.now - 1))
