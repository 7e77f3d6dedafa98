"""Centrifugo: the closest thing to this product's fan-out that there is, in Go."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import Dialect
from bench.load.framing import TEXT
from bench.peers.golang import program
from bench.peers.peer import Peer, Running, posted
from bench.places import SERVER_CORE
from bench.process import Pinned
from microblog.core.wire import encode
from tests.support.children import free_port

_MODULE = "github.com/centrifugal/centrifugo/v6@latest"

_HELLO = b'{"id":1,"connect":{}}\n{"id":2,"subscribe":{"channel":"bench"}}'


@contextmanager
def _start(sockets: int, event: bytes) -> Iterator[Running]:
    centrifugo = program("centrifugo", _MODULE)
    with tempfile.TemporaryDirectory(prefix="bench-centrifugo-") as name:
        port = free_port()
        configuration = Path(name) / "config.json"
        configuration.write_bytes(
            encode(
                {
                    "http_server": {"address": "127.0.0.1", "port": str(port)},
                    "client": {"insecure": True, "ping_interval": "1h", "pong_timeout": "30m"},
                    "http_api": {"insecure": True},
                    "log": {"level": "error"},
                }
            )
        )
        server = Pinned([centrifugo, "-c", configuration], SERVER_CORE, port=port)
        dialect = Dialect(
            "127.0.0.1", port, "/connection/websocket", said=((_HELLO, TEXT, 1),), unit=len(event)
        )
        body = b'{"channel":"bench","data":%s}' % event
        try:
            yield Running(server.pids, dialect, posted(port, "/api/publish", body), [""] * sockets)
        finally:
            server.stop()


def _version() -> str:
    said = subprocess.run(
        [program("centrifugo", _MODULE), "version"], capture_output=True, text=True, check=True
    ).stdout
    return said.strip()


CENTRIFUGO = Peer("centrifugo", "Centrifugo", _start, _version)
