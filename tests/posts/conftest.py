from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from microblog import posts
from microblog.db import Database
from tests.posts.company import Company
from tests.support.api import Api, served
from tests.support.people import settle
from tests.support.store import Store


@pytest.fixture
async def company(store: Store, database: Database) -> Company:
    """Everybody, on either engine."""
    people = await settle(database)
    store.heard.clear()
    return Company(database, people, store.heard)


@pytest.fixture
async def api(store: Store) -> AsyncIterator[Api]:
    """The API over HTTP, on either engine."""
    async with served(store.data, url=store.url, more_rows=posts.ROWS, erasures=posts.erasures) as api:
        yield api
