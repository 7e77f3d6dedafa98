"""`serve --demo`: a company that is at work, two people to be, and nothing left behind."""

from __future__ import annotations

import re
import time
from pathlib import Path

import httpx2

from tests.support.server import Serve, Server

LIVE_WITHIN = 40.0
"""Seconds until a colleague says something while one looks on: nine on average, of a machine that has nothing else to do."""


def _logins(server: Server) -> list[tuple[str, str]]:
    deadline = time.monotonic() + 20
    while len(found := re.findall(r"log in as (\S+) with (\S+)", server.said)) < 2:
        assert time.monotonic() < deadline, server.said
        time.sleep(0.05)
    return found


def test_two_people_can_log_in_and_colleagues_talk_on(serve: Serve, tmp_path: Path) -> None:
    server = serve("--demo", env={"TMPDIR": str(tmp_path)})
    folders = list(tmp_path.glob("microblog-demo-*"))
    assert len(folders) == 1
    for login, password in _logins(server):
        with httpx2.Client(
            base_url=f"{server.url}/api/v1", headers={"Origin": server.url}, trust_env=False
        ) as somebody:
            answer = somebody.post("/session", json={"login": login, "password": password})
            assert answer.status_code == 201, answer.text
            assert len(somebody.get("/whereabouts").json()["items"]) == 40
            assert len(somebody.get("/groups").json()["items"]) > 10
            for timeline in ("home", "all", "mentions", "bookmarks", "topic/kwartslagdag"):
                assert somebody.get(f"/timelines/{timeline}").json()["items"], (login, timeline)
            newest = somebody.get("/timelines/home?limit=20").json()["items"]
            assert len(newest) == 20
            assert any(post["reactions"] for post in newest) and any(post["replies"] for post in newest)
            head = somebody.get("/timelines/home").json()["head"]
            began = time.monotonic()
            kinds: set[str] = set()
            while "post.published" not in kinds:
                assert time.monotonic() - began < LIVE_WITHIN
                heard = somebody.get("/events", params={"wait": 5}, timeout=20).json()
                kinds |= {event["type"] for event in heard["items"]}
                assert heard["head"] >= head
    assert server.stop() == 0
    assert not folders[0].exists()
