"""Joining by an invitation or the set-up link."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from microblog.access.invitations import make_setup_code
from microblog.access.tables import actors, invitations
from microblog.db import Tx
from tests.support.api import Api

PASSWORD = "correct horse battery"


async def invited(api: Api, **draft: str) -> str:
    answer = await api.post(api.people.linus, "/invitations", json=draft)
    assert answer.status_code == 201
    assert answer.json()["link"] == "/join#" + answer.json()["code"]
    return str(answer.json()["code"])


def joining(code: str, **more: str) -> dict[str, str]:
    return {"code": code, "handle": "barbara", "name": "Barbara Liskov", "password": PASSWORD, **more}


async def test_anyone_may_invite_and_barbara_is_in_and_logged_in(api: Api) -> None:
    code = await invited(api, email="Barbara@Example.org")
    answer = await api.post(None, "/join", json=joining(code))
    assert answer.status_code == 201
    assert answer.json()["person"]["handle"] == "barbara"
    me = (await api.get(None, "/me")).json()
    assert me["email"] == "barbara@example.org"
    assert me["admin"] is False
    assert [event.subject_id for event in api.events("person.revised")][-1] == me["person"]["id"]


async def test_an_invitation_is_used_once(api: Api) -> None:
    code = await invited(api)
    assert (await api.post(None, "/join", json=joining(code))).status_code == 201
    again = await api.post(None, "/join", json=joining(code, handle="barbara2"))
    assert (again.status_code, again.json()["error"]["code"]) == (409, "used")


async def test_a_made_up_or_withdrawn_code_is_not_found(api: Api) -> None:
    assert (await api.post(None, "/join", json=joining("no such code"))).status_code == 404
    code = await invited(api)
    sent = (await api.get(api.people.linus, "/invitations")).json()["items"][0]
    assert (await api.call(api.people.grace, "DELETE", f"/invitations/{sent['id']}")).status_code == 404
    assert (await api.call(api.people.linus, "DELETE", f"/invitations/{sent['id']}")).status_code == 204
    assert (await api.post(None, "/join", json=joining(code))).status_code == 404


async def test_an_expired_code_says_so(api: Api) -> None:
    code = await invited(api)
    await api.database.write(_expire, None)
    answer = await api.post(None, "/join", json=joining(code))
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "expired")


@pytest.mark.parametrize(
    ("handle", "status", "code"),
    [
        ("ada", 409, "taken"),
        ("ＡＤＡ", 409, "taken"),
        ("admin", 409, "reserved"),
        ("Аda", 422, "confusable"),  # a Cyrillic А before Latin letters
        ("ада", 201, ""),  # the Cyrillic word: looks like nobody here
        ("a b", 422, "invalid"),
        ("barbara.", 422, "invalid"),
    ],
)
async def test_handles(api: Api, handle: str, status: int, code: str) -> None:
    answer = await api.post(None, "/join", json=joining(await invited(api), handle=handle))
    assert answer.status_code == status
    if code:
        assert answer.json()["error"]["code"] == code
        assert answer.json()["error"]["field"] == "handle"


async def test_a_handle_drawn_like_another_is_refused(api: Api) -> None:
    assert (await api.post(None, "/join", json=joining(await invited(api), handle="cop"))).status_code == 201
    twin = await api.post(None, "/join", json=joining(await invited(api), handle="сор"))
    assert (twin.status_code, twin.json()["error"]["code"]) == (409, "confusable")


async def test_a_short_password_is_refused_with_the_reason_and_uses_nothing_up(api: Api) -> None:
    code = await invited(api)
    short = await api.post(None, "/join", json=joining(code, password="1234567"))
    assert (short.status_code, short.json()["error"]["field"]) == (422, "password")
    assert "Length is the only rule" in short.json()["error"]["message"]
    assert (await api.post(None, "/join", json=joining(code, password="12345678"))).status_code == 201


async def test_guests_and_bots_invite_nobody(api: Api) -> None:
    for who in (api.people.edsger, api.people.marvin):
        assert (await api.post(who, "/invitations", json={})).status_code == 403


async def test_the_list_of_invitations_is_the_senders_alone(api: Api) -> None:
    code = await invited(api, note="for the new colleague")
    await api.post(None, "/join", json=joining(code))
    (sent,) = (await api.get(api.people.linus, "/invitations")).json()["items"]
    assert (sent["note"], sent["joined"]["handle"]) == ("for the new colleague", "barbara")
    assert "code" not in sent
    assert (await api.get(api.people.grace, "/invitations")).json()["items"] == []


async def test_no_set_up_code_once_somebody_is_here(api: Api) -> None:
    assert await api.database.write(make_setup_code, None) is None


async def test_the_set_up_link_makes_the_first_administrator_once(api: Api) -> None:
    await api.database.write(_nobody, None)
    first = await api.database.write(make_setup_code, None)
    second = await api.database.write(make_setup_code, None)
    assert first is not None
    assert second is not None
    assert (await api.post(None, "/join", json=joining(first))).status_code == 404  # printed before the last
    assert (await api.post(None, "/join", json=joining(second))).status_code == 201
    assert (await api.get(None, "/me")).json()["admin"] is True
    assert (await api.post(None, "/join", json=joining(second, handle="mallory"))).status_code == 409


def _expire(tx: Tx, viewer: Any) -> None:
    tx.execute(update(invitations).values(expires_at=tx.now))


def _nobody(tx: Tx, viewer: Any) -> None:
    """As if the store were empty: nobody in it is a person."""
    tx.execute(update(actors).values(kind="feed"))
