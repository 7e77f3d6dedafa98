"""The bytes that everybody delivers: one event as the product sends it, with a slot for the number of the message."""

from __future__ import annotations

import json

from bench.load.records import SLOT
from microblog.core.clock import rfc3339
from microblog.core.wire import encode

_WORDS = (
    "On site with the client this week, third floor, the room beside the lifts. Migration went well last night and "
    "nobody noticed, which is how it should be. Who knows the people of the team next door? We could share the coffee."
)


def text_of(length: int) -> str:
    """A post's text of so many characters, with the slot in front."""
    filler = " " + _WORDS * (length // len(_WORDS) + 1)
    return SLOT.decode() + filler[: max(0, length - len(SLOT))].rstrip().ljust(length - len(SLOT), ".")


def sample(size: int) -> bytes:
    """An event of `size` bytes as the product would send it: for runs in which only peers take part."""
    short = _event("")
    room = size - len(short)
    return _event(text_of(max(len(SLOT), (room + len(SLOT)) // 2)))


def template(event: bytes, number: int) -> bytes:
    """The event of message `number` with the slot in its place: what peers are given to deliver."""
    return event.replace(b"%d" % number, SLOT)


def text_in(event: bytes) -> str:
    """The text of the post that an event tells of."""
    return str(json.loads(event)["data"]["text"])


def _event(text: str) -> bytes:
    post = {
        "id": 1,
        "kind": "post",
        "author": {
            "id": 2,
            "handle": "ada",
            "name": "Ada",
            "kind": "bot",
            "photo": None,
            "organisation": None,
        },
        "group": {"id": 1, "handle": "all", "name": "Everyone", "kind": "all"},
        "thread": 1,
        "reply_to": None,
        "text": text,
        "tokens": [{"type": "text", "text": text}],
        "files": [],
        "mentions": [],
        "topics": [],
        "reactions": {},
        "replies": 0,
        "created_at": rfc3339(1_795_466_400_000),
    }
    return encode({"seq": 1, "type": "post.published", "at": rfc3339(1_795_466_400_000), "data": post})
