"""The three arrangements of the product, and a company to write and listen in them."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field

import httpx2
import psutil
import pytest

from tests.chaos.checker import Heard, Ledger, discrepancies
from tests.chaos.clients import Reader, Writer, stored
from tests.support.arrangements import ARRANGEMENTS, arranged
from tests.support.server import Serve, Server
from tests.support.services import PostgresServer, RedisServer


@dataclass
class Company:
    """A server with Ada, who administers, and as many bots as are asked for."""

    server: Server
    ada: str
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.ada}"}

    def bot(self, handle: str) -> str:
        """A new bot's token."""
        made = httpx2.post(
            f"{self.server.url}/api/v1/bots",
            json={"handle": handle, "name": handle.title()},
            headers=self.bearer,
            timeout=20,
            trust_env=False,
        )
        assert made.status_code == 201, made.text
        token: str = made.json()["token"]["secret"]
        return token

    def writers(self, many: int, group: str | None = None) -> list[Writer]:
        """Bots that will write, into one ledger."""
        return [
            Writer(self.server.url, self.bot(f"writer-{number}"), self.ledger, f"w{number}", group)
            for number in range(many)
        ]

    def readers(self, many: int) -> list[Reader]:
        """Bots that will listen to everyone."""
        return [
            Reader(self.server.url, self.bot(f"reader-{number}"), Heard(f"reader-{number}"))
            for number in range(many)
        ]

    async def agree(self, readers: list[Reader], within: float = 15.0) -> None:
        """Assert that store, answers and readers agree; the readers get so many seconds to catch up."""
        found = await stored(self.server.url, self.ada, "all")
        await asyncio.gather(*(reader.caught_up(set(found), within) for reader in readers))
        wrong = discrepancies(self.ledger, found, [reader.heard for reader in readers])
        assert not wrong, f"{len(wrong)} discrepancies, such as {wrong[:5]}"
        for reader in readers:
            assert len(reader.epochs) == 1, reader.epochs


def alive(process: int) -> bool:
    """Whether it still runs; one that is dead and was not collected yet does not."""
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def settle(server: Server) -> Company:
    """Ada, who has come in by the set-up link, on a store where nobody is."""
    deadline = time.monotonic() + 20
    while not (codes := re.findall(r"/setup#(\S+)", server.said)):  # printed once every worker is ready
        assert time.monotonic() < deadline, server.said
        time.sleep(0.02)
    with httpx2.Client(
        base_url=f"{server.url}/api/v1", headers={"Origin": server.url}, timeout=20, trust_env=False
    ) as client:
        ada = {"handle": "ada", "name": "Ada", "password": "correct horse battery"}
        joined = client.post("/join", json={"code": codes[-1], **ada})
        assert joined.status_code == 201, joined.text
        made = client.post("/tokens", json={"name": "chaos", "scopes": ["read", "write"]})
        assert made.status_code == 201, made.text
    return Company(server, made.json()["secret"])


@pytest.fixture(params=ARRANGEMENTS)
def company(request: pytest.FixtureRequest, serve: Serve) -> Company:
    """A company in each arrangement."""
    return settle(arranged(request.param, request, serve))


@pytest.fixture(params=ARRANGEMENTS[1:])
def two_workers(request: pytest.FixtureRequest, serve: Serve) -> Company:
    """A company in each arrangement of two workers."""
    return settle(arranged(request.param, request, serve))


@pytest.fixture
def beside_redis(serve: Serve, own_redis: RedisServer) -> Company:
    """A company of two workers on SQLite, with a Redis of its own to be broken."""
    return settle(serve("--workers", "2", env={"MICROBLOG_REDIS_URL": own_redis.url}))


@pytest.fixture
def on_postgres(serve: Serve, own_postgres: PostgresServer, redis_url: str) -> Company:
    """A company of two workers, with a PostgreSQL of its own to be broken."""
    env = {"MICROBLOG_REDIS_URL": redis_url, "MICROBLOG_DATABASE_URL": own_postgres.create()}
    return settle(serve("--workers", "2", env=env))
