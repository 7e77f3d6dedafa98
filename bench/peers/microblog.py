"""This product, whole: `microblog serve` on a store with an organisation in it, everyone authenticated."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import organisation
from bench.events import text_in
from bench.load import Dialect, Publisher
from bench.peers.peer import Peer, Running, get, post, token_header
from bench.places import SERVER_CORE
from bench.process import Pinned
from microblog import __version__
from tests.support.children import free_port


@dataclass
class Microblog:
    """A running server and the tokens of its people."""

    server: Pinned
    tokens: Sequence[str]

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def pids(self) -> Sequence[int]:
        return self.server.pids

    def running(self, text: str) -> Running:
        """As a peer among others, whose bots post this text."""
        return Running(self.pids, self.dialect, self.bots(text), self.tokens)

    @property
    def dialect(self) -> Dialect:
        return Dialect("127.0.0.1", self.port, "/api/v1/stream", (token_header("{token}"),), greetings=1)

    def bots(self, text: str) -> Publisher:
        """Thirty-two bots that post this text, which holds the slot."""
        body = json.dumps({"text": text}, separators=(",", ":")).encode()
        return Publisher(
            "127.0.0.1",
            self.port,
            tuple(
                post(self.port, "/api/v1/posts", body, [token_header(token)]) for token in organisation.bots()
            ),
        )

    def read(self, path: str, token: str) -> bytes:
        """A request to read something below `/api/v1`."""
        return get(self.port, f"/api/v1{path}", [token_header(token)])


@contextmanager
def served(
    data: Path, tokens: Sequence[str], *, workers: int = 1, env: Mapping[str, str] | None = None
) -> Iterator[Microblog]:
    """Serve the store in `data`, or that of `MICROBLOG_DATABASE_URL` in `env`, until it is ready and beyond."""
    port = free_port()
    server = Pinned(
        [sys.executable, "-m", "microblog", "serve", "--port", str(port), "--workers", str(workers)],
        SERVER_CORE,
        port=port,
        env={"MICROBLOG_DATA": str(data), **(env or {})},
    )
    try:
        # The supervisor of several is one more process, and workers bind one after the other.
        server.await_family(1 if workers == 1 else 1 + workers)
        server.await_answer("/readyz", times=1 if workers == 1 else 8 * workers)
        yield Microblog(server, tokens)
    finally:
        server.stop()


@contextmanager
def organised(
    population: int, *, url: str = "", workers: int = 1, env: Mapping[str, str] | None = None
) -> Iterator[Microblog]:
    """Serve a new store with an organisation of so many people in it."""
    with tempfile.TemporaryDirectory(prefix="bench-store-") as folder:
        data = Path(folder)
        organisation.found(url, data, population)
        settings = {"MICROBLOG_DATABASE_URL": url} if url else {}
        tokens = organisation.people(population)
        with served(data, tokens, workers=workers, env={**settings, **(env or {})}) as running:
            yield running


@contextmanager
def _start(sockets: int, event: bytes) -> Iterator[Running]:
    with organised(sockets) as microblog:
        yield microblog.running(text_in(event))


MICROBLOG = Peer("microblog", "microblog", _start, lambda: __version__, numbered=True)
