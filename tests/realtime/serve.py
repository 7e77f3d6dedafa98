"""Serve the company in a process of its own, as the product is served: `python -m tests.realtime.serve STORE [REDIS]`."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from microblog.supervisor import Address, serve
from tests.realtime import company as companies
from tests.realtime.company import Company


class Served:
    def __init__(self, company: Company) -> None:
        self.asgi: Any = Starlette(routes=company.realtime.routes())
        self.protocol_class = company.realtime.protocol_class
        self.http_class = company.realtime.http_class
        self.drain = company.realtime.drain


@contextlib.asynccontextmanager
async def composed() -> AsyncIterator[Served]:
    async with companies.opened(
        Path(sys.argv[1]), redis_url=sys.argv[2] if len(sys.argv) > 2 else None
    ) as company:
        yield Served(company)


if __name__ == "__main__":
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    address = Address.claim("127.0.0.1", 0, shared=False)
    serve(composed, address.reserved, on_ready=lambda: print(address.port, flush=True))
