"""What goes back: a reply or a refusal as bytes, with the headers that say who may keep it."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from hashlib import blake2b

import msgspec
from starlette.types import Send

from microblog.core.errors import Problem, StorageFull, TooMany, Unauthorized, Unavailable
from microblog.core.wire import encode
from microblog.http.rows import Headers

JSON = (b"content-type", b"application/json")
PRIVATE = (b"cache-control", b"private, no-cache")
NO_STORE = (b"cache-control", b"no-store")

SMALLEST_GZIP = 1400
"""Bytes below which a compressed body would not save a packet."""

_Pairs = Iterable[tuple[bytes, bytes]]


class Refusal(msgspec.Struct, frozen=True):
    """What is wrong: a stable code, a sentence, and the field that it is about."""

    code: str
    message: str
    field: str | None


class Refused(msgspec.Struct, frozen=True):
    """The body of every answer from 400 up."""

    error: Refusal


def refusal(problem: Problem) -> tuple[int, bytes, Headers]:
    """The status, body and headers that tell a client what it did wrong."""
    headers = [JSON, NO_STORE]
    if isinstance(problem, (TooMany, Unavailable)):
        headers.append((b"retry-after", b"%d" % max(1, math.ceil(problem.retry_after))))
    elif isinstance(problem, StorageFull):
        headers.append((b"retry-after", b"60"))
    elif isinstance(problem, Unauthorized):
        headers.append((b"www-authenticate", b'Bearer realm="microblog"'))
    body = encode(Refused(Refusal(problem.code, problem.message, problem.field)))
    return problem.status, body, tuple(headers)


def as_bytes(body: object) -> bytes:
    """The body of a reply: JSON that is encoded already goes out as it is."""
    return bytes(body) if isinstance(body, (msgspec.Raw, bytes)) else encode(body)


def etag(body: bytes) -> bytes:
    """A weak validator (RFC 9110 section 8.8.1): the same for the plain and the compressed form."""
    return b'W/"' + blake2b(body, digest_size=12).hexdigest().encode() + b'"'


def matches(tag: bytes, if_none_match: bytes | None) -> bool:
    """Whether the client has this version already (RFC 9110 section 13.1.2, weak comparison)."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == b"*":
        return True
    bare = tag.removeprefix(b"W/")
    return any(candidate.strip().removeprefix(b"W/") == bare for candidate in if_none_match.split(b","))


def gzipped(body: bytes, level: int = 1) -> bytes:
    """The body in gzip, at the level that costs least: people on poor lines load timelines of 20 KB."""
    packer = zlib.compressobj(level, wbits=31)
    return packer.compress(body) + packer.flush()


def takes_gzip(accept_encoding: bytes | None) -> bool:
    """Whether the client takes gzip; `gzip;q=0` is the one way to name it and not to."""
    if accept_encoding is None or b"gzip" not in accept_encoding:
        return False
    return b"gzip;q=0," not in accept_encoding.replace(b" ", b"") + b","


async def send_answer(
    send: Send, status: int, body: bytes | None, headers: _Pairs, *, head: bool = False
) -> None:
    """Send a whole answer; `body` None is one without a body (204, 304), `head` one whose body stays here."""
    pairs = list(headers)
    if body is not None:
        pairs.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": b"" if head or body is None else body})
