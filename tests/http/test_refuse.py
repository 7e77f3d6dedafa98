"""Whatever is sent: a clear 4xx that names the field, or the byte where the JSON breaks. Never a 5xx."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from microblog.http.reading import LARGEST_BODY
from tests.support.api import Api

DEEP = b"[" * 10_000 + b"]" * 10_000

BROKEN = [
    (b"", 0),
    (b"{", 1),
    (b'{"name": ?}', 9),
    (b'{"name": NaN}', 9),
    (b'{"name": "a"} trailing', 14),
    (b'{"name": "a\x00b"}', 11),
    (b'{"name": "\xff"}', 10),
    (b'{"name": "h\xc3\xa9llo \xed\xa0\x80"}', 17),
    (b'{"name": "\\ud800"}', 10),
    (b'\xef\xbb\xbf{"name": "a"}', 0),
]

WRONG = [
    (b"[]", "$"),
    (DEEP, "$"),
    (b'{"name": ' + DEEP + b"}", "name"),
    (b'{"name": "a", "zz": ' + DEEP + b"}", "zz"),
    (b'{"name": "a", "zz": 1}', "zz"),
    (b"{}", "name"),
    (b'{"name": 5}', "name"),
    (b'{"name": null}', "name"),
    (b'{"name": ' + b"9" * 400 + b"}", "name"),
    (b'{"name": 1e999}', "name"),
    (b'{"name": ""}', "name"),
    (b'{"name": "a", "scopes": ["read", "admin"]}', "scopes[1]"),
    (b'{"name": "a", "scopes": []}', "scopes"),
    (b'{"name": "a\\u0000b"}', "name"),
]


@pytest.mark.parametrize(("body", "byte"), BROKEN)
async def test_broken_json_is_a_400_with_the_byte(api: Api, body: bytes, byte: int) -> None:
    answer = await api.post(api.people.linus, "/tokens", content=body)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == "broken_json"
    assert f"byte {byte}:" in error["message"]


@pytest.mark.parametrize(("body", "field"), WRONG)
async def test_what_does_not_fit_is_a_422_with_the_path(api: Api, body: bytes, field: str) -> None:
    answer = await api.post(api.people.linus, "/tokens", content=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == field
    assert set(answer.json()["error"]) == {"code", "message", "field"}


async def test_what_fits_is_taken(api: Api) -> None:
    answer = await api.post(api.people.linus, "/tokens", content='{"name": "émile \\ud83d\\ude00"}'.encode())
    assert (answer.status_code, answer.json()["name"]) == (201, "émile 😀")


async def test_a_body_past_the_limit_is_a_413_declared_or_not(api: Api) -> None:
    large = json.dumps({"name": "a" * LARGEST_BODY}).encode()
    declared = await api.post(api.people.linus, "/tokens", content=large)
    assert (declared.status_code, declared.json()["error"]["code"]) == (413, "too_large")

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 8192):
            yield large[start : start + 8192]

    streamed = await api.post(api.people.linus, "/tokens", content=chunks())
    assert streamed.status_code == 413
    padded = b'{"name": "a"' + b" " * 60_000 + b"}"
    assert (await api.post(api.people.linus, "/tokens", content=padded)).status_code == 201


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("limit=0", 422, "limit"),
        ("limit=" + "9" * 400, 422, "limit"),
        ("limit=ten", 422, "limit"),
        ("limit=1&limit=2", 422, "limit"),
        ("before=-1", 422, "before"),
        ("nope=1", 422, "nope"),
        ("q=%00", 422, "q"),
        ("q=%ff", 400, None),
        ("q=%ed%a0%80", 400, None),
        ("&".join(f"q{n}=1" for n in range(300)), 400, None),
        ("limit=1", 200, None),
    ],
)
async def test_queries(api: Api, query: str, status: int, field: str | None) -> None:
    answer = await api.get(api.people.linus, f"/people?{query}")
    assert answer.status_code == status
    if status >= 400:
        assert answer.json()["error"]["field"] == field


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/people/",
        "/people/%00",
        "/people/%ff",
        "/people/" + "a" * 5000,
        "/tokens/abc",
        "/tokens/99",
        "",
    ],
)
async def test_an_unknown_path_is_a_404_in_json(api: Api, path: str) -> None:
    answer = await api.call(api.people.linus, "DELETE" if path.startswith("/tokens") else "GET", path)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


async def test_a_wrong_method_is_a_405_that_says_which(api: Api) -> None:
    answer = await api.call(api.people.linus, "PUT", "/tokens")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert (await api.call(api.people.linus, "OPTIONS", "/tokens")).status_code == 204


async def test_without_credentials_it_is_a_401_before_anything_is_read(api: Api) -> None:
    assert (await api.post(None, "/tokens", content=b"{")).status_code == 401


async def test_a_client_that_leaves_in_the_middle_of_its_body_harms_nobody(api: Api) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", api.port)
    head = f"POST /api/v1/tokens HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {api.people.linus.token}\r\n"
    writer.write(head.encode() + b'content-length: 500\r\n\r\n{"name": "ha')
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    listed = (await api.get(api.people.linus, "/tokens")).json()["items"]
    assert [token["name"] for token in listed] == ["tests"]
