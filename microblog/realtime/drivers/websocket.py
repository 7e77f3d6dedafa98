"""A WebSocket that has left ASGI: the transport's protocol and the hub's subscriber in one small object."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from microblog.core.viewer import Viewer
from microblog.realtime.drivers.conversation import Conversation
from microblog.realtime.endings import Ending
from microblog.realtime.frames import Form, Message
from microblog.realtime.subscriber import Subscriber

if TYPE_CHECKING:
    from microblog.realtime.stream import Stream


class WebSocket(Subscriber, asyncio.Protocol):
    """`conversation` is there only while the client is saying something, or closing."""

    __slots__ = ("conversation", "stream", "transport")

    def __init__(self, stream: Stream, viewer: Viewer, transport: asyncio.Transport, deflate: bool) -> None:
        super().__init__(viewer, transport, Form.DEFLATED if deflate else Form.PLAIN)
        self.stream = stream
        self.transport = transport
        self.conversation: Conversation | None = None

    def data_received(self, data: bytes) -> None:
        conversation = self.conversation
        if conversation is None:
            conversation = self.conversation = Conversation(self.form is Form.DEFLATED)
        for text in conversation.hear(data):
            self.stream.asks.hear(self, text)
        self._answer(conversation)
        if conversation.finished:
            self._drop(conversation)

    def eof_received(self) -> None:
        """The client will say nothing more; the transport closes once what waits is written."""

    def connection_lost(self, exc: Exception | None) -> None:
        self.stream.forget(self)
        if self.conversation is not None:
            self._drop(self.conversation)

    def say(self, message: Message) -> None:
        """Nothing follows a close frame: an answer that comes too late is dropped."""
        if self.conversation is None or not self.conversation.close_sent_out:
            super().say(message)

    def end(self, ending: Ending) -> None:
        if self.conversation is None:
            self.conversation = Conversation(self.form is Form.DEFLATED)
        self.conversation.end(ending)
        self._answer(self.conversation)
        self.stream.linger(self.transport)

    def suspend(self, channels: Sequence[str], seq: int) -> None:
        self.stream.asks.again(self, channels, seq)

    def _drop(self, conversation: Conversation) -> None:
        """Parser and conversation hold each other; closed, the memory is free at once."""
        conversation.parser.close()
        self.conversation = None

    def _answer(self, conversation: Conversation) -> None:
        """Write what the rules demand: pongs, the close frame, the end."""
        output = conversation.data_to_send()
        if not output or self.transport.is_closing():
            return
        data = b"".join(output)
        if data:
            self.transport.write(data)
        if conversation.eof_sent:
            self.stream.forget(self)
            if conversation.failed and self.transport.can_write_eof():
                self.transport.write_eof()
                self.stream.linger(self.transport)
            else:
                self.transport.close()
