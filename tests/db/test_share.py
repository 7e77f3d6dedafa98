"""Several processes on one SQLite file take turns."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from microblog.db.locks import StoreInUse, WriteTurn, hold_store
from tests.db import writers
from tests.support.store import Store, everything, texts


async def test_two_writing_flat_out_share_equally(sqlite_store: Store) -> None:
    await _share(sqlite_store, many=1_500)


@pytest.mark.long
async def test_two_writing_flat_out_never_wait_over_100_ms(sqlite_store: Store) -> None:
    lines = await _share(sqlite_store, many=20_000)
    assert max(lines) < 0.1


async def _share(store: Store, many: int) -> list[float]:
    both = [await writers.start(store, name, many) for name in ("ada", "linus")]
    out = await writers.go(both)
    took = sorted(lines[-1][3] for lines in out)
    # The same work, started together: who ends first has had at most a quarter more than the other until then.
    assert took[1] < took[0] * 1.25
    async with store.opened() as database:
        found = await database.read(everything, None)
    assert [event.seq for event in found] == list(range(1, 2 * many + 1))
    assert set(texts(found)) == writers.acknowledged(out[0]) | writers.acknowledged(out[1])
    order = [text.split()[0] for text in texts(found)]
    assert order.count("ada") == order.count("linus") == many
    half = order[:many].count("ada")
    assert many * 0.35 < half < many * 0.65
    return [wait for lines in out for wait in writers.waits(lines)]


async def test_one_at_a_time_holds_the_write_turn(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    first, second = WriteTurn(file), WriteTurn(file)
    with first:
        assert not second._write.try_lock()
    with second:
        assert not first._write.try_lock()
    first.close()
    second.close()


def test_a_second_server_refuses_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    held = hold_store(tmp_path)
    with pytest.raises(StoreInUse):
        hold_store(tmp_path)
    held.close()
    code = (
        "import os, sys; from pathlib import Path; from microblog.db.locks import hold_store;"
        "hold_store(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == -9
    hold_store(tmp_path).close()
