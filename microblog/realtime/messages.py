"""What the protocol says besides events, and what clients may say. See `docs/protocol.md`."""

from __future__ import annotations

import msgspec

from microblog.core.wire import encode
from microblog.realtime.frames import Message

HEARTBEAT_SECONDS = 25


class Ask(msgspec.Struct, forbid_unknown_fields=True):
    """`{"watch":"group:12","after":H}` or `{"unwatch":"group:12"}`."""

    watch: str | None = None
    unwatch: str | None = None
    after: int | None = None


_asks = msgspec.json.Decoder(Ask)


def read_ask(text: bytes | bytearray) -> Ask:
    """What a client said. Raises ValueError, in words for the client, on anything else than one of the two."""
    try:
        ask = _asks.decode(text)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error) or "nested too deeply") from None
    if (ask.watch is None) == (ask.unwatch is None):
        raise ValueError("expected one of `watch` and `unwatch`")
    if ask.after is not None and not 0 <= ask.after < 2**53:
        raise ValueError("`after` is not a position")
    return ask


def hello(head: int, epoch: str, worker: str, person: msgspec.Raw, fresh: bool) -> Message:
    """The first message. It moves only a client that has no position yet (`fresh`)."""
    text = encode(
        {
            "type": "hello",
            "seq": head,
            "epoch": epoch,
            "heartbeat": HEARTBEAT_SECONDS,
            "worker": worker,
            "person": person,
        }
    )
    return Message(text, head if fresh else None)


def reset(head: int, channel: str | None = None) -> Message:
    """The missed can not be replayed: load as at first (or, for a watch, that channel), then go on from `head`."""
    if channel is None:
        return Message(encode({"type": "reset", "seq": head}), head)
    return Message(encode({"type": "reset", "seq": head, "channel": channel}))


def heartbeat(head: int) -> Message:
    """Everything up to `head` has been sent."""
    return Message(b'{"type":"heartbeat","seq":%d}' % head, head)


def watching(channel: str, head: int) -> Message:
    """The channel is heard from `head` on; what was missed of it has been sent.

    It has a position, though one does not get anywhere new by it: the missed ones before it led an EventSource back.
    """
    return Message(encode({"type": "watching", "channel": channel, "seq": head}), head)


def error(code: str, message: str, channel: str | None = None) -> Message:
    """What was asked can not be done; the connection stays."""
    return Message(encode({"type": "error", "code": code, "message": message, "channel": channel}))


def not_found(channel: str) -> Message:
    """What may not be heard is worded as what is not there."""
    return error("not_found", "there is no such channel", channel)
