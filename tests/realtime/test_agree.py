"""A plain handshake is agreed to from its headers; everything else goes the thorough way, and ends as it would there."""

from __future__ import annotations

import pytest
from websockets.datastructures import Headers
from websockets.http11 import Request
from websockets.server import ServerProtocol

from microblog.realtime.drivers.handshake import SharedDeflate, agree

PLAIN = {
    b"host": b"microblog",
    b"connection": b"Upgrade",
    b"upgrade": b"websocket",
    b"sec-websocket-version": b"13",
    b"sec-websocket-key": b"dGhlIHNhbXBsZSBub25jZQ==",
}
EXTENSIONS = b"sec-websocket-extensions"


def agreed(**changed: bytes | None) -> bytes | None:
    fields = PLAIN | {name.replace("_", "-").encode(): value for name, value in changed.items()}
    answer = agree("GET", "1.1", [(name, value) for name, value in fields.items() if value is not None])
    return None if answer is None else answer.answer


def test_the_example_of_the_rfc() -> None:
    answer = agreed()
    assert answer is not None
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer
    assert agreed(connection=b"keep-alive, Upgrade", upgrade=b"WebSocket", origin=b"http://x") == answer


@pytest.mark.parametrize(
    "changed",
    [
        {"host": None},
        {"upgrade": b"h2c"},
        {"connection": b"keep-alive"},
        {"connection": None},
        {"sec_websocket_version": b"12"},
        {"sec_websocket_version": None},
        {"sec_websocket_key": b"c2hvcnQ="},
        {"sec_websocket_key": b"dGhlIHNhbXBsZSBub25jZQ="},
        {"sec_websocket_key": b"\xff" * 24},
        {"sec_websocket_key": None},
        {"sec_websocket_protocol": b"chat"},
        {"content_length": b"0"},
        {"sec_websocket_extensions": b";;;"},
        {"sec_websocket_extensions": b"\xff"},
        {"sec_websocket_extensions": b"x" * 1000},
    ],
    ids=str,
)
def test_whatever_is_out_of_the_ordinary_is_not(changed: dict[str, bytes | None]) -> None:
    assert agreed(**changed) is None


@pytest.mark.parametrize("method", ["POST", "HEAD"])
def test_nor_another_method_or_version(method: str) -> None:
    assert agree(method, "1.1", list(PLAIN.items())) is None
    assert agree("GET", "1.0", list(PLAIN.items())) is None
    assert agree("GET", "1.1", [*PLAIN.items(), (b"host", b"again")]) is None


@pytest.mark.parametrize(
    "offer",
    [
        b"permessage-deflate",
        b"permessage-deflate; client_max_window_bits",
        b"permessage-deflate; server_max_window_bits=12",
        b"permessage-deflate; server_max_window_bits=10",
        b"permessage-deflate; server_max_window_bits=10, permessage-deflate",
        b"permessage-deflate; server_no_context_takeover; client_max_window_bits=9",
        b"permessage-deflate; mystery",
        b"x-webkit-deflate-frame",
    ],
)
def test_extensions_are_agreed_as_the_thorough_way_does(offer: bytes) -> None:
    thorough = ServerProtocol(extensions=[SharedDeflate()])
    fields = Headers({name.decode(): value.decode() for name, value in PLAIN.items()})
    fields["Sec-WebSocket-Extensions"] = offer.decode()
    expected = thorough.accept(Request("/", fields)).headers.get("Sec-WebSocket-Extensions")
    answer = agreed(sec_websocket_extensions=offer)
    assert answer is not None
    lines = [line.partition(b": ")[2].decode() for line in answer.splitlines() if b"Extensions" in line]
    assert lines == ([] if expected is None else [expected])
