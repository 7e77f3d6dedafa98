"""The bus over Redis: one PUBLISH per event on `microblog:{epoch}`, heard by every process on the store.

Redis keeps nothing and may lose, reorder or delay anything; the intake and the journal make up for it. Posting neither
waits for Redis nor fails because of it: `publish` appends to a list.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from microblog.journal.event import Committed
from microblog.realtime.intake import Intake

BEAT_SECONDS = 0.5
"""A heartbeat of our own through Redis and back, this often."""

SILENT_SECONDS = 1.0
"""Not having heard our own heartbeat for this long means that others may not be heard either."""

DEAF_SECONDS = 5.0
"""Silent for this long, the subscription is made anew: its connection may be half-open."""

ANSWER_SECONDS = 0.25
"""A PUBLISH that is not answered in this time is given up; who missed it reads the journal."""

RETRY_SECONDS = 0.2
MAX_WAITING = 10_000

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Committed)
log = logging.getLogger(__name__)


class RedisBus:
    """A message is eight bytes that name its process, then an event, or nothing for a heartbeat."""

    def __init__(self, url: str, epoch: str, intake: Intake) -> None:
        self._channel = f"microblog:{epoch}"
        self._intake = intake
        self._origin = os.urandom(8)
        once = Retry(NoBackoff(), 0)
        self._mouth: Redis = Redis.from_url(
            url, retry=once, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=1.0, max_connections=1
        )
        self._ear: Redis = Redis.from_url(url, retry=once, socket_timeout=None, socket_connect_timeout=1.0)
        self._waiting: list[bytes] = []
        self._something = asyncio.Event()
        self._stopping = False
        self._unanswered = True
        self._heard_at = 0.0
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def suspect(self) -> bool:
        return self._unanswered or asyncio.get_running_loop().time() - self._heard_at > SILENT_SECONDS

    async def start(self) -> None:
        """Begin to speak and listen. Redis need not be there yet."""
        self._tasks = [asyncio.create_task(work()) for work in (self._listen, self._speak, self._beat)]

    def publish(self, events: Sequence[Committed]) -> None:
        if len(self._waiting) > MAX_WAITING:
            # Redis is gone; the others follow the journal. What is dropped here is not lost there.
            self._waiting.clear()
        self._waiting += [self._origin + _encoder.encode(event) for event in events]
        self._something.set()

    async def stop(self) -> None:
        # A timeout of redis-py that meets our cancelling swallows it: the loops must see for themselves.
        self._stopping = True
        self._something.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._mouth.aclose()
        await self._ear.aclose()

    async def _speak(self) -> None:
        while not self._stopping:
            await self._something.wait()
            self._something.clear()
            said, self._waiting = self._waiting, []
            try:
                pipeline = self._mouth.pipeline(transaction=False)
                for message in said:
                    _ = pipeline.publish(self._channel, message)  # sent by execute
                await pipeline.execute()
                self._unanswered = False
            except (RedisError, OSError) as error:
                self._complain("can not be told of events", error)
                self._unanswered = True
                await asyncio.sleep(RETRY_SECONDS)

    async def _beat(self) -> None:
        while True:
            self._waiting.append(self._origin)
            self._something.set()
            await asyncio.sleep(BEAT_SECONDS)

    async def _listen(self) -> None:
        while not self._stopping:
            try:
                async with self._ear.pubsub() as ear:
                    await ear.subscribe(self._channel)
                    await self._hear(ear.get_message)
            except (RedisError, OSError, TimeoutError) as error:
                self._complain("can not be heard", error)
            await asyncio.sleep(RETRY_SECONDS)

    async def _hear(self, next_message: Callable[..., Awaitable[dict[str, Any] | None]]) -> None:
        """Until the connection fails. Raises TimeoutError when nothing comes through, not even our own heartbeat."""
        while True:
            message = await next_message(timeout=DEAF_SECONDS)
            if message is None:
                raise TimeoutError("nothing heard")
            if message["type"] == "subscribe":
                # Also after redis-py has reconnected by itself: what was said meanwhile is in the journal.
                self._intake.catch_up()
            elif message["type"] == "message":
                self._take(message["data"])

    def _take(self, data: bytes) -> None:
        mine = data.startswith(self._origin)
        if mine:
            self._heard_at = asyncio.get_running_loop().time()
        elif len(data) > len(self._origin):
            try:
                self._intake.take((_decoder.decode(memoryview(data)[len(self._origin) :]),))
            except msgspec.MsgspecError as error:
                # A process of another version speaks otherwise; the journal says it so that we understand.
                log.warning("an event on the bus can not be read: %s", error)

    def _complain(self, what: str, error: Exception) -> None:
        log.warning("Redis %s: %s", what, str(error) or type(error).__name__)
