"""A full disk, a real one: 507 for who does not fit, reading goes on, and so does writing once there is room."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

import httpx2
import pytest

from tests.chaos.clients import listening, writing, written
from tests.chaos.conftest import Company, settle
from tests.support.server import Serve

MEGABYTES = 16

# In a mount namespace of its own, which ends with the server; an ordinary user may do that in a user namespace.
AS_ROOT = () if os.geteuid() == 0 else ("--user", "--map-root-user")
UNDER = ("unshare", *AS_ROOT, "--mount", "sh", "-c")
ON_A_SMALL_DISK = f'mount -t tmpfs -o size={MEGABYTES}m small "$MICROBLOG_DATA" && exec "$@"'


@pytest.fixture
def on_a_small_disk(serve: Serve, tmp_path: Path) -> tuple[Company, Path]:
    """A company whose store is on a disk of 16 MB, and the folder of the store as it is seen from here."""
    data = tmp_path / "small"
    data.mkdir()
    server = serve(data=data, under=(*UNDER, ON_A_SMALL_DISK, "sh"))
    disk = Path(f"/proc/{server.pid}/root{data}")
    assert shutil.disk_usage(disk).total == MEGABYTES << 20
    return settle(server), disk


async def test_who_does_not_fit_is_told_and_the_rest_goes_on(on_a_small_disk: tuple[Company, Path]) -> None:
    company, disk = on_a_small_disk
    readers = await asyncio.to_thread(company.readers, 2)
    writers = await asyncio.to_thread(company.writers, 8)
    async with (
        listening(readers),
        httpx2.AsyncClient(
            timeout=10, headers=company.bearer, base_url=f"{company.server.url}/api/v1", trust_env=False
        ) as ada,
    ):
        async with writing(writers) as acknowledged:
            await written(acknowledged, 50)
            _fill(disk / "ballast")
            async with asyncio.timeout(20):
                while (refused := await ada.post("/posts", json={"text": "x" * 60_000})).status_code == 201:
                    pass
                while not company.ledger.having("failed"):
                    await asyncio.sleep(0.02)
            assert refused.status_code == 507
            assert refused.json()["error"]["code"] == "storage_full"
            for path in ("/timelines/all", "/me", "/people"):
                assert (await ada.get(path)).status_code == 200
            (disk / "ballast").unlink()
            await written(acknowledged, 50)
        await company.agree(readers)
        assert all(reader.endings == [] for reader in readers)
    assert {status for writer in writers for status in writer.answers} == {201, 507}


def _fill(ballast: Path) -> None:
    """Leave no room."""
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(os.urandom(size))
            except OSError:
                continue
