"""The main job, in each arrangement: what one says is on the other's screen, whoever says it and wherever it lands."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.chaos.conftest import Company
from tests.support.curl import curl


@dataclass
class Window:
    """A browser window as the server meets it: a session cookie, an Origin, a WebSocket."""

    url: str
    cookie: str
    socket: ClientConnection
    worker: str
    frames: list[dict[str, Any]] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "Origin": self.url}

    async def sees(self, kind: str, within: float = 5.0, **expected: object) -> dict[str, Any]:
        """Wait for an event of this type whose data says so."""
        async with asyncio.timeout(within):
            while True:
                frame = json.loads(await self.socket.recv())
                self.frames.append(frame)
                data = frame.get("data", {})
                if frame["type"] == kind and all(data.get(name) == value for name, value in expected.items()):
                    return dict(data)

    async def call(self, method: str, path: str, body: object = None, status: int = 200) -> Any:
        """A request on a connection of its own, which either worker may take."""
        async with httpx2.AsyncClient(headers=self.headers, trust_env=False) as client:
            answer = await client.request(method, f"{self.url}/api/v1{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None


async def test_what_one_says_is_on_every_screen(company: Company) -> None:
    url = company.server.url
    async with AsyncExitStack() as opened:
        ada = await _joined(opened, company, "grace")
        linus = await _joined(opened, company, "linus", unlike=ada.worker)
        assert company.server.workers == set() or ada.worker != linus.worker
        said = await ada.call("POST", "/posts", {"text": "At the client until noon. #whereabouts"}, 201)
        for window in (ada, linus):
            heard = await window.sees("post.published", id=said["id"])
            assert heard == said
        await linus.call("PUT", f"/posts/{said['id']}/reactions/like")
        assert (await ada.sees("post.reacted", id=said["id"]))["reactions"] == {"like": 1}
        answer = await linus.call("POST", "/posts", {"text": "Which one?", "reply_to": said["id"]}, 201)
        assert (await ada.sees("post.published", id=answer["id"]))["reply_to"] == said["id"]

        token = await asyncio.to_thread(company.bot, "marvin")
        for number in range(6):
            text = f"The lift is broken, day {number}"
            bearer, body = f"Authorization: Bearer {token}", json.dumps({"text": text})
            bot = await asyncio.create_subprocess_exec(
                *curl("-sS", "--noproxy", "*", f"{url}/api/v1/posts", "-H", bearer, "--json", body),
                stdout=asyncio.subprocess.DEVNULL,
            )
            assert await bot.wait() == 0
            for window in (ada, linus):
                assert (await window.sees("post.published", text=text))["author"]["handle"] == "marvin"

        await ada.call("POST", "/groups", {"handle": "two", "name": "Two", "kind": "private"}, 201)
        secret = await ada.call("POST", "/posts", {"text": "Between us", "group": "two"}, 201)
        assert (await ada.sees("post.published", id=secret["id"]))["text"] == "Between us"
        await linus.call("GET", f"/posts/{secret['id']}", status=404)
        last = await ada.call("POST", "/posts", {"text": "To everyone"}, 201)
        await linus.sees("post.published", id=last["id"])
        assert secret["id"] not in [frame.get("data", {}).get("id") for frame in linus.frames]
        await ada.call("DELETE", f"/posts/{said['id']}")
        assert (await linus.sees("post.withdrawn", id=said["id"]))["text"] == ""


async def _joined(opened: AsyncExitStack, company: Company, handle: str, unlike: str = "") -> Window:
    """Somebody who came in by Ada's invitation, with a window open: at another worker than `unlike`, if there is one."""
    url = company.server.url
    async with httpx2.AsyncClient(
        base_url=f"{url}/api/v1", headers={"Origin": url}, trust_env=False
    ) as client:
        invitation = await client.post("/invitations", json={}, headers=company.bearer)
        assert invitation.status_code == 201, invitation.text
        joining = {"handle": handle, "name": handle.title(), "password": "correct horse battery"}
        joined = await client.post("/join", json={"code": invitation.json()["code"], **joining})
        assert joined.status_code == 201, joined.text
    cookie = joined.headers["set-cookie"].partition(";")[0]
    while True:
        socket = await connect(
            f"{url.replace('http', 'ws')}/api/v1/stream",
            additional_headers={"Cookie": cookie},
            origin=Origin(url),
        )
        hello = json.loads(await socket.recv())
        if hello["worker"] != unlike or not company.server.workers:
            opened.push_async_callback(socket.close)
            return Window(url, cookie, socket, hello["worker"])
        await socket.close()
