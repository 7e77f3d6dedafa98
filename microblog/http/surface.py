"""The whole HTTP application out of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Lifespan

from microblog import __version__
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Database, Tx
from microblog.http.dispatch import Dispatch
from microblog.http.edge import Edge
from microblog.http.health import Checks, Health
from microblog.http.metrics import Metrics
from microblog.http.openapi import describe
from microblog.http.origin import Origins
from microblog.http.policy import Erasures, Policy
from microblog.http.reference import Reference
from microblog.http.request import Authenticate
from microblog.http.rows import Row
from microblog.http.site import Site


def build(
    rows: Iterable[Row], *, database: Database, authenticate: Authenticate, public_url: str = ""
) -> list[BaseRoute]:
    """The routes of `/api/v1`: these rows, and the description of them."""
    described = list(rows)
    document = msgspec.Raw(encode(describe(described, version=__version__, server=public_url)))

    def openapi(tx: Tx, viewer: Viewer | None) -> msgspec.Raw:
        return document

    described.append(
        Row("GET", "/openapi.json", openapi, answers=dict, open=True, summary="This description")
    )
    return [Dispatch(described, database, authenticate)]


def site(
    rows: Sequence[Row],
    *,
    static: Path,
    database: Database,
    authenticate: Authenticate,
    metrics: Metrics,
    erasures: Erasures,
    checks: Checks | None = None,
) -> list[BaseRoute]:
    """The routes of everything else: pages, files, health, the policy, the API to read. To stand last."""
    health = Health(database, metrics, authenticate, checks or {})
    reference = Reference(describe(rows, version=__version__))
    pages = {
        "/healthz": health.alive,
        "/readyz": health.ready,
        "/metrics": health.figures,
        "/policy": Policy(database, erasures).page,
        "/api": reference.page,
    }
    return [Site(static, pages)]


def application(
    routes: Sequence[BaseRoute],
    *,
    origins: Origins,
    metrics: Metrics,
    lifespan: Lifespan[Router] | None = None,
) -> ASGIApp:
    """The ASGI application that serves these routes, in this order, inside the edge.

    Starlette's Router without its application class: the two layers that would add turn exceptions into plain text, and
    the edge turns them into JSON already.
    """
    router = Router(routes, lifespan=lifespan, redirect_slashes=False)
    return Edge(router, origins=origins, metrics=metrics)
