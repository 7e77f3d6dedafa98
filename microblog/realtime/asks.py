"""What clients ask on a live connection: to watch a channel, and to stop."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

from microblog.core.errors import Problem
from microblog.realtime import messages
from microblog.realtime.hub import Hub
from microblog.realtime.messages import Ask
from microblog.realtime.reception import MAX_WATCHED
from microblog.realtime.subscriber import Subscriber
from microblog.realtime.watching import Watching


class Asks:
    """One after the other per subscriber, in a task that is there only while it has something to do."""

    def __init__(self, hub: Hub, watching: Watching) -> None:
        self._hub = hub
        self._watching = watching
        self._waiting: dict[Subscriber, deque[Ask]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def hear(self, subscriber: Subscriber, text: str) -> None:
        """Take what a client said. What can not be read is answered with an error; the connection stays."""
        try:
            ask = messages.read_ask(text.encode())
        except ValueError as error:
            subscriber.say(messages.error("malformed", str(error)))
            return
        waiting = self._waiting.get(subscriber, ())
        if len(waiting) >= MAX_WATCHED:
            subscriber.say(messages.error("too_many", "too much is asked at once", ask.watch or ask.unwatch))
            return
        self._take(subscriber, ask)

    def again(self, subscriber: Subscriber, channels: Sequence[str], seq: int) -> None:
        """Watch again what was suspended at `seq`, where that is still allowed."""
        for channel in channels:
            self._take(subscriber, Ask(watch=channel, after=seq))

    def _take(self, subscriber: Subscriber, ask: Ask) -> None:
        if subscriber in self._waiting:
            self._waiting[subscriber].append(ask)
            return
        self._waiting[subscriber] = deque([ask])
        task = asyncio.create_task(self._answer_all(subscriber))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer_all(self, subscriber: Subscriber) -> None:
        waiting = self._waiting[subscriber]
        try:
            while waiting:
                if subscriber.resume is not None:
                    await subscriber.resume.done()
                if subscriber.number < 0:
                    return
                ask = waiting.popleft()
                if ask.unwatch is not None:
                    self._unwatch(subscriber, ask.unwatch)
                elif ask.watch is not None:
                    await self._watch(subscriber, ask.watch, ask.after)
        finally:
            del self._waiting[subscriber]

    async def _watch(self, subscriber: Subscriber, channel: str, after: int | None) -> None:
        if len(subscriber.watched) >= MAX_WATCHED and channel not in subscriber.watched:
            subscriber.say(
                messages.error("too_many", f"at most {MAX_WATCHED} channels can be watched", channel)
            )
            return
        try:
            await self._watching.watch(subscriber, channel, after)
        except Problem as problem:
            subscriber.say(messages.error(problem.code, problem.message, channel))

    def _unwatch(self, subscriber: Subscriber, channel: str) -> None:
        if channel in subscriber.watched:
            subscriber.watched = tuple(name for name in subscriber.watched if name != channel)
            self._hub.drop(subscriber, channel)
