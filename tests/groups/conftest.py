from __future__ import annotations

import pytest

from microblog.db import Database
from tests.groups.house import House
from tests.support.people import settle
from tests.support.store import Store


@pytest.fixture
async def house(store: Store, database: Database) -> House:
    """Everyone, and no group yet; once on each engine."""
    return House(database, store, await settle(database))
