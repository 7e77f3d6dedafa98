"""The ordinary ASGI path, for servers whose sockets can not leave."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import Message, Receive, Send

from microblog.realtime import endings
from microblog.realtime.drivers.conversation import MAX_MESSAGE
from microblog.realtime.drivers.mailbox import Mailbox
from microblog.realtime.drivers.sse import HEADERS, RETRY
from microblog.realtime.endings import Ending
from microblog.realtime.frames import Form
from microblog.realtime.reception import Arrival
from microblog.realtime.stream import Stream


async def serve_websocket(stream: Stream, arrival: Arrival, receive: Receive, send: Send) -> None:
    """A WebSocket of any server: a task that listens and one that speaks, until either side ends it."""
    await receive()
    await send({"type": "websocket.accept"})
    mailbox = Mailbox(stream, arrival.viewer, Form.LINES)

    async def listen() -> None:
        while (message := await receive())["type"] == "websocket.receive":
            refused = _refused(message)
            if refused is not None:
                stream.forget(mailbox)
                return mailbox.end(refused)
            stream.asks.hear(mailbox, message["text"])
        stream.forget(mailbox)

    async def speak() -> None:
        while True:
            data = await mailbox.fetch()
            # Split as bytes: a `str` would be cut at U+2028 too, which JSON lets stand.
            for text in data.splitlines():
                await send({"type": "websocket.send", "text": text.decode()})
            if mailbox.ending is not None:
                return await send(
                    {"type": "websocket.close", "code": mailbox.ending.code, "reason": mailbox.ending.reason}
                )

    await _serve(stream, arrival, mailbox, listen, speak)


async def serve_event_stream(stream: Stream, arrival: Arrival, receive: Receive, send: Send) -> None:
    """Server-sent events on any server, until either side ends them."""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": RETRY, "more_body": True})
    mailbox = Mailbox(stream, arrival.viewer, Form.EVENT_STREAM)

    async def listen() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        stream.forget(mailbox)

    async def speak() -> None:
        while True:
            data = await mailbox.fetch()
            await send({"type": "http.response.body", "body": data, "more_body": mailbox.ending is None})
            if mailbox.ending is not None:
                return

    await _serve(stream, arrival, mailbox, listen, speak)


async def _serve(
    stream: Stream,
    arrival: Arrival,
    mailbox: Mailbox,
    listen: Callable[[], Awaitable[None]],
    speak: Callable[[], Awaitable[None]],
) -> None:
    """Until we have said our last word, or the client is gone."""
    speaking = asyncio.ensure_future(speak())
    listening = asyncio.ensure_future(listen())
    try:
        stream.begin(arrival, mailbox)
        await asyncio.wait({speaking, listening}, return_when=asyncio.FIRST_COMPLETED)
        if mailbox.ending is not None:
            await speaking
    finally:
        speaking.cancel()
        listening.cancel()
        stream.forget(mailbox)


def _refused(message: Message) -> Ending | None:
    text = message.get("text")
    if text is None:
        return endings.BINARY
    return endings.OVERSIZE if len(text.encode()) > MAX_MESSAGE else None
