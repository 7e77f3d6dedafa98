"""What goes with every answer: validators, who may keep it, and what a browser is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from microblog.core.errors import StorageFull, TooMany, Unavailable
from microblog.core.viewer import Viewer
from microblog.db import Tx
from microblog.http import Erasure, Row
from microblog.http.answering import matches, takes_gzip
from microblog.http.dispatch import logged
from tests.support.api import Api, served


async def test_a_get_that_was_read_already_is_a_304(api: Api) -> None:
    first = await api.get(api.people.linus, "/me")
    assert first.headers["cache-control"] == "private, no-cache"
    again = await api.get(api.people.linus, "/me", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await api.call(api.people.linus, "PATCH", "/me", json={"name": "Linus"})
    changed = await api.get(api.people.linus, "/me", headers={"if-none-match": first.headers["etag"]})
    assert (changed.status_code, changed.json()["person"]["name"]) == (200, "Linus")


async def test_head_is_get_without_the_body(api: Api) -> None:
    whole = await api.get(api.people.linus, "/me", headers={"accept-encoding": "identity"})
    head = await api.call(api.people.linus, "HEAD", "/me", headers={"accept-encoding": "identity"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["etag"] == whole.headers["etag"]


async def test_secrets_are_stored_nowhere(api: Api) -> None:
    for path in ("/tokens", "/sessions"):
        answer = await api.get(api.people.linus, path)
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


async def test_browsers_are_told_what_they_may_do(api: Api) -> None:
    answer = await api.get(api.people.linus, "/me")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "strict-transport-security" not in answer.headers


async def test_behind_tls_cookies_are_host_cookies_and_the_browser_stays_there(tmp_path: Path) -> None:
    async with served(tmp_path, public_url="https://microblog.example") as api:
        code = (await api.post(api.people.ada, "/invitations", json={})).json()["code"]
        draft = {"code": code, "handle": "barbara", "name": "Barbara", "password": "long enough"}
        answer = await api.post(None, "/join", json=draft)
        assert answer.headers["set-cookie"].startswith("__Host-session=")
        assert "Secure" in answer.headers["set-cookie"]
        assert "max-age=" in answer.headers["strict-transport-security"]


def _row(method: str, call: Any) -> Row:
    return Row(method, "/trouble", call, open=True, summary="Trouble")


@pytest.mark.parametrize(
    ("problem", "status", "retry_after"),
    [
        (Unavailable("away", retry_after=1.2), 503, "2"),
        (TooMany("slow down", retry_after=7), 429, "7"),
        (StorageFull("full"), 507, "60"),
    ],
)
async def test_trouble_says_when_to_come_back(
    tmp_path: Path, problem: Exception, status: int, retry_after: str
) -> None:
    def trouble(tx: Tx, viewer: Viewer) -> None:
        raise problem

    async with served(tmp_path, more_rows=[_row("GET", trouble)]) as api:
        answer = await api.get(None, "/trouble")
        assert (answer.status_code, answer.headers["retry-after"]) == (status, retry_after)


async def test_what_nobody_foresaw_is_a_500_with_a_number_and_nothing_of_the_cause(tmp_path: Path) -> None:
    def trouble(tx: Tx, viewer: Viewer) -> None:
        raise RuntimeError("the secret is 12345")

    async with served(tmp_path, more_rows=[_row("GET", trouble)]) as api:
        answer = await api.get(None, "/trouble")
        assert answer.status_code == 500
        assert answer.json()["error"]["code"] == "internal"
        assert "12345" not in answer.text
        assert (await api.get(api.people.linus, "/me")).status_code == 200


def test_rows_that_could_not_keep_the_promises_do_not_start() -> None:
    import msgspec

    from microblog.http.endpoint import Endpoint

    class Loose(msgspec.Struct):
        text: str

    class Unbounded(msgspec.Struct, forbid_unknown_fields=True):
        number: int

    def call(tx: Tx, viewer: Viewer, draft: object) -> None: ...

    for shape in (Loose, Unbounded):
        with pytest.raises(TypeError):
            Endpoint(Row("POST", "/x", call, body=shape), None, None)  # type: ignore[arg-type]


def test_etags_compare_weakly_and_gzip_can_be_refused() -> None:
    assert matches(b'W/"a"', b'"b", "a"')
    assert matches(b'W/"a"', b"*")
    assert not matches(b'W/"a"', b'W/"b"')
    assert takes_gzip(b"br, gzip")
    assert not takes_gzip(b"gzip;q=0, br")
    assert not takes_gzip(None)


def test_addresses_that_are_secrets_are_not_logged() -> None:
    assert logged("/feeds/abc123/home.atom") == "/feeds/…"
    assert logged("/hooks/abc123") == "/hooks/…"
    assert logged("/api/v1/feeds") == "/api/v1/feeds"


async def test_pages_run_only_the_scripts_they_name(api: Api) -> None:
    for path in ("/", "/home", "/groups/garden", "/posts/12"):
        page = await api.client.get(path)
        assert page.status_code == 200
        policy = page.headers["content-security-policy"]
        assert "script-src 'self' 'sha256-" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
    unknown = await api.client.get("/nowhere/at/all", headers={"accept": "text/html"})
    assert (unknown.status_code, "importmap" in unknown.text) == (404, True)
    assert (await api.client.get("/nowhere/at/all")).json()["error"]["code"] == "not_found"


async def test_files_below_their_version_are_kept_for_ever_and_others_asked_for(api: Api) -> None:
    page = (await api.client.get("/")).text
    address = page.split('src="')[1].split('"')[0]
    assert address.startswith("/static/~")
    kept = await api.client.get(address)
    assert "immutable" in kept.headers["cache-control"]
    assert kept.headers["content-encoding"] == "gzip"
    asked = await api.client.get("/static/app.js")
    assert asked.headers["cache-control"] == "public, no-cache"
    stale = await api.client.get("/static/~0123/app.js")
    assert (stale.status_code, stale.headers["cache-control"]) == (200, "public, no-cache")


@pytest.mark.parametrize(
    "path", ["/static/../microblog.db", "/static/%2e%2e/microblog.db", "/static/", "/static/.x.js"]
)
async def test_nothing_but_the_clients_files_is_served(api: Api, path: str) -> None:
    assert (await api.client.get(path)).status_code == 404


async def test_the_policy_says_it_in_both_languages_and_lists_every_erasure(tmp_path: Path) -> None:
    def erasures(tx: Tx, viewer: None) -> list[Erasure]:
        return [Erasure(at=1_700_000_000_000, by="ada", reason="Court order <12>")]

    async with served(tmp_path, erasures=erasures) as api:
        dutch = await api.client.get("/policy", headers={"accept-language": "nl-NL,nl;q=0.9,en;q=0.8"})
        english = await api.client.get("/policy", headers={"accept-language": "fr,en"})
        assert '<html lang="nl">' in dutch.text
        assert '<html lang="en">' in english.text
        for page in (dutch.text, english.text):
            assert "Iedereen mag alles zeggen" in page
            assert "Anyone may say anything" in page
            assert "Court order &lt;12&gt;" in page
            assert "<script" not in page
            assert "2023-11-14 22:13 UTC" in page


async def test_health_and_figures(api: Api) -> None:
    assert (await api.client.get("/healthz")).status_code == 200
    assert (await api.client.get("/readyz")).json() == {"ready": True, "checks": {"database": True}}
    assert "microblog_requests_total" in (await api.client.get("/metrics")).text
    forwarded = {"x-forwarded-for": "203.0.113.7"}
    assert (await api.client.get("/metrics", headers=forwarded)).status_code == 404
    assert (
        await api.client.get("/metrics", headers={**forwarded, **api.people.linus.bearer})
    ).status_code == 404
    assert (
        await api.client.get("/metrics", headers={**forwarded, **api.people.ada.bearer})
    ).status_code == 200


async def test_the_api_describes_itself(api: Api) -> None:
    answer = await api.get(None, "/openapi.json", headers={"accept-encoding": "gzip"})
    document = answer.json()
    assert document["openapi"] == "3.1.0"
    assert answer.headers["content-encoding"] == "gzip"
    operations = {
        operation["operationId"] for path in document["paths"].values() for operation in path.values()
    }
    assert {"post_session", "get_people_handle", "delete_tokens_id", "get_stream"} <= operations
    page = await api.client.get("/api")
    assert page.status_code == 200
    assert "/api/v1/people/{handle}" in page.text
    assert "<script" not in page.text
