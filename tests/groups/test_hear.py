"""Groups on the running server: a live connection hears a group from joining it to leaving it, and not a word more."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2

from tests.realtime.listeners import screen
from tests.support.people import Someone, settle
from tests.support.server import Serve, Server
from tests.support.store import Store


async def test_grace_hears_a_private_group_between_coming_and_going(store: Store, serve: Serve) -> None:
    async with store.opened() as database:
        people = await settle(database)
    server = await asyncio.to_thread(serve, data=store.data, env={"MICROBLOG_DATABASE_URL": store.url})
    async with (
        httpx2.AsyncClient(base_url=f"{server.url}/api/v1", trust_env=False) as client,
        screen(server.port, people.grace.token) as grace,
        screen(server.port, people.linus.token) as linus,
        screen(server.port, people.ada.token) as ada,
    ):

        async def call(who: Someone, method: str, path: str, **json: str) -> Any:
            answer = await client.request(method, path, headers=who.bearer, json=json or None)
            assert answer.is_success, answer.text
            return answer.json() if answer.content else None

        board = await call(people.linus, "POST", "/groups", handle="board", name="Board", kind="private")
        await call(people.linus, "POST", "/posts", text="Before.", group="board")
        await call(people.linus, "PUT", "/groups/board/members/grace")
        await call(people.linus, "POST", "/posts", text="With her.", group="board")
        await call(people.linus, "DELETE", "/groups/board/members/grace")
        await call(people.linus, "POST", "/posts", text="After.", group="board")
        await call(people.linus, "POST", "/posts", text="To everyone.")

        joined, said, left, last = await grace.events(4)
        assert (joined["type"], joined["data"]["group"]["name"]) == ("group.joined", "Board")
        assert (said["type"], said["data"]["text"]) == ("post.published", "With her.")
        assert (left["type"], left["data"]["group"]) == ("group.left", {"id": board["id"], "member_count": 1})
        assert last["data"]["text"] == "To everyone."
        assert [event["type"] for event in await linus.events(7)] == [
            "group.joined",
            "post.published",
            "group.joined",
            "post.published",
            "group.left",
            "post.published",
            "post.published",
        ]
        assert [event["data"]["text"] for event in await ada.events(1)] == ["To everyone."]
        await _replay_is_no_wider(client, server, people.grace)


async def _replay_is_no_wider(client: httpx2.AsyncClient, server: Server, grace: Someone) -> None:
    """Asking for everything again after having left brings back nothing of the group but that she left it."""
    epoch = (await client.get("/events", headers=grace.bearer, params={"wait": 0})).json()["epoch"]
    asked = {"after": 0, "epoch": epoch, "wait": 0}
    replayed = (await client.get("/events", headers=grace.bearer, params=asked)).json()
    assert replayed["reset"] is False
    kinds = [event["type"] for event in replayed["items"] if event["type"] != "person.revised"]
    assert kinds == ["group.left", "post.published"]
    assert "board" not in str(replayed).lower()
