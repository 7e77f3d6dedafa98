"""A PostgreSQL and a Redis as an operator runs them; PostgreSQL flushes to the disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.places import SERVER_CORE
from tests.support.services import PostgresServer, RedisServer


@contextmanager
def postgres(core: int = SERVER_CORE) -> Iterator[PostgresServer]:
    """A durable PostgreSQL, empty, on the server's core or another."""
    with _folder() as folder:
        with _pinned(core):
            server = PostgresServer(folder, durable=True)
        try:
            yield server
        finally:
            server.kill()


@contextmanager
def redis() -> Iterator[RedisServer]:
    """An empty Redis."""
    with _folder() as folder:
        with _pinned(SERVER_CORE):
            server = RedisServer(folder)
        try:
            yield server
        finally:
            server.kill()


@contextmanager
def _pinned(core: int) -> Iterator[None]:
    """What is started meanwhile runs on this core: a child inherits it (sched_setaffinity(2))."""
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, ours)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that PostgreSQL, which refuses to be root, may enter."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
