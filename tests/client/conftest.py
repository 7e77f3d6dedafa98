"""Real windows on a real server. A test fails on any error on the console, too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.client.house import House
from tests.support.arrangements import ARRANGEMENTS, arranged
from tests.support.server import Serve, Server


@asynccontextmanager
async def _watched(server: Server, browser: Browser) -> AsyncIterator[House]:
    house = House(server, browser)
    yield house
    wrong = [words for window in house.windows for words in window.wrong]
    for context in house.contexts:
        await context.close()
    assert not wrong, "\n".join(wrong)


@pytest_asyncio.fixture(loop_scope="session")
async def new_house(serve: Serve, browser: Browser) -> AsyncIterator[House]:
    """A house where nobody lives yet."""
    async with _watched(serve(), browser) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session", params=ARRANGEMENTS)
async def each_house(request: pytest.FixtureRequest, serve: Serve, browser: Browser) -> AsyncIterator[House]:
    """Ada, Linus and Grace, in each arrangement of the server."""
    async with _watched(arranged(request.param, request, serve), browser) as house:
        yield await house.populate()


@pytest_asyncio.fixture(loop_scope="session")
async def house(new_house: House) -> House:
    """Ada, who set it up, Linus and Grace, whom she asked in."""
    return await new_house.populate()
