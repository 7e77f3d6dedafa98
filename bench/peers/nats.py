"""NATS over WebSocket: a broker in Go, with one subscription per connection. Published to over its plain protocol."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import Dialect, Publisher
from bench.load.framing import BINARY
from bench.peers import debian, golang
from bench.peers.peer import Absent, Peer, Running
from bench.places import SERVER_CORE
from bench.process import Pinned
from tests.support.children import free_port

_CONFIGURATION = """
host: 127.0.0.1
port: {port}
websocket {{ host: 127.0.0.1, port: {websocket}, no_tls: true, compression: false }}
max_connections: 20000
ping_interval: "1h"
write_deadline: "60s"
max_pending: 512MB
"""

_HELLO = b'CONNECT {"verbose":false,"pedantic":false}\r\nSUB bench 1\r\nPING\r\n'


def _program() -> Path:
    try:
        return golang.program("nats-server", "github.com/nats-io/nats-server/v2@latest")
    except Absent:
        return debian.program("nats-server", "nats-server")


@contextmanager
def _start(sockets: int, event: bytes) -> Iterator[Running]:
    program = _program()
    with tempfile.TemporaryDirectory(prefix="bench-nats-") as name:
        port, websocket = free_port(), free_port()
        configuration = Path(name) / "nats.conf"
        configuration.write_text(_CONFIGURATION.format(port=port, websocket=websocket))
        server = Pinned([program, "-c", configuration], SERVER_CORE, port=websocket)
        dialect = Dialect(
            "127.0.0.1", websocket, "/", greetings=1, said=((_HELLO, BINARY, 1),), unit=len(event)
        )
        request = b"PUB bench %d\r\n%s\r\nPING\r\n" % (len(event), event)
        try:
            yield Running(
                server.pids, dialect, Publisher("127.0.0.1", port, (request,), kind="nats"), [""] * sockets
            )
        finally:
            server.stop()


def _version() -> str:
    said = subprocess.run([_program(), "--version"], capture_output=True, text=True, check=True).stdout
    return said.replace(":", "").strip()


NATS = Peer("nats", "NATS over WebSocket", _start, _version)
