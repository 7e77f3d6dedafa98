"""The composition root: the one place that knows every part, and hands each what it needs of the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from microblog import access, bots, groups, http, people, posts
from microblog.access.routes import rows as access_rows
from microblog.core import clock
from microblog.core.errors import Problem
from microblog.db import Database, open_database
from microblog.http import Metrics, Origins, idempotency
from microblog.journal import Committed, Control, run_consumers, run_pruning, seal
from microblog.paths import static_dir
from microblog.realtime import Ports, Realtime
from microblog.settings import Settings

CONSUMERS = (people.ACTIVITY,)
"""Every follow-up job."""

DAY = 86_400.0
"""Seconds."""

CHECKPOINT_EVERY = 5.0
"""Seconds within which everything that is withdrawn shares one checkpoint, which holds the writers up for a moment."""

log = structlog.get_logger("microblog")


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
    """Open the store, which must have been migrated, and put the product together. Raises Problem."""
    async with AsyncExitStack() as opened:
        wake = asyncio.Event()
        overwritten = asyncio.Event()
        overwritten.set()  # by whoever served or erased here before, as far as we know

        def on_commit(events: Sequence[Committed]) -> None:
            realtime.committed(events)
            wake.set()

        def on_control(control: Control) -> None:
            authenticator.forget(control)
            if control.rewrite:
                overwritten.set()

        database = await open_database(
            settings.database_url, data=settings.data, seal=seal, on_commit=on_commit
        )
        opened.push_async_callback(database.close)
        origins = Origins(settings.public_url)
        authenticator = access.Authenticator(database, origins)
        realtime = Realtime(
            Ports(authenticator.authenticate, access.channels_of, access.may_hear, access.card_of),
            on_control=[on_control],
            redis_url=settings.redis_url or None,
            worker=worker,
        )
        await realtime.start(database)
        opened.push_async_callback(realtime.stop)
        database.debt = realtime.debt
        doors = access.Doors(origins)
        opened.callback(doors.close)
        asgi = _application(settings, origins, database, authenticator, doors, realtime)
        for chore in (
            run_consumers(database, CONSUMERS, wake),
            run_pruning(database),
            _forget_requests(database),
            _forget_copies(database, overwritten),
        ):
            opened.push_async_callback(_ended, _begun(chore))
        yield Composed(asgi, database, realtime)


def build(settings: Settings) -> ASGIApp:
    """The product as an ASGI application, for servers that are not `microblog serve`: it opens in its lifespan."""
    return _Opening(settings)


def _application(
    settings: Settings,
    origins: Origins,
    database: Database,
    authenticator: access.Authenticator,
    doors: access.Doors,
    realtime: Realtime,
) -> ASGIApp:
    rows = (*access_rows(doors), *people.ROWS, *groups.ROWS, *bots.ROWS, *posts.ROWS)
    metrics = Metrics()
    authenticate = authenticator.authenticate
    api = http.build(rows, database=database, authenticate=authenticate, public_url=settings.public_url)
    site = http.site(
        rows,
        static=static_dir(),
        database=database,
        authenticate=authenticate,
        metrics=metrics,
        erasures=posts.erasures,
    )
    return http.application([*realtime.routes(), *api, *site], origins=origins, metrics=metrics)


async def _forget_requests(database: Database) -> None:
    """Once a day, the idempotency keys that are too old to be sent again."""
    while True:
        with suppress(Problem):
            kept = idempotency.KEPT_DAYS * DAY
            await database.write(idempotency.prune, None, clock.now() - round(kept * 1000))
        await asyncio.sleep(DAY)


async def _forget_copies(database: Database, overwritten: asyncio.Event) -> None:
    """Soon after something was overwritten, its copies in the store's files: SQLite's log keeps pages as they were."""
    while True:
        await overwritten.wait()
        overwritten.clear()
        try:
            done = await database.checkpoint()
        except Problem as problem:
            log.warning("a checkpoint failed and is tried again", code=problem.code)
            done = False
        if not done:
            overwritten.set()
        await asyncio.sleep(CHECKPOINT_EVERY)


def _begun(chore: Coroutine[None, None, None]) -> asyncio.Task[None]:
    """A chore runs for ever: one that ended by itself is a mistake of ours, and is logged as one when it happens."""

    def tell(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a chore failed and is not done any more", exc_info=error)

    task = asyncio.create_task(chore)
    task.add_done_callback(tell)
    return task


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


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
