"""A process that writes: `python -m tests.db.writer_process URL DATA NAME MANY ACCOUNTS`.

Prints a line of JSON per unit: `[name, n, outcome, seconds waited]`, outcome "ok" or the code of the problem.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from microblog.core.errors import Problem
from tests.support.store import Store, say, somebody


async def main(url: str, data: str, name: str, many: int, accounts: int) -> None:
    store = Store("", url, Path(data))
    async with store.opened() as database:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        numbers = iter(range(many))

        async def write(account: int) -> None:
            for n in numbers:
                began = time.monotonic()
                try:
                    await database.write(say, somebody(account + 1, name), f"{name} {n}", n + 1)
                    outcome = "ok"
                except Problem as problem:
                    outcome = problem.code
                print(json.dumps([name, n, outcome, time.monotonic() - began]), flush=False)

        began = time.monotonic()
        await asyncio.gather(*(write(account) for account in range(accounts)))
        print(json.dumps([name, -1, "took", time.monotonic() - began]), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])))
