"""Logging in: a cookie for who knows the password, the same refusal for everyone else."""

from __future__ import annotations

from microblog.access import OPERATOR, NewPerson, add_person
from tests.support.api import Api

PASSWORD = "a few words in a row"


async def joined(api: Api, handle: str = "barbara") -> None:
    draft = NewPerson(handle=handle, name="Barbara Liskov", email=f"{handle}@example.org", password=PASSWORD)
    await api.database.write(add_person, OPERATOR, draft)


async def test_barbara_logs_in_by_handle_and_by_email(api: Api) -> None:
    await joined(api)
    for login in ("barbara", "BARBARA", "Barbara@example.org"):
        answer = await api.post(None, "/session", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 201
        assert answer.json()["person"]["handle"] == "barbara"


async def test_the_cookie_is_hers_alone_and_no_script_reads_it(api: Api) -> None:
    await joined(api)
    answer = await api.post(None, "/session", json={"login": "barbara", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie  # over plain HTTP a browser would drop it
    assert answer.headers["cache-control"] == "no-store"
    assert (await api.get(None, "/me")).json()["person"]["handle"] == "barbara"  # by the client's cookie jar


async def test_a_wrong_password_and_an_unknown_account_read_the_same(api: Api) -> None:
    await joined(api)
    wrong = await api.post(None, "/session", json={"login": "barbara", "password": "a guess at it"})
    unknown = await api.post(None, "/session", json={"login": "nobody", "password": "a guess at it"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert "set-cookie" not in wrong.headers


async def test_someone_without_a_password_can_not_log_in(api: Api) -> None:
    answer = await api.post(None, "/session", json={"login": "linus", "password": "anything at all"})
    assert answer.status_code == 401


async def test_another_site_can_not_log_anyone_in(api: Api) -> None:
    await joined(api)
    draft = {"login": "barbara", "password": PASSWORD}
    foreign = await api.post(None, "/session", json=draft, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert foreign.json()["error"]["code"] == "wrong_origin"
    ours = await api.post(None, "/session", json=draft, headers={"origin": f"http://127.0.0.1:{api.port}"})
    assert ours.status_code == 201
