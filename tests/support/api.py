"""The API on a real port in front of a real store, with the parts that need neither posts nor realtime."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import uvicorn

from microblog import bots, journal, people
from microblog.access import Authenticator, Doors
from microblog.access.routes import rows as access_rows
from microblog.db import Database, Tx, open_database
from microblog.http import Erasure, Metrics, Origins, Row, application, build, site
from microblog.journal import Committed
from tests.support.people import People, Someone, settle
from tests.support.store import migrated


@dataclass
class Api:
    """A served API, its store, its people, and what was committed since it opened."""

    database: Database
    authenticator: Authenticator
    people: People
    client: httpx2.AsyncClient
    port: int
    committed: list[Committed] = field(default_factory=list)

    async def call(self, who: Someone | None, method: str, path: str, **more: Any) -> httpx2.Response:
        """One request with this person's token (None: nobody's), below `/api/v1`."""
        headers = {**(who.bearer if who else {}), **more.pop("headers", {})}
        return await self.client.request(method, f"/api/v1{path}", headers=headers, **more)

    async def get(self, who: Someone | None, path: str, **more: Any) -> httpx2.Response:
        return await self.call(who, "GET", path, **more)

    async def post(self, who: Someone | None, path: str, **more: Any) -> httpx2.Response:
        return await self.call(who, "POST", path, **more)

    def events(self, kind: str) -> list[Committed]:
        return [event for event in self.committed if event.type == kind]


def _no_erasures(tx: Tx, viewer: None) -> Sequence[Erasure]:
    return ()


@asynccontextmanager
async def served(
    data: Path,
    *,
    url: str = "",
    more_rows: Sequence[Row] = (),
    erasures: Any = _no_erasures,
    public_url: str = "",
) -> AsyncIterator[Api]:
    """Serve the API over a migrated store: `url` is what MICROBLOG_DATABASE_URL would be, `data` what DATA would.

    Without either there is a new store.
    """
    if not url and not (data / "microblog.db").exists():
        (data / "microblog.db").write_bytes(migrated())
    committed: list[Committed] = []
    authenticators: list[Authenticator] = []

    def on_commit(events: Sequence[Committed]) -> None:
        committed.extend(events)
        for event in events:
            if event.control is not None and authenticators:
                authenticators[0].forget(event.control)

    database = await open_database(url, data=data, seal=journal.seal, on_commit=on_commit)
    origins, metrics = Origins(public_url), Metrics()
    authenticator = Authenticator(database, origins)
    authenticators.append(authenticator)
    doors = Doors(origins)
    rows = (*access_rows(doors), *people.ROWS, *bots.ROWS, *more_rows)
    folder = data / "static"
    folder.mkdir()
    (folder / "index.html").write_text(INDEX)
    (folder / "app.js").write_text("export const hello = 'world';\n" * 100)
    authenticate = authenticator.authenticate
    routes = [
        *build(rows, database=database, authenticate=authenticate),
        *site(
            rows,
            static=folder,
            metrics=metrics,
            erasures=erasures,
            database=database,
            authenticate=authenticate,
        ),
    ]
    app = application(routes, origins=origins, metrics=metrics)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield Api(database, authenticator, await settle(database), client, port, committed)
    finally:
        server.should_exit = True
        await task
        doors.close()
        await database.close()


INDEX = """<!doctype html><html lang="en"><head><title>microblog</title>
<script type="importmap">{"imports": {"app": "/static/app.js"}}</script>
<script type="module" src="/static/app.js"></script></head><body></body></html>
"""
