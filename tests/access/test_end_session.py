"""Sessions: seen, ended, and ended everywhere at once."""

from __future__ import annotations

from tests.support.api import Api
from tests.support.people import Someone


def cookie(api: Api, who: Someone) -> dict[str, str]:
    return {"cookie": f"session={who.cookie}", "origin": f"http://127.0.0.1:{api.port}"}


async def test_linus_sees_his_sessions_and_which_is_this_one(api: Api) -> None:
    (session,) = (await api.call(None, "GET", "/sessions", headers=cookie(api, api.people.linus))).json()[
        "items"
    ]
    assert session["current"] is True
    (seen,) = (await api.get(api.people.linus, "/sessions")).json()["items"]  # with a token: none is this one
    assert seen["current"] is False


async def test_logging_out_ends_the_session_and_tells_every_process(api: Api) -> None:
    headers = cookie(api, api.people.linus)
    assert (await api.call(None, "GET", "/me", headers=headers)).status_code == 200
    answer = await api.call(None, "DELETE", "/session", headers=headers)
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert (await api.call(None, "GET", "/me", headers=headers)).status_code == 401
    (ended,) = api.events("session.ended")
    assert ended.control is not None
    assert ended.control.close == (api.people.linus.viewer.via,)
    assert ended.channels == ()


async def test_nobody_ends_another_persons_session(api: Api) -> None:
    (session,) = (await api.get(api.people.linus, "/sessions")).json()["items"]
    assert (await api.call(api.people.grace, "DELETE", f"/sessions/{session['id']}")).status_code == 404
    assert (await api.call(None, "GET", "/me", headers=cookie(api, api.people.linus))).status_code == 200
    assert (await api.call(api.people.linus, "DELETE", f"/sessions/{session['id']}")).status_code == 204
    assert (await api.call(None, "GET", "/me", headers=cookie(api, api.people.linus))).status_code == 401


async def test_a_write_by_cookie_needs_our_own_origin(api: Api) -> None:
    ours = cookie(api, api.people.linus)
    draft = {"name": "from a browser"}
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{api.port}.evil.example"):
        headers = {**ours, "origin": origin}
        assert (await api.call(None, "POST", "/tokens", json=draft, headers=headers)).status_code == 403
    bare = {"cookie": ours["cookie"]}
    assert (await api.call(None, "POST", "/tokens", json=draft, headers=bare)).status_code == 403
    assert (await api.call(None, "POST", "/tokens", json=draft, headers=ours)).status_code == 201
    assert (await api.call(None, "GET", "/me", headers=bare)).status_code == 200  # reading needs none
