"""The store that the demo serves: made in a temporary folder, gone when the server is."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from microblog.access.passwords import hash_password
from microblog.app import Composed, compose
from microblog.db import open_database
from microblog.db.migrate import migrate
from microblog.demo.company import FOLDER, Company, company
from microblog.demo.play import play
from microblog.demo.script import conversations
from microblog.demo.settle import Viewers, remember, settle
from microblog.journal import seal
from microblog.settings import Settings

WORDS = (
    "anker",
    "boei",
    "dijk",
    "duin",
    "gemaal",
    "haven",
    "kade",
    "loods",
    "molen",
    "polder",
    "reiger",
    "sluis",
)
"""Passwords are made of these: easy to copy from a terminal."""


@dataclass(frozen=True)
class Demo:
    """What `microblog serve` needs in order to serve the demo instead of a store of one's own."""

    settings: Settings
    company: Company
    viewers: Viewers
    passwords: dict[str, str]

    def greet(self, url: str) -> Sequence[str]:
        """Two logins, to see what one says appear on the other's screen."""
        names = {person.handle: person.name for person in self.company.people}
        logins = [
            f"  {names[handle]}: log in as {handle} with {word}" for handle, word in self.passwords.items()
        ]
        return [
            f"This is {self.company.name}, which does not exist; it is gone when you stop the server.",
            *logins,
        ]

    @asynccontextmanager
    async def compose(self, settings: Settings, worker: str) -> AsyncIterator[Composed]:
        """The product, and in the first worker everybody who is talking."""
        async with compose(settings, worker) as composed:
            if worker != "1":
                yield composed
                return
            playing = asyncio.create_task(play(composed.database, self.company, self.viewers))
            try:
                yield composed
            finally:
                playing.cancel()
                with suppress(asyncio.CancelledError):
                    await playing


@contextmanager
def throwaway(settings: Settings) -> Iterator[Demo]:
    """A company on a store of its own, whatever store the settings name."""
    with tempfile.TemporaryDirectory(prefix="microblog-demo-") as folder:
        own = replace(settings, data=Path(folder), database_url="")
        staff = company()
        passwords = {handle: _password() for handle in staff.logins}
        viewers = asyncio.run(_fill(own, staff, passwords))
        yield Demo(own, staff, viewers, passwords)


async def _fill(settings: Settings, staff: Company, passwords: dict[str, str]) -> Viewers:
    migrate(settings.database_url, settings.data)
    now = datetime.now(ZoneInfo("Europe/Amsterdam"))
    database = await open_database(
        settings.database_url, data=settings.data, seal=seal, on_commit=lambda events: None
    )
    try:
        hashes = {handle: hash_password(password) for handle, password in passwords.items()}
        viewers = await settle(database, staff, hashes, now)
        await remember(database, viewers, conversations(FOLDER / "past", now), now)
    finally:
        await database.close()
    return viewers


def _password() -> str:
    return "-".join([*secrets.SystemRandom().sample(WORDS, 2), str(secrets.randbelow(90) + 10)])
