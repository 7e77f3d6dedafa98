"""Personal tokens: shown once, scoped, ended at once."""

from __future__ import annotations

from sqlalchemy import select

from microblog.access.secrets import hash_of
from microblog.access.tables import tokens
from microblog.db import Tx
from tests.support.api import Api


async def test_a_token_works_and_its_secret_is_kept_nowhere(api: Api) -> None:
    made = (await api.post(api.people.linus, "/tokens", json={"name": "laptop"})).json()
    assert made["secret"].startswith("mb_")
    me = await api.client.get("/api/v1/me", headers={"authorization": f"Bearer {made['secret']}"})
    assert me.json()["person"]["handle"] == "linus"
    listed = (await api.get(api.people.linus, "/tokens")).json()["items"]
    assert [token["name"] for token in listed] == ["laptop", "tests"]
    assert all("secret" not in token for token in listed)
    assert await api.database.read(_kept, None, made["id"]) == hash_of(made["secret"])


async def test_a_deleted_token_stops_working_and_live_connections_are_told(api: Api) -> None:
    made = (await api.post(api.people.linus, "/tokens", json={"name": "laptop"})).json()
    bearer = {"authorization": f"Bearer {made['secret']}"}
    assert (await api.client.get("/api/v1/me", headers=bearer)).status_code == 200
    assert (await api.call(api.people.grace, "DELETE", f"/tokens/{made['id']}")).status_code == 404
    assert (await api.client.get("/api/v1/me", headers=bearer)).status_code == 200
    assert (await api.call(api.people.linus, "DELETE", f"/tokens/{made['id']}")).status_code == 204
    assert (await api.client.get("/api/v1/me", headers=bearer)).status_code == 401
    (deleted,) = api.events("token.deleted")
    assert deleted.control is not None
    assert deleted.control.close == (f"token:{made['id']}",)


async def test_a_token_that_may_only_read_only_reads(api: Api) -> None:
    draft = {"name": "reader", "scopes": ["read"]}
    made = (await api.post(api.people.linus, "/tokens", json=draft)).json()
    bearer = {"authorization": f"Bearer {made['secret']}"}
    assert (await api.client.get("/api/v1/me", headers=bearer)).status_code == 200
    refused = await api.client.post("/api/v1/tokens", json={"name": "more"}, headers=bearer)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "scope")


async def test_a_repeated_key_makes_one_token_and_names_it(api: Api) -> None:
    headers = {"idempotency-key": "laptop-1"}
    made = await api.post(api.people.linus, "/tokens", json={"name": "laptop"}, headers=headers)
    again = await api.post(api.people.linus, "/tokens", json={"name": "laptop"}, headers=headers)
    assert made.status_code == 201
    assert (again.status_code, again.json()["error"]["code"]) == (409, "already_created")
    assert again.json()["error"]["id"] == made.json()["id"]
    other = await api.post(api.people.linus, "/tokens", json={"name": "phone"}, headers=headers)
    assert (other.status_code, other.json()["error"]["code"]) == (409, "key_reused")
    # The key is Linus' own: Grace's first use of it makes hers.
    hers = await api.post(api.people.grace, "/tokens", json={"name": "laptop"}, headers=headers)
    assert hers.status_code == 201
    assert len((await api.get(api.people.linus, "/tokens")).json()["items"]) == 2


async def test_two_different_keys_in_one_request_are_refused(api: Api) -> None:
    draft = {"name": "laptop", "key": "one"}
    both = await api.post(api.people.linus, "/tokens", json=draft, headers={"idempotency-key": "two"})
    assert (both.status_code, both.json()["error"]["field"]) == (422, "key")
    same = await api.post(api.people.linus, "/tokens", json=draft, headers={"idempotency-key": "one"})
    assert same.status_code == 201


async def test_nonsense_for_credentials_is_a_401(api: Api) -> None:
    for value in ("Bearer", "Bearer mb_nonsense", "Basic YTpi", "mb_x", "Bearer \xff"):
        answer = await api.client.get("/api/v1/me", headers=[(b"authorization", value.encode("latin-1"))])
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


def _kept(tx: Tx, viewer: None, number: int) -> bytes:
    return bytes(tx.execute(select(tokens.c.secret_hash).where(tokens.c.id == number)).scalar_one())
