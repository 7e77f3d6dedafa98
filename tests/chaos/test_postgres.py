"""PostgreSQL lost: 503 with Retry-After until it is back, then on without a restart, and open screens stay open."""

from __future__ import annotations

import asyncio

import httpx2

from tests.chaos.clients import listening, writing, written
from tests.chaos.conftest import Company
from tests.support.services import PostgresServer


async def test_while_it_is_away_everyone_is_told_to_come_back_and_then_all_goes_on(
    on_postgres: Company, own_postgres: PostgresServer
) -> None:
    url = on_postgres.server.url
    readers = await asyncio.to_thread(on_postgres.readers, 4)
    writers = await asyncio.to_thread(on_postgres.writers, 8)
    async with listening(readers):
        async with writing(writers) as acknowledged:
            await written(acknowledged, 50)
            await asyncio.to_thread(own_postgres.kill)
            async with httpx2.AsyncClient(
                timeout=10, headers=on_postgres.bearer, trust_env=False, base_url=f"{url}/api/v1"
            ) as client:
                for _ in range(6):
                    answers = [
                        await client.post("/posts", json={"text": "Said to nobody"}),
                        await client.get("/timelines/all"),
                    ]
                    for answer in answers:
                        assert answer.status_code == 503, answer.text
                        assert int(answer.headers["retry-after"]) >= 1
                        assert answer.json()["error"]["code"] == "unavailable"
                assert (await client.get(f"{url}/healthz")).status_code == 200
                assert (await client.get(f"{url}/readyz")).status_code == 503
            before = acknowledged()
            await asyncio.to_thread(own_postgres.start)
            await written(acknowledged, 50)
            assert acknowledged() > before
        await on_postgres.agree(readers)
        assert all(reader.endings == [] for reader in readers), "A screen was cut off because of PostgreSQL."
    assert {status for writer in writers for status in writer.answers} == {201, 503}
