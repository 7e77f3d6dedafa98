"""Peers in Python: the floor, and what one would write first."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from bench.load import Dialect
from bench.load.framing import TEXT
from bench.peers.peer import Absent, Peer, Running, posted
from bench.places import SERVER_CORE
from bench.process import Pinned
from tests.support.children import free_port


def _starts(
    module: str,
    package: str,
    path: str = "/",
    greetings: int = 0,
    said: tuple[tuple[bytes, int, int], ...] = (),
) -> Callable[[int, bytes], AbstractContextManager[Running]]:
    @contextmanager
    def start(sockets: int, event: bytes) -> Iterator[Running]:
        _versions(package)
        port, publishing = free_port(), free_port()
        command = [sys.executable, "-m", f"bench.peers.servers.{module}", str(port), str(publishing)]
        server = Pinned(command, SERVER_CORE, port=publishing)
        dialect = Dialect("127.0.0.1", port, path, greetings=greetings, said=said)
        try:
            yield Running(server.pids, dialect, posted(publishing, "/", event), [""] * sockets)
        finally:
            server.stop()

    return start


def _versions(*packages: str) -> str:
    try:
        return ", ".join(f"{package} {version(package)}" for package in packages if package != "python")
    except PackageNotFoundError as error:
        raise Absent(f"the package {error.name} is not installed") from None


FLOOR = Peer("floor", "bare send()", _starts("floor", "python"), lambda: f"Python {python_version()}")
STARLETTE = Peer(
    "starlette",
    "plain Starlette",
    _starts("starlette", "starlette"),
    lambda: _versions("starlette", "uvicorn", "uvloop", "websockets"),
)
BROADCAST = Peer(
    "broadcast",
    "websockets.broadcast",
    _starts("broadcast", "websockets"),
    lambda: _versions("websockets", "uvloop"),
)
SOCKETIO = Peer(
    "socketio",
    "python-socketio",
    _starts(
        "socketio",
        "python-socketio",
        path="/socket.io/?EIO=4&transport=websocket",
        greetings=1,
        said=((b"40", TEXT, 1),),
    ),
    lambda: _versions("python-socketio", "python-engineio", "uvicorn"),
)
