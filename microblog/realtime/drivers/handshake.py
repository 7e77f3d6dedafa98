"""The opening handshake of RFC 6455 (section 4.2), judged from headers that are parsed already. Pure.

Only the plain one, as browsers and libraries send it. Whatever is out of the ordinary is left to uvicorn's own way, which
parses it anew and refuses it in the right words: half the cost of a handshake, and of no use to the thousands that return in
a storm.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from websockets.datastructures import Headers
from websockets.exceptions import InvalidHandshake, NegotiationError
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.server import ServerProtocol
from websockets.typing import ExtensionParameter

from microblog.realtime.frames import WINDOW_BITS

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_ONCE = (b"host", b"upgrade", b"connection", b"sec-websocket-key", b"sec-websocket-version")
_ELSEWHERE = frozenset({b"sec-websocket-protocol", b"content-length", b"transfer-encoding"})
_LONGEST_OFFER = 200


class Agreed(NamedTuple):
    """The lines of the answer but for the empty one, and whether deflate was agreed."""

    answer: bytes
    deflate: bool


class SharedDeflate(ServerPerMessageDeflateFactory):
    """Agrees to deflate only where shared frames can be inflated: no context takeover, a window of at least ours."""

    def __init__(self) -> None:
        super().__init__(True, True, WINDOW_BITS, WINDOW_BITS)

    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        answer, extension = super().process_request_params(params, accepted_extensions)
        if extension.local_max_window_bits < WINDOW_BITS:
            raise NegotiationError("a smaller window than that of the shared frames")
        return answer, extension


def agree(method: str, http_version: str, headers: Sequence[tuple[bytes, bytes]]) -> Agreed | None:
    """The answer to a plain handshake; None where it is not one. Names of headers are in lower case."""
    if method != "GET" or http_version != "1.1":
        return None
    names = [name for name, _ in headers]
    if any(names.count(name) != 1 for name in _ONCE) or not _ELSEWHERE.isdisjoint(names):
        return None
    said = dict(headers)
    key = said[b"sec-websocket-key"]
    if (
        said[b"upgrade"].lower() != b"websocket"
        or b"upgrade" not in [token.strip() for token in said[b"connection"].lower().split(b",")]
        or said[b"sec-websocket-version"] != b"13"
        or not _is_key(key)
    ):
        return None
    extensions = b""
    if (offers := names.count(b"sec-websocket-extensions")) > 0:
        offer = said[b"sec-websocket-extensions"]
        agreed = _agree_extensions(offer) if offers == 1 and len(offer) <= _LONGEST_OFFER else None
        if agreed is None:
            return None
        extensions = agreed
    accept = base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())
    answer = (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: %s\r\n%s" % (accept, extensions)
    )
    return Agreed(answer, bool(extensions))


def _is_key(key: bytes) -> bool:
    try:
        return len(binascii.a2b_base64(key, strict_mode=True)) == 16
    except binascii.Error:
        return False


@lru_cache(maxsize=64)
def _agree_extensions(offer: bytes) -> bytes | None:
    """The line that answers an offer, empty where none is taken; None where it can not be read. Browsers make few kinds."""
    try:
        text = offer.decode("ascii")
        answer, _ = ServerProtocol(extensions=[SharedDeflate()]).process_extensions(
            Headers({"Sec-WebSocket-Extensions": text})
        )
    except (InvalidHandshake, UnicodeDecodeError):
        return None
    return b"" if answer is None else b"Sec-WebSocket-Extensions: %s\r\n" % answer.encode()
