"""Is it alive, is it ready, how is it doing: `/healthz`, `/readyz` and `/metrics`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from sqlalchemy import literal, select
from starlette.types import Scope

from microblog.core.errors import NotFound, Problem
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Database, Tx
from microblog.http.answering import JSON, NO_STORE, refusal
from microblog.http.metrics import Metrics
from microblog.http.request import Authenticate, header
from microblog.http.rows import Headers

_LOOPBACK = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})

Checks = Mapping[str, Callable[[], Awaitable[bool]]]


class Health:
    """The three figures of health. `checks` are further things to be ready for, by name."""

    def __init__(
        self, database: Database, metrics: Metrics, authenticate: Authenticate, checks: Checks
    ) -> None:
        self._database = database
        self._metrics = metrics
        self._authenticate = authenticate
        self._checks = checks

    async def alive(self, scope: Scope) -> tuple[int, Headers, bytes]:
        """200 as long as the loop turns: for whoever restarts a process that hangs."""
        return 200, (JSON, NO_STORE), b'{"ok":true}'

    async def ready(self, scope: Scope) -> tuple[int, Headers, bytes]:
        """200 when requests will be answered, else 503: for whoever balances between processes."""
        found = {"database": await self._database_answers()}
        for name, check in self._checks.items():
            found[name] = await check()
        well = all(found.values())
        return 200 if well else 503, (JSON, NO_STORE), encode({"ready": well, "checks": found})

    async def figures(self, scope: Scope) -> tuple[int, Headers, bytes]:
        """For Prometheus: to this machine itself and to administrators; to everyone else there is nothing here.

        A reverse proxy on the same machine makes everyone look local, so a request that says it was forwarded does not
        count as local. What the figures tell is load, not who said what.
        """
        if not (_is_local(scope) or await self._is_admin(scope)):
            status, body, headers = refusal(NotFound("There is nothing under this address."))
            return status, headers, body
        body, kind = self._metrics.exposition()
        return 200, ((b"content-type", kind), NO_STORE), body

    async def _database_answers(self) -> bool:
        try:
            await self._database.read(_ask, None)
        except Problem:
            return False
        return True

    async def _is_admin(self, scope: Scope) -> bool:
        try:
            return (await self._authenticate(scope)).admin
        except Problem:
            return False


def _is_local(scope: Scope) -> bool:
    client = scope.get("client")
    forwarded = any(header(scope, name) for name in (b"x-forwarded-for", b"forwarded", b"x-real-ip"))
    return client is not None and client[0] in _LOOPBACK and not forwarded


def _ask(tx: Tx, viewer: Viewer | None) -> None:
    tx.execute(select(literal(1)))
