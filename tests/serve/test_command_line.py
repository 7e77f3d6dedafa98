"""The command line, on a store that nobody serves and beside a running server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from tests.support.server import Serve


def run(data: Path, *words: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MICROBLOG_")}
    return subprocess.run(
        [sys.executable, "-m", "microblog", *words],
        env={**clean, "MICROBLOG_DATA": str(data), **env},
        check=False,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
    )


def add(data: Path, handle: str, *more: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return run(
        data,
        "person",
        "add",
        handle,
        "--name",
        handle.title(),
        "--email",
        f"{handle}@example.org",
        *more,
        stdin=stdin,
    )


def test_a_person_is_added_to_a_store_that_did_not_exist(tmp_path: Path) -> None:
    done = add(tmp_path / "new", "ada")
    assert (done.returncode, done.stdout) == (0, "Added Ada as @ada.\n")
    assert (tmp_path / "new" / "microblog.db").exists()


@pytest.mark.parametrize(
    ("handle", "more", "complaint"),
    [
        ("ada", (), "taken"),
        ("not a handle", (), "handle"),
        ("linus", ("--password-stdin",), "8 characters"),
        ("linus", ("--admin", "--guest", "Elsewhere"), "guest can not be an administrator"),
    ],
)
def test_a_refusal_is_a_sentence(tmp_path: Path, handle: str, more: tuple[str, ...], complaint: str) -> None:
    add(tmp_path, "ada")
    done = add(tmp_path, handle, *more, stdin="short\n")
    assert done.returncode != 0
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_beside_a_running_server_what_it_does_holds_at_once(serve: Serve) -> None:
    server = serve()
    server.command(
        *(
            "person",
            "add",
            "ada",
            "--name",
            "Ada",
            "--email",
            "ada@example.org",
            "--admin",
            "--password-stdin",
        ),
        stdin="a difference engine\n",
    )
    login = {"login": "ada@example.org", "password": "a difference engine"}
    assert httpx2.post(f"{server.url}/api/v1/session", json=login).status_code == 201
    token = server.command("token", "ada", "--name", "a test")
    assert len(token.split()) == 1
    me = httpx2.get(f"{server.url}/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert (me.json()["person"]["handle"], me.json()["admin"]) == ("ada", True)


def test_a_bot_speaks_with_the_token_that_was_printed_alone(serve: Serve) -> None:
    server = serve()
    token = server.command("bot", "add", "marvin", "--name", "Marvin")
    who = {"Authorization": f"Bearer {token}"}
    said = httpx2.post(f"{server.url}/api/v1/posts", json={"text": "Life"}, headers=who)
    assert (said.status_code, said.json()["author"]["kind"]) == (201, "bot")


def test_a_guest_comes_from_somewhere_and_hears_nothing_of_all(serve: Serve) -> None:
    server = serve()
    server.command(
        *("person", "add", "edsger", "--name", "Edsger", "--email", "e@example.org", "--guest", "Eindhoven")
    )
    who = {"Authorization": f"Bearer {server.command('token', 'edsger')}"}
    me = httpx2.get(f"{server.url}/api/v1/me", headers=who).json()
    assert (me["kind"], me["person"]["organisation"]) == ("guest", "Eindhoven")
    assert httpx2.get(f"{server.url}/api/v1/timelines/all", headers=who).status_code in (403, 404)


def test_an_erasure_is_heard_within_a_second_and_stands_on_the_policy(serve: Serve) -> None:
    server = serve()
    server.command("person", "add", "ada", "--name", "Ada", "--email", "ada@example.org")
    who = {"Authorization": f"Bearer {server.command('token', 'ada')}"}
    post = httpx2.post(f"{server.url}/api/v1/posts", json={"text": "A secret of others"}, headers=who).json()
    head = httpx2.get(f"{server.url}/api/v1/timelines/all", headers=who).json()["head"]
    epoch = httpx2.get(f"{server.url}/api/v1/events?wait=0", headers=who).json()["epoch"]
    server.command("erase", str(post["id"]), "--reason", "Article 17", "--by", "ada")
    done = time.monotonic()
    heard = httpx2.get(
        f"{server.url}/api/v1/events?after={head}&epoch={epoch}&wait=25", headers=who, timeout=30
    ).json()
    assert time.monotonic() - done < 1
    assert [event["type"] for event in heard["items"]] == ["post.erased"]
    shown = httpx2.get(f"{server.url}/api/v1/posts/{post['id']}", headers=who)
    assert (shown.json()["text"], shown.json()["reason"]) == ("", "Article 17")
    assert "Article 17" in httpx2.get(f"{server.url}/policy").text


def test_an_erasure_of_nothing_is_refused(tmp_path: Path) -> None:
    add(tmp_path, "ada")
    done = run(tmp_path, "erase", "7", "--reason", "Article 17", "--by", "ada")
    assert (done.returncode, done.stderr) == (1, "Error: There is no such post.\n")


def test_settings_are_printed_with_their_source_and_without_secrets(tmp_path: Path) -> None:
    done = run(
        tmp_path, "settings", MICROBLOG_REDIS_URL="redis://:s3cret@cache.example", MICROBLOG_REDIS_URI="x"
    )
    assert "MICROBLOG_REDIS_URL=redis://:…@cache.example  (environment)" in done.stdout
    assert "MICROBLOG_WORKERS=1  (default)" in done.stdout
    assert "MICROBLOG_REDIS_URI is set in the environment and is no setting." in done.stdout
    assert "s3cret" not in done.stdout + done.stderr


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "migrate").returncode == 0
    assert run(tmp_path, "migrate").returncode == 0
    assert add(tmp_path, "ada").returncode == 0
