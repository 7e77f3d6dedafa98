"""Those who write and those who listen while things are killed. They do what the browser client does: send again with the
same key, resume where they were."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from tests.chaos.checker import Heard, Ledger, Outcome

AWAY = 0.3
"""Seconds until the next try of somebody who had no answer. The server may be away: to hammer it, from the machine that it
is starting on, would slow its return down."""

KEY = re.compile(r"\bkey-[a-z0-9-]+\b")


@dataclass
class Writer:
    """Posts one thing after another and notes what came of each in the ledger."""

    url: str
    token: str
    ledger: Ledger
    name: str
    group: str | None = None
    slowest: float = 0.0
    """Seconds that the slowest acknowledged post took."""
    answers: dict[int, int] = field(default_factory=dict)
    """How often each status was answered; 0 for no answer."""
    said: int = 0

    async def write(self, client: httpx2.AsyncClient, key: str) -> Outcome:
        """Post once. A refusal is failed; a 503 or no answer at all is unknown."""
        self.ledger.note(key, "unknown")
        body = {"text": f"Said under {key}", **({"group": self.group} if self.group else {})}
        began = time.monotonic()
        try:
            answer = await client.post(
                f"{self.url}/api/v1/posts",
                json=body,
                headers={"Authorization": f"Bearer {self.token}", "Idempotency-Key": key},
            )
        except httpx2.HTTPError:
            self._count(0)
            return "unknown"
        self._count(answer.status_code)
        outcome: Outcome = (
            "ok" if answer.is_success else "unknown" if answer.status_code in (500, 503) else "failed"
        )
        if outcome == "ok":
            self.slowest = max(self.slowest, time.monotonic() - began)
        self.ledger.note(key, outcome)
        return outcome

    async def run(self, until: asyncio.Event, every: float = 0.0) -> None:
        """Write until told to stop, one each so many seconds; those that fell due meanwhile follow at once.

        Of those without an answer every other is sent again under the same key until there is one, as the browser's
        outbox does; the rest stay unknown.
        """
        due = time.monotonic()
        async with httpx2.AsyncClient(timeout=20, trust_env=False) as client:
            while not until.is_set():
                self.said += 1
                due += every
                key = f"key-{self.name}-{self.said}"
                outcome = await self.write(client, key)
                while outcome == "unknown" and self.said % 2 and not until.is_set():
                    await asyncio.sleep(AWAY)
                    outcome = await self.write(client, key)
                await asyncio.sleep(max(due - time.monotonic(), 0.0 if outcome == "ok" else AWAY))

    def _count(self, status: int) -> None:
        self.answers[status] = self.answers.get(status, 0) + 1


@dataclass
class Reader:
    """Listens on the WebSocket, and comes back with its position whenever it is cut off."""

    url: str
    token: str
    heard: Heard
    watch: Sequence[str] = ()
    epoch: str = ""
    position: int = -1
    latest: float = 0.0
    """Seconds between the `at` of the event that came latest and its arrival here."""
    epochs: set[str] = field(default_factory=set)
    endings: list[int] = field(default_factory=list)
    """The close code of each connection that ended; 0 where it was just gone."""
    moves: list[tuple[int, str, str]] = field(default_factory=list)
    """`(seq, "group.joined" or "group.left", handle)` of whoever came into a group or went out of it."""
    connected: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            with contextlib.suppress(OSError, InvalidHandshake, TimeoutError, WebSocketException):
                async with connect(
                    self._address(),
                    additional_headers={"Authorization": f"Bearer {self.token}"},
                    open_timeout=5,
                    max_size=None,
                ) as socket:
                    await self._listen(socket)
            self.connected.clear()
            await asyncio.sleep(0.1)

    def _address(self) -> str:
        address = f"{self.url.replace('http', 'ws', 1)}/api/v1/stream"
        return f"{address}?after={self.position}&epoch={self.epoch}" if self.epoch else address

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                self._take(json.loads(text))
                if not self.connected.is_set():
                    for channel in self.watch:
                        await socket.send(json.dumps({"watch": channel, "after": self.position}))
                    self.connected.set()
        finally:
            self.endings.append(socket.close_code or 0)

    def _take(self, frame: dict[str, object]) -> None:
        kind, seq = frame["type"], frame.get("seq")
        if kind == "hello":
            self.epochs.add(str(frame["epoch"]))
            if not self.epoch:
                self.epoch, self.position = str(frame["epoch"]), int(str(seq))
        elif kind == "reset":
            self.heard.resets += 1
            self.position = int(str(seq))
        elif kind == "post.published":
            data = frame["data"]
            assert isinstance(data, dict)
            self.latest = max(self.latest, time.time() - _seconds(str(frame["at"])))
            found = KEY.search(str(data["text"]))
            if found is not None:
                self.heard.events.append((int(str(seq)), found[0]))
        elif kind in ("group.joined", "group.left"):
            data = frame["data"]
            assert isinstance(data, dict)
            self.moves.append((int(str(seq)), str(kind), data["person"]["handle"]))
        if kind != "hello" and seq is not None and kind != "watching":
            self.position = max(self.position, int(str(seq)))

    async def caught_up(self, keys: set[str], within: float) -> None:
        """Wait until all of these were heard, or so many seconds: what is missing then the checker says."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline and keys - {key for _, key in self.heard.events}:
            await asyncio.sleep(0.05)


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()


@asynccontextmanager
async def listening(readers: Sequence[Reader]) -> AsyncIterator[None]:
    """Have all of them listen; on return each has been greeted."""
    tasks = [asyncio.create_task(reader.run()) for reader in readers]
    try:
        async with asyncio.timeout(15):
            for reader in readers:
                await reader.connected.wait()
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def writing(writers: Sequence[Writer], every: float = 0.0) -> AsyncIterator[Callable[[], int]]:
    """Have all of them write; the result counts what was acknowledged so far. On return each has its last answer."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(writer.run(stop, every)) for writer in writers]
    try:
        yield lambda: sum(writer.answers.get(201, 0) for writer in writers)
    finally:
        stop.set()
        await asyncio.gather(*tasks)


async def written(acknowledged: Callable[[], int], many: int, within: float = 20.0) -> None:
    """Wait until so many more posts were acknowledged. Raises TimeoutError."""
    goal = acknowledged() + many
    async with asyncio.timeout(within):
        while acknowledged() < goal:
            await asyncio.sleep(0.02)


async def stored(url: str, token: str, timeline: str) -> list[str]:
    """The keys in the store, by paging through a whole timeline."""
    keys: list[str] = []
    async with httpx2.AsyncClient(
        timeout=20, trust_env=False, headers={"Authorization": f"Bearer {token}"}
    ) as client:
        before: str | None = None
        while True:
            query = {"limit": "100", **({"before": before} if before else {})}
            answer = await client.get(f"{url}/api/v1/timelines/{timeline}", params=query)
            answer.raise_for_status()
            page = answer.json()
            keys += [found[0] for item in page["items"] if (found := KEY.search(item["text"]))]
            before = page["next"]
            if before is None:
                return keys
