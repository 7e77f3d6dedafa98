"""Removed from a group under load: nothing that is numbered after the removal arrives, on any process."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import httpx2
import pytest

from tests.chaos.checker import Heard
from tests.chaos.clients import Reader, listening, writing, written
from tests.chaos.conftest import Company

WRITERS, EVERY = 8, 0.05
PEOPLE = 10
GROUP = "inner-circle"


@pytest.mark.parametrize("rounds", [5, pytest.param(100, marks=pytest.mark.long)])
async def test_who_was_removed_hears_exactly_what_was_said_while_they_were_in_it(
    two_workers: Company, rounds: int
) -> None:
    company = two_workers
    writers = await asyncio.to_thread(company.writers, WRITERS, GROUP)
    others = await asyncio.to_thread(company.readers, PEOPLE)
    ada = Reader(company.server.url, company.ada, Heard("Ada"))
    stranger = Reader(company.server.url, await asyncio.to_thread(company.bot, "stranger"), Heard("Gus"))
    async with httpx2.AsyncClient(
        timeout=20, headers=company.bearer, base_url=f"{company.server.url}/api/v1", trust_env=False
    ) as client:
        made = await client.post("/groups", json={"handle": GROUP, "name": "Inner circle", "kind": "private"})
        assert made.status_code == 201, made.text
        await _all_of(client, "PUT", [f"writer-{number}" for number in range(WRITERS)])
        async with listening([ada, stranger, *others]):
            async with writing(writers, EVERY) as acknowledged:
                for _ in range(rounds):
                    await _all_of(client, "PUT", [reader.heard.who for reader in others])
                    await written(acknowledged, WRITERS)
                    await _all_of(client, "DELETE", [reader.heard.who for reader in others])
                    await written(acknowledged, 1)
            await ada.caught_up(company.ledger.having("ok"), within=15)
            await asyncio.sleep(1.0)  # what comes too late comes too
    assert len([move for move in ada.moves if move[1] == "group.left"]) == rounds * PEOPLE
    assert {key for _, key in ada.heard.events} == company.ledger.having("ok")
    for reader in others:
        assert reader.heard.events == _while_in_it(ada, reader.heard.who), reader.heard.who
        assert len(reader.heard.events) >= rounds, "Hardly anything was heard; the test shows nothing."
    assert stranger.heard.events == []
    heard = sum(len(reader.heard.events) for reader in others)
    print(
        f"{rounds * PEOPLE} removals, {len(ada.heard.events)} posts, {heard} of them heard by who was in it"
    )


async def _all_of(client: httpx2.AsyncClient, method: str, handles: Sequence[str]) -> None:
    """Bring all of them in, or put them out, at once and through either worker."""
    calls = [client.request(method, f"/groups/{GROUP}/members/{handle}") for handle in handles]
    for answer in await asyncio.gather(*calls):
        assert answer.status_code == 204, answer.text


def _while_in_it(ada: Reader, handle: str) -> list[tuple[int, str]]:
    """What Ada, who stayed, heard between somebody's coming and going, by number."""
    turns = [(seq, kind) for seq, kind, who in ada.moves if who == handle]
    spans = [(joined, left) for (joined, _), (left, _) in zip(turns[::2], turns[1::2], strict=True)]
    return [event for event in ada.heard.events if any(joined < event[0] < left for joined, left in spans)]
