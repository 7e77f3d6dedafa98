"""What was taken back is soon in no file of the store any more, without anybody asking."""

from __future__ import annotations

import time

import httpx2

from tests.serve.test_serve import administrator, say
from tests.support.server import Serve, Server

SECRET = "the merger with Acme"
FORGOTTEN_WITHIN = 20.0


def _traces(server: Server) -> int:
    files = [path for path in server.data.iterdir() if path.is_file()]
    return sum(path.read_bytes().count(SECRET.encode()) for path in files)


def _until_forgotten(server: Server) -> None:
    deadline = time.monotonic() + FORGOTTEN_WITHIN
    while _traces(server):
        assert time.monotonic() < deadline, f"{_traces(server)} traces are left."
        time.sleep(0.1)


def test_what_was_withdrawn_or_erased_leaves_the_files_of_the_store(serve: Serve) -> None:
    server = serve()
    ada = administrator(server)
    withdrawn, erased = (say(server, ada, f"Tell nobody: {SECRET}") for _ in range(2))
    revised = httpx2.patch(
        f"{server.url}/api/v1/posts/{withdrawn}", json={"text": f"Again: {SECRET}"}, headers=ada
    )
    assert revised.status_code == 200
    assert _traces(server) >= 3
    assert httpx2.delete(f"{server.url}/api/v1/posts/{withdrawn}", headers=ada).status_code == 200
    server.command("erase", str(erased), "--reason", "A court has said so.", "--by", "ada")
    _until_forgotten(server)
    kept = say(server, ada, "Something else")
    assert httpx2.get(f"{server.url}/api/v1/posts/{kept}", headers=ada).status_code == 200
