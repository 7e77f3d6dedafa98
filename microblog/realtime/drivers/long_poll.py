"""The long-poll: one answer per request, for networks through which nothing else comes."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

import msgspec
from starlette.types import Receive

from microblog.core.errors import Unauthorized
from microblog.realtime import endings
from microblog.realtime.drivers.mailbox import Mailbox
from microblog.realtime.frames import Form
from microblog.realtime.messages import heartbeat
from microblog.realtime.reception import Arrival
from microblog.realtime.stream import Stream


class Polled(NamedTuple):
    """`items` are encoded events; `head` is the position that they lead to; `reset` means load as at first."""

    items: list[bytes]
    head: int
    reset: bool


class _Line(msgspec.Struct):
    type: str
    seq: int


_lines = msgspec.json.Decoder(_Line)


async def poll(stream: Stream, arrival: Arrival, wait: float, receive: Receive) -> Polled:
    """What comes within `wait` seconds, from the first event on. A `reset` is answered at once.

    Raises Unauthorized when the viewer loses its rights meanwhile.
    """
    arrival.opening.clear()
    mailbox = _Poll(stream, arrival.viewer, Form.LINES)
    leaving = asyncio.create_task(_leave(stream, mailbox, receive))
    try:
        stream.begin(arrival, mailbox)
        return await _collect(stream, mailbox, Polled([], arrival.after, arrival.reset), wait)
    finally:
        leaving.cancel()
        stream.forget(mailbox)


class _Poll(Mailbox):
    __slots__ = ()

    def suspend(self, channels: object, seq: int) -> None:
        """The next poll asks for them again."""


async def _collect(stream: Stream, mailbox: Mailbox, polled: Polled, wait: float) -> Polled:
    deadline = asyncio.get_running_loop().time() + (0 if polled.reset else wait)
    patient = True
    while patient and not polled.items and not polled.reset and mailbox.ending is None:
        try:
            async with asyncio.timeout_at(deadline):
                data = await mailbox.fetch()
        except TimeoutError:
            data = await _last_word(stream, mailbox)
            patient = False
        for line in data.splitlines():
            polled = _read(polled, line)
    if mailbox.ending is endings.REVOKED:
        raise Unauthorized("signed out meanwhile")
    return polled


def _read(polled: Polled, text: bytes) -> Polled:
    line = _lines.decode(text)
    if line.type == "heartbeat":
        return polled._replace(head=line.seq)
    if line.type == "reset":
        return Polled([], line.seq, True)
    return Polled([*polled.items, text], line.seq, polled.reset)


async def _last_word(stream: Stream, mailbox: Mailbox) -> bytes:
    """What is in the mailbox, with a heartbeat behind it: in its turn it is certain that nothing else is on its way."""
    hub = stream.hub
    if mailbox.resume is not None:
        await mailbox.resume.done()
    hub.tell(mailbox, lambda: [heartbeat(hub.head)])
    return await mailbox.fetch()


async def _leave(stream: Stream, mailbox: Mailbox, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.forget(mailbox)
    mailbox.end(endings.BROKEN)
