from __future__ import annotations

import asyncio

from microblog.core.viewer import Viewer
from microblog.db import Database, Tx
from microblog.db.unit import FairQueue, Unit
from tests.support.store import ADA, GRACE, LINUS


async def test_every_account_has_its_turn() -> None:
    queue = FairQueue()
    for viewer, many in ((ADA, 5), (LINUS, 2), (GRACE, 1)):
        for at in range(many):
            queue.put(_unit(viewer, at))
    assert _taken(queue, 4) == ["ada 0", "linus 0", "grace 0", "ada 1"]
    assert _taken(queue, 9) == ["linus 1", "ada 2", "ada 3", "ada 4"]
    assert len(queue) == 0


async def test_what_is_put_back_comes_first_of_its_account() -> None:
    queue = FairQueue()
    for at in range(4):
        queue.put(_unit(ADA, at))
    taken = queue.take(3)
    queue.put_back(taken[1:])
    assert len(queue) == 3
    assert _taken(queue, 9) == ["ada 1", "ada 2", "ada 3"]


async def test_one_account_can_not_starve_another(database: Database) -> None:
    ended: list[str] = []

    def act(tx: Tx, viewer: Viewer) -> None:
        ended.append(viewer.handle)

    crowd = [asyncio.create_task(database.write(act, ADA)) for _ in range(600)]
    await asyncio.sleep(0)
    await database.write(act, LINUS)
    before = len(ended)
    await asyncio.gather(*crowd)
    assert len(ended) == 601
    assert before < 300


def _unit(viewer: Viewer, at: int) -> Unit:
    return Unit(lambda *_: None, viewer, (at,), {}, asyncio.get_running_loop().create_future())


def _taken(queue: FairQueue, most: int) -> list[str]:
    return [f"{unit._viewer.handle} {unit._args[0]}" for unit in queue.take(most) if unit._viewer]
