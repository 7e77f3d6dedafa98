"""Every timeline is answered by indexes alone, on both engines: nothing walks over what the viewer may not read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import pytest

from microblog.core.viewer import Viewer
from microblog.db import Hot, Row, Tx
from microblog.posts import queries, timelines
from microblog.posts.model import Page, ThreadPage
from tests.posts.company import Company

INDEXES = {
    "home": {
        "ix_posts_group_root",
        "ix_posts_author_open_root",
        "ix_post_topics_open_root",
        "ix_mentions_open_root",
    },
    "all": {"ix_posts_group_root"},
    "person": {"ix_posts_author_open", "ix_posts_author_closed"},
    "topic": {"ix_post_topics_open_root", "ix_post_topics_closed_root"},
    "mentions": {"ix_mentions_open", "ix_mentions_closed"},
    "thread": {"ix_posts_thread"},
}
OURS = frozenset[str]().union(*INDEXES.values())

READS: dict[str, Callable[[Tx, Viewer], object]] = {
    "home": lambda tx, viewer: timelines.home(tx, viewer, Page()),
    "all": lambda tx, viewer: timelines.everyone(tx, viewer, Page()),
    "person": lambda tx, viewer: timelines.person(tx, viewer, Page(), handle="ada"),
    "topic": lambda tx, viewer: timelines.topic(tx, viewer, Page(), name="python"),
    "mentions": lambda tx, viewer: timelines.mentioning(tx, viewer, Page()),
    "thread": lambda tx, viewer: queries.thread(tx, viewer, ThreadPage(), id=1),
}


class Explained:
    """A unit of work that asks how each statement will be run before it runs it."""

    def __init__(self, tx: Tx) -> None:
        self.plans: list[str] = []
        self._tx = tx

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)

    def hot(self, statement: Hot, **parameters: Any) -> list[Row]:
        plan = statement.plan(self._tx.dialect)
        assert not re.search(r"LIMIT :\w+\b(?! \+)", plan.sql), (
            "SQLite would plan this anew each time: db.at_most"
        )
        how = "EXPLAIN QUERY PLAN " if self._tx.dialect == "sqlite" else "EXPLAIN "
        rows = self._tx._connection.exec_driver_sql(how + plan.sql, plan.bind(parameters))
        self.plans.append("\n".join(str(row[-1]) for row in rows))
        return self._tx.hot(statement, **parameters)


def explain(tx: Tx, viewer: Viewer, name: str) -> list[str]:
    if tx.dialect == "postgresql":
        # With a handful of rows a planner may well read all of them.
        tx._connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        tx._connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
    explained = Explained(tx)
    READS[name](cast(Tx, explained), viewer)
    return explained.plans


@pytest.mark.parametrize("name", READS)
async def test_each_list_by_its_indexes(company: Company, name: str) -> None:
    people = company.people
    await company.group("secret", "private", people.ada, people.linus)
    await company.follow(people.linus, people.ada)
    await company.follow_topic(people.linus, "python")
    root = await company.publish(people.ada, "Open @linus #python")
    await company.publish(people.ada, "Reply @linus #python", reply_to=root["id"])
    await company.publish(people.ada, "Secret @linus #python", group="secret")
    plans = await company.database.read(explain, people.linus.viewer, name)
    said = "\n".join(plans)
    assert {index for index in OURS if f"{index} " in said} == INDEXES[name], said
    assert "SCAN posts" not in said, said
    assert "SCAN mentions" not in said, said
    assert "SCAN post_topics" not in said, said
    assert "Seq Scan on posts" not in said, said
    # Reading by id sorts nothing and filters nothing: the newest twenty are the first twenty of the index.
    lists = [plan for plan in plans if any(f"{index} " in plan for index in OURS)]
    assert not any("USE TEMP B-TREE" in plan or "Sort" in plan for plan in lists), said


async def test_a_list_without_its_index_would_be_noticed(company: Company) -> None:
    def without(tx: Tx, viewer: Viewer) -> list[str]:
        tx._connection.exec_driver_sql("DROP INDEX ix_posts_group_root")
        return explain(tx, viewer, "all")

    plans = await company.database.write(without, company.people.linus.viewer)
    assert not any("ix_posts_group_root" in plan for plan in plans)
