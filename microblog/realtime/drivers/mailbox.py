"""A subscriber whose bytes wait until a task fetches them, for the long-poll and for servers that keep the socket."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from microblog.core.viewer import Viewer
from microblog.realtime.endings import Ending
from microblog.realtime.frames import Form
from microblog.realtime.stream import Stream
from microblog.realtime.subscriber import Subscriber

HIGH_WATER = 64 * 1024


class Mailbox(Subscriber):
    """Its own outlet. `ending` is set when the connection is to end."""

    __slots__ = ("_size", "_waiting", "_woken", "ending", "stream")

    def __init__(self, stream: Stream, viewer: Viewer, form: Form) -> None:
        super().__init__(viewer, self, form)
        self.stream = stream
        self._waiting: list[bytes] = []
        self._size = 0
        self._woken = asyncio.Event()
        self.ending: Ending | None = None

    async def fetch(self) -> bytes:
        """What has come since the last time; it may be empty when the connection is to end."""
        await self._woken.wait()
        data = b"".join(self._waiting)
        self._waiting.clear()
        self._size = 0
        if self.ending is None:
            self._woken.clear()
        self.resume_writing()
        return data

    def end(self, ending: Ending) -> None:
        self.ending = ending
        self._woken.set()

    def suspend(self, channels: Sequence[str], seq: int) -> None:
        self.stream.asks.again(self, channels, seq)

    # The outlet.

    def write(self, data: bytes) -> None:
        self._waiting.append(data)
        self._size += len(data)
        if self._size > HIGH_WATER:
            self.pause_writing()
        self._woken.set()

    def get_write_buffer_size(self) -> int:
        return self._size

    def is_closing(self) -> bool:
        return self.ending is not None

    def close(self) -> None:
        self.stream.forget(self)

    abort = close
