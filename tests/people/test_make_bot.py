"""Bots: made by a colleague, with a token of their own."""

from __future__ import annotations

from tests.support.api import Api


async def test_ada_makes_a_bot_that_speaks_for_itself(api: Api) -> None:
    made = await api.post(api.people.ada, "/bots", json={"handle": "weather", "name": "Weather"})
    assert made.status_code == 201
    bearer = {"authorization": f"Bearer {made.json()['token']['secret']}"}
    me = (await api.client.get("/api/v1/me", headers=bearer)).json()
    assert (me["kind"], me["person"]["handle"], me["admin"]) == ("bot", "weather", False)
    listed = (await api.get(api.people.ada, "/bots")).json()["items"]
    assert [bot["handle"] for bot in listed] == ["weather", "marvin"]
    assert (await api.get(api.people.linus, "/bots")).json()["items"] == []


async def test_the_same_key_makes_one_bot(api: Api) -> None:
    draft = {"handle": "weather", "name": "Weather", "key": "weather-1"}
    made = (await api.post(api.people.ada, "/bots", json=draft)).json()
    again = await api.post(api.people.ada, "/bots", json=draft)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "already_created")
    assert again.json()["error"]["id"] == made["bot"]["id"]


async def test_guests_and_bots_make_none_and_a_taken_handle_stays_taken(api: Api) -> None:
    draft = {"handle": "weather", "name": "Weather"}
    assert (await api.post(api.people.edsger, "/bots", json=draft)).status_code == 403
    assert (await api.post(api.people.marvin, "/bots", json=draft)).status_code == 403
    taken = await api.post(api.people.ada, "/bots", json={"handle": "Linus", "name": "Not Linus"})
    assert (taken.status_code, taken.json()["error"]["field"]) == (409, "handle")
    assert (await api.post(api.people.linus, "/bots", json=draft)).status_code == 201
