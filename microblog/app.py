"""The composition root: the one place that knows every part, and hands each what it needs of the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

import microblog
from microblog import access, bots, groups, http, people, posts
from microblog.db import Database, open_database
from microblog.http import Metrics, Origins, Row
from microblog.journal import seal
from microblog.realtime import Ports, Realtime
from microblog.settings import Settings

ROWS: tuple[Row, ...] = (*people.ROWS, *bots.ROWS, *groups.ROWS, *posts.ROWS)
"""Every operation of the API."""


@dataclass(frozen=True)
class Composed:
    """The whole product, open: what a server serves."""

    asgi: ASGIApp
    database: Database
    realtime: Realtime

    @property
    def protocol_class(self) -> type[asyncio.Protocol]:
        """For uvicorn's `ws=`."""
        return self.realtime.protocol_class

    @property
    def http_class(self) -> type[asyncio.Protocol]:
        """For uvicorn's `http=`."""
        return self.realtime.http_class

    async def drain(self, within: float) -> None:
        """Tell every live connection, within so many seconds, to go elsewhere."""
        await self.realtime.drain(within)


@asynccontextmanager
async def compose(settings: Settings, worker: str = "1") -> AsyncIterator[Composed]:
    """Open the store, which must have been migrated, and put the product together. Raises Problem, OSError."""
    async with AsyncExitStack() as opened:
        database = await open_database(
            settings.database_url,
            data=settings.data,
            seal=seal,
            on_commit=lambda events: realtime.committed(events),
        )
        opened.push_async_callback(database.close)
        origins = Origins(settings.public_url)
        authenticator = access.Authenticator(database, origins)
        realtime = Realtime(
            Ports(authenticator.authenticate, access.channels_of, access.may_hear, access.card_of),
            on_control=[authenticator.forget],
            redis_url=settings.redis_url or None,
            worker=worker,
        )
        await realtime.start(database)
        opened.push_async_callback(realtime.stop)
        database.debt = realtime.debt
        yield Composed(_application(settings, origins, database, authenticator, realtime), database, realtime)


def build(settings: Settings) -> ASGIApp:
    """The product as an ASGI application, for servers that are not `microblog serve`: it opens in its lifespan."""
    return _Opening(settings)


def static() -> Path:
    """The browser client: inside the package where it was installed, beside it in a checkout."""
    package = Path(microblog.__file__).parent
    return next(folder for folder in (package / "static", package.parent / "static") if folder.is_dir())


def _application(
    settings: Settings,
    origins: Origins,
    database: Database,
    authenticator: access.Authenticator,
    realtime: Realtime,
) -> ASGIApp:
    metrics = Metrics()
    authenticate = authenticator.authenticate
    api = http.build(ROWS, database=database, authenticate=authenticate, public_url=settings.public_url)
    site = http.site(
        ROWS,
        static=static(),
        database=database,
        authenticate=authenticate,
        metrics=metrics,
        erasures=posts.erasures,
    )
    return http.application([*realtime.routes(), *api, *site], origins=origins, metrics=metrics)


class _Opening:
    """Opens the product when the lifespan begins, and closes it when that ends."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._asgi: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._asgi is None:
            raise RuntimeError("microblog needs a server that speaks the ASGI lifespan protocol")
        else:
            await self._asgi(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with compose(self._settings) as composed:
            self._asgi = composed.asgi
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await composed.drain(0.0)
        await send({"type": "lifespan.shutdown.complete"})
