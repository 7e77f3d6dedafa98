"""Bytes that leave the process. One event is encoded once; every transport and every subscriber gets the same bytes."""

from __future__ import annotations

from typing import Any

import msgspec

from microblog.core.clock import Millis, rfc3339

_encoder = msgspec.json.Encoder()


def encode(value: Any) -> bytes:
    """Compact JSON in UTF-8 (RFC 8259)."""
    return _encoder.encode(value)


def event_frame(seq: int, type_: str, at: Millis, data: bytes) -> bytes:
    """`{"seq":123,"type":"post.published","at":"…","data":{…}}` around a payload that was encoded in the transaction.

    Spliced, not encoded: `data` is already JSON and `seq` is known only at COMMIT.
    """
    return b'{"seq":%d,"type":"%s","at":"%s","data":%s}' % (seq, type_.encode(), rfc3339(at).encode(), data)
