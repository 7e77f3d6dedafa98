"""What the steps work on: an event of some 800 bytes."""

from __future__ import annotations

import pytest

from bench.events import text_of
from microblog.core.wire import encode
from microblog.journal import Committed


@pytest.fixture
def post() -> dict[str, object]:
    text = text_of(160)
    return {
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
        "tokens": [{"type": "paragraph", "tokens": [{"type": "text", "text": text}]}],
        "files": [],
        "mentions": [],
        "topics": [],
        "reactions": {},
        "replies": 0,
        "created_at": "2026-11-23T20:30:00.000Z",
    }


@pytest.fixture
def event(post: dict[str, object]) -> Committed:
    return Committed(1, 1_795_466_400_000, "post.published", 2, "post", 1, ("all", "author:2"), encode(post))
