"""People at their screens: one listener per transport, all with the same few verbs."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 5.0

Event = dict[str, Any]


def address(path: str, **query: object) -> str:
    asked = {name: value for name, value in query.items() if value is not None}
    return path + ("?" + urlencode(asked) if asked else "")


class Screen:
    """A WebSocket. `hello` has been read."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.hello: Event = {}

    async def next(self) -> Event:
        """The next message; heartbeats, which come when they are due, are passed over."""
        async with asyncio.timeout(PATIENCE):
            while (message := json.loads(await self.socket.recv()))["type"] == "heartbeat":
                pass
            return message

    async def events(self, count: int) -> list[Event]:
        return [await self.next() for _ in range(count)]

    async def say(self, message: object) -> None:
        await self.socket.send(message if isinstance(message, str) else json.dumps(message))

    async def closed(self) -> int:
        """Wait for the end and answer its code."""
        async with asyncio.timeout(PATIENCE):
            await self.socket.wait_closed()
        assert self.socket.close_code is not None
        return self.socket.close_code


@contextlib.asynccontextmanager
async def screen(
    port: int, who: str = "ada", compression: str | None = None, **query: object
) -> AsyncIterator[Screen]:
    uri = f"ws://127.0.0.1:{port}" + address("/api/v1/stream", **query)
    headers = {"Authorization": f"Bearer {who}"}
    async with connect(uri, additional_headers=headers, compression=compression, max_size=None) as socket:
        opened = Screen(socket)
        opened.hello = await opened.next()
        assert opened.hello["type"] == "hello"
        yield opened


class Source:
    """A stream of server-sent events, as an EventSource reads it. `hello` has been read."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self.hello: Event = {}
        self.last_id: str | None = None

    async def next(self) -> Event:
        """The next message. Raises EOFError when the server has ended the stream."""
        data = None
        async with asyncio.timeout(PATIENCE):
            while line := await self._reader.readline():
                field, _, value = line.decode().rstrip("\n").partition(": ")
                if field == "id":
                    self.last_id = value
                elif field == "data":
                    data = value
                elif not field and data is not None:
                    return json.loads(data)
        raise EOFError

    async def events(self, count: int) -> list[Event]:
        events: list[Event] = []
        while len(events) < count:
            message = await self.next()
            if message["type"] != "heartbeat":
                events.append(message)
        return events


@contextlib.asynccontextmanager
async def source(
    port: int, who: str = "ada", last_id: str | None = None, **query: object
) -> AsyncIterator[Source]:
    headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last_id} if last_id else {})
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request(address("/api/v1/stream", **query), who, **headers))
        status, _ = await head_of(reader)
        assert status == 200
        opened = Source(reader)
        opened.hello = await opened.next()
        assert opened.hello["type"] == "hello"
        yield opened
    finally:
        writer.close()


async def poll(port: int, who: str = "ada", **query: object) -> Event:
    """One long-poll."""
    status, _, body = await fetch(port, address("/api/v1/events", **query), who)
    assert status == 200, body
    return json.loads(body)


async def fetch(port: int, path: str, who: str = "ada", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One request on a connection of its own: status, headers, body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request(path, who, Connection="close", **headers))
        async with asyncio.timeout(30):
            status, fields = await head_of(reader)
            return status, fields, await reader.read()
    finally:
        writer.close()


def request(path: str, who: str, **headers: str) -> bytes:
    fields = {"Host": "microblog", "Authorization": f"Bearer {who}"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return (
        f"GET {path} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in fields.items()) + "\r\n"
    ).encode()


async def head_of(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    async with asyncio.timeout(PATIENCE):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines)
    return int(first.split()[1]), {name.lower(): value for name, value in fields.items()}
