"""What was withdrawn or erased is found nowhere: no table, no file, no list, no replay."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import select

from microblog import journal
from microblog.core.wire import encode
from microblog.db import Tx, tables
from tests.posts.company import Company, Json
from tests.support.store import Store

SECRET = "zwolle"
"""A word that stands in the text, in a mention's and a topic's neighbourhood, in code and in a link."""

SAID = f"I am in {SECRET} with @linus #{SECRET} `{SECRET}` https://{SECRET}.example/{SECRET}"


def everything(tx: Tx, viewer: None) -> str:
    """Every cell of every table."""
    said = []
    for table in tables.load().sorted_tables:
        for row in tx.execute(select(table)):
            said += [cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell) for cell in row]
    return "\n".join(said)


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def _say_and_regret(company: Company, how: str, more: Literal["", "long"]) -> Json:
    people = company.people
    text = SAID + (" and more" * 2_000 + f" {SECRET}" if more else "")
    post = await company.publish(people.ada, text, group="secret")
    await company.react(people.linus, post, "👍")
    await company.publish(people.linus, "Nice", reply_to=post["id"])
    await company.revise(people.ada, post, text.replace("in", "near"))
    await company.revise(people.ada, post, text)
    await company.bookmark(people.linus, post)
    if how == "withdraw":
        await company.withdraw(people.ada, post)
    if how == "erase":
        await company.erase(post, "Court order 26-113")
    return post


@pytest.mark.parametrize("more", ["", "long"])
@pytest.mark.parametrize("how", ["keep", "withdraw", "erase"])
async def test_in_no_table_and_no_file(
    company: Company, store: Store, how: str, more: Literal["", "long"]
) -> None:
    await company.group("secret", "private", company.people.ada, company.people.linus)
    await _say_and_regret(company, how, more)
    assert await company.database.checkpoint()
    kept = await company.database.read(everything, None)
    assert (SECRET in kept) is (how == "keep")
    if store.engine == "sqlite":
        assert (SECRET.encode() in files(store.data)) is (how == "keep")


@pytest.mark.parametrize("how", ["keep", "withdraw", "erase"])
async def test_in_no_list_and_no_replay(company: Company, how: str) -> None:
    people = company.people
    await company.group("secret", "private", people.ada, people.linus)
    post = await _say_and_regret(company, how, "")
    lists = [
        await company.timeline(people.linus, name)
        for name in ("home", "mentions", "bookmarks", "group/secret", "person/ada", f"topic/{SECRET}")
    ]
    lists += [await company.thread(people.linus, post), await company.history(people.linus, post)]
    replayed = await company.database.read(lambda tx, _: journal.since(tx, 0, 1_000), None)
    seen = encode(lists) + encode(await company.post(people.linus, post))
    seen += b"".join(event.data for event in replayed)
    assert (SECRET.encode() in seen) is (how == "keep")


async def test_others_lose_nothing(company: Company) -> None:
    people = company.people
    await company.group("secret", "private", people.ada, people.linus)
    kept = await company.publish(people.linus, SAID.replace(SECRET, "assen"), group="secret")
    await company.revise(people.linus, kept, SAID.replace(SECRET, "assen") + "!")
    await _say_and_regret(company, "withdraw", "")
    assert (await company.post(people.ada, kept))["text"].endswith("assen!")
    assert len((await company.history(people.ada, kept))["items"]) == 2
    assert await company.ids(people.ada, "topic/assen") == [kept["id"]]
