"""A PostgreSQL and a Redis as an operator runs them: on the server's core, and PostgreSQL flushes to the disk."""

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
def postgres() -> Iterator[PostgresServer]:
    """A durable PostgreSQL, empty."""
    with _folder() as folder:
        with _pinned():
            server = PostgresServer(folder, durable=True)
        try:
            yield server
        finally:
            server.kill()


@contextmanager
def redis() -> Iterator[RedisServer]:
    """An empty Redis."""
    with _folder() as folder:
        with _pinned():
            server = RedisServer(folder)
        try:
            yield server
        finally:
            server.kill()


@contextmanager
def _pinned() -> Iterator[None]:
    """What is started meanwhile runs on the server's core: a child inherits it (sched_setaffinity(2))."""
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {SERVER_CORE})
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
