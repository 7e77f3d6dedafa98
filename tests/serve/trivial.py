"""A server with nothing in it, run by the real supervisor: `python -m tests.serve.trivial FOLDER WORKERS [PORT]`.

It answers with the number of its process, streams for ever on /stream, and drains by ending those streams after a while.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from microblog.supervisor import Address, Fleet, Refused, StoreLock, serve


class Trivial:
    """The smallest thing that can be served and drained."""

    http_class: type[asyncio.Protocol] = HttpToolsProtocol
    protocol_class: type[asyncio.Protocol] = WebSocketsSansIOProtocol

    def __init__(self) -> None:
        self.ending = asyncio.Event()

    async def asgi(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        if scope["path"] == "/stream":
            await send({"type": "http.response.body", "body": b"begin", "more_body": True})
            await self.ending.wait()
            await send({"type": "http.response.body", "body": b"drained"})
        elif scope["path"] == "/stubborn":
            await send({"type": "http.response.body", "body": b"begin", "more_body": True})
            await asyncio.Event().wait()
        else:
            await send({"type": "http.response.body", "body": str(os.getpid()).encode()})

    async def drain(self, within: float) -> None:
        await asyncio.sleep(min(0.3, within))
        self.ending.set()


def main(data: Path, workers: int, port: int) -> int:
    lock = StoreLock(data)
    address = Address.claim("127.0.0.1", port, shared=workers > 1)

    def ready() -> None:
        print(address.url, flush=True)

    if workers == 1:
        serve(lambda: nullcontext(Trivial()), address.reserved, on_ready=ready)
        lock.release()
        return 0

    def work(number: int, told: Callable[[], None]) -> None:
        if (data / f"broken-{number}").exists():
            raise RuntimeError("This worker can not start.")
        serve(lambda: nullcontext(Trivial()), address.sockets_of_a_worker(), on_ready=told)

    return Fleet(workers, work, ready).run()


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0))
    except Refused as refusal:
        sys.exit(str(refusal))
