"""What the tests of realtime share: a company, served, on the loop that the product runs on."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import uvloop

from tests.realtime import company as companies
from tests.realtime.company import Company


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its people in it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("prepared")
    companies.prepare(folder)
    return folder / "microblog.db"


@pytest.fixture
def store(tmp_path: Path, prepared: Path) -> Path:
    shutil.copy(prepared, tmp_path)
    return tmp_path


@pytest.fixture
async def company(store: Path) -> AsyncIterator[Company]:
    async with companies.opened(store) as company:
        yield company


@pytest.fixture
async def port(company: Company) -> AsyncIterator[int]:
    async with companies.served(company) as port:
        yield port
