"""`microblog serve` as an operator meets it: set up once, refuse what can not work, stop when told, come back as it was."""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.server import Serve, Server


def administrator(server: Server) -> dict[str, str]:
    """Ada, who administers, and her token as a header."""
    server.command("person", "add", "ada", "--name", "Ada", "--email", "ada@example.org", "--admin")
    return {"Authorization": f"Bearer {server.command('token', 'ada')}"}


def say(server: Server, who: dict[str, str], text: str) -> int:
    answer = httpx2.post(f"{server.url}/api/v1/posts", json={"text": text}, headers=who)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def link(server: Server) -> str:
    """The set-up code that was printed last."""
    return str(re.findall(rf"{server.url}/setup#(\S+)", server.said)[-1])


def test_an_empty_store_is_set_up_by_the_printed_link_and_only_once(serve: Serve) -> None:
    server = serve()
    draft = {"handle": "ada", "name": "Ada", "password": "a difference engine"}
    joined = httpx2.post(f"{server.url}/api/v1/join", json={**draft, "code": link(server)})
    assert joined.status_code == 201, joined.text
    me = httpx2.get(f"{server.url}/api/v1/me", cookies=joined.cookies).json()
    assert me["admin"] is True
    again = httpx2.post(
        f"{server.url}/api/v1/join", json={**draft, "handle": "mallory", "code": link(server)}
    )
    assert again.status_code in (404, 409)
    links = server.said.count("/setup#")
    server.stop()
    server.start()
    assert server.said.count("/setup#") == links


def test_a_link_printed_earlier_is_no_longer_good(serve: Serve) -> None:
    server = serve()
    first = link(server)
    server.stop()
    server.start()
    assert link(server) != first
    draft = {"handle": "mallory", "name": "Mallory", "password": "a difference engine"}
    refused = httpx2.post(f"{server.url}/api/v1/join", json={**draft, "code": first})
    assert refused.status_code == 404


def test_several_workers_without_redis_are_refused_in_a_sentence(serve: Serve) -> None:
    server = serve("--workers", "2", started=False)
    server.start(ready=False)
    assert server.wait() == 1
    assert "2 workers need Redis" in server.said
    assert "MICROBLOG_REDIS_URL" in server.said
    assert "Traceback" not in server.said


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("MICROBLOG_WORKERS", "many", "MICROBLOG_WORKERS"),
        ("MICROBLOG_DATABASE_URL", "mysql://x/y", "MICROBLOG_DATABASE_URL"),
        ("MICROBLOG_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none", "The store can not be used"),
    ],
)
def test_what_can_not_be_used_is_named_in_a_sentence(
    serve: Serve, name: str, value: str, complaint: str
) -> None:
    server = serve(env={name: value}, started=False)
    server.start(ready=False)
    assert server.wait() == 1
    assert complaint in server.said
    assert "Traceback" not in server.said


def test_a_variable_that_is_no_setting_is_pointed_out(serve: Serve) -> None:
    server = serve(env={"MICROBLOG_REDIS_URI": "redis://localhost"})
    assert "MICROBLOG_REDIS_URI" in server.said
    assert "MICROBLOG_REDIS_URL" in server.said


def test_a_second_server_on_the_store_is_refused_and_harms_nothing(serve: Serve) -> None:
    first = serve()
    ada = administrator(first)
    second = serve(data=first.data, started=False)
    second.start(ready=False)
    assert second.wait() == 1
    assert f"Another server (process {first.pid}) is serving the store" in second.said
    assert say(first, ada, "Still here")


def test_after_a_kill_it_is_ready_within_3_seconds_with_the_same_epoch(serve: Serve) -> None:
    server = serve()
    ada = administrator(server)
    said = say(server, ada, "Said before the kill")
    epoch = httpx2.get(f"{server.url}/api/v1/events?wait=0", headers=ada).json()["epoch"]
    server.kill()
    server.start()
    assert server.age < 3
    assert httpx2.get(f"{server.url}/api/v1/events?wait=0", headers=ada).json()["epoch"] == epoch
    assert (
        httpx2.get(f"{server.url}/api/v1/posts/{said}", headers=ada).json()["text"] == "Said before the kill"
    )


async def hello(url: str, who: dict[str, str], **how: object) -> tuple[ClientConnection, dict[str, object]]:
    socket = await connect(f"{url.replace('http', 'ws')}/api/v1/stream", additional_headers=who)
    return socket, json.loads(await socket.recv())


async def test_workers_are_named_and_what_one_takes_is_heard_from_the_other(
    serve: Serve, redis_url: str
) -> None:
    server = serve("--workers", "2", env={"MICROBLOG_REDIS_URL": redis_url})
    ada = await asyncio.to_thread(administrator, server)
    async with AsyncExitStack() as opened:
        sockets: dict[str, ClientConnection] = {}
        for _ in range(60):
            socket, said = await hello(server.url, ada)
            opened.push_async_callback(socket.close)
            sockets[str(said["worker"])] = socket
        assert set(sockets) == {"1", "2"}
        for number in range(6):
            await asyncio.to_thread(say, server, ada, f"Number {number}")
        for socket in sockets.values():
            heard: list[str] = []
            while len(heard) < 6:
                frame = json.loads(await asyncio.wait_for(socket.recv(), 5))
                # The first heartbeat comes whenever the wheel gets there.
                if frame["type"] != "heartbeat":
                    heard.append(frame["data"]["text"])
            assert heard == [f"Number {number}" for number in range(6)]


@pytest.mark.parametrize("workers", [1, 2])
async def test_told_to_stop_with_every_kind_of_client_it_tells_them_and_is_gone_within_15_seconds(
    serve: Serve, redis_url: str, workers: int
) -> None:
    server = serve("--workers", str(workers), env={"MICROBLOG_REDIS_URL": redis_url})
    ada = await asyncio.to_thread(administrator, server)
    sockets = [(await hello(server.url, ada))[0] for _ in range(20)]
    async with httpx2.AsyncClient(timeout=30, headers=ada) as client, AsyncExitStack() as opened:
        stream = await opened.enter_async_context(
            client.stream("GET", f"{server.url}/api/v1/stream", headers={"Accept": "text/event-stream"})
        )
        poll = asyncio.create_task(client.get(f"{server.url}/api/v1/events?wait=25"))
        half = await asyncio.open_connection("127.0.0.1", server.port)
        half[1].write(b"POST /api/v1/posts HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        await asyncio.sleep(0.3)
        began = time.monotonic()
        status = asyncio.create_task(asyncio.to_thread(server.stop, 20))
        for socket in sockets:
            with pytest.raises(ConnectionClosed):
                while True:
                    await asyncio.wait_for(socket.recv(), 15)
            assert socket.close_code == 1012
        assert (await asyncio.wait_for(poll, 15)).status_code in (200, 503)
        async for _ in stream.aiter_bytes():
            pass
        assert await status == 0
        assert time.monotonic() - began < 15
        half[1].close()


def test_the_page_and_its_modules_are_served(serve: Serve) -> None:
    server = serve()
    page = httpx2.get(f"{server.url}/home")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "server" not in page.headers


def test_forwarded_headers_are_believed_from_a_proxy_alone(serve: Serve, tmp_path: Path) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    plain = serve()
    assert "strict-transport-security" not in httpx2.get(f"{plain.url}/", headers=forwarded).headers
    behind = serve(env={"MICROBLOG_PROXIES": "127.0.0.0/8"}, data=tmp_path / "behind")
    assert "strict-transport-security" in httpx2.get(f"{behind.url}/", headers=forwarded).headers
