"""Several writing processes at once, started together."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence

from tests.support.store import Store

Line = tuple[str, int, str, float]


async def start(store: Store, name: str, many: int, accounts: int = 8) -> asyncio.subprocess.Process:
    """A writer that is open and waits for `go`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.db.writer_process", store.url, str(store.data), name, str(many), str(accounts)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**24,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def go(processes: Sequence[asyncio.subprocess.Process]) -> list[list[Line]]:
    """Let them write and answer what each printed."""
    answers = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert all(process.returncode == 0 for process in processes)
    return [[json.loads(line) for line in out.splitlines()] for out, _ in answers]


def waits(lines: list[Line]) -> list[float]:
    return [seconds for _, n, _, seconds in lines if n >= 0]


def acknowledged(lines: list[Line]) -> set[str]:
    return {f"{name} {n}" for name, n, outcome, _ in lines if outcome == "ok"}
