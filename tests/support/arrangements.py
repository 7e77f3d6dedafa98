"""The three arrangements that the product is run in."""

from __future__ import annotations

import pytest

from tests.support.server import Serve, Server

ARRANGEMENTS = ("sqlite", "sqlite and two workers", "postgresql and two workers")


def arranged(name: str, request: pytest.FixtureRequest, serve: Serve) -> Server:
    """A server in one of the arrangements: one process; two and a Redis; two, a Redis and PostgreSQL."""
    env: dict[str, str] = {}
    if name != "sqlite":
        env["MICROBLOG_REDIS_URL"] = request.getfixturevalue("redis_url")
    if name.startswith("postgresql"):
        env["MICROBLOG_DATABASE_URL"] = request.getfixturevalue("fresh_postgres_url")
    return serve("--workers", "1" if name == "sqlite" else "2", env=env)
