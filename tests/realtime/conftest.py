"""What the tests of realtime share: a company, served, on the loop that the product runs on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import uvloop

from tests.realtime import company as companies
from tests.realtime.company import Company


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Company]:
    companies.prepare(tmp_path)
    async with companies.opened(tmp_path) as company:
        yield company


@pytest.fixture
async def port(company: Company) -> AsyncIterator[int]:
    async with companies.served(company) as port:
        yield port
