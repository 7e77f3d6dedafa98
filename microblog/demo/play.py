"""What happens while the demo runs: colleagues go on talking, at the pace of people."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime
from itertools import count

from microblog.core.errors import Problem
from microblog.db import Database
from microblog.demo.company import FOLDER, Company
from microblog.demo.script import Line, conversations
from microblog.demo.settle import Viewers, give, say

BETWEEN_LINES = 9.0
"""Seconds between two things said, on average."""

BETWEEN_REACTIONS = 2.5

BETWEEN_BUILDS = 240.0


async def play(database: Database, company: Company, viewers: Viewers) -> None:
    """Keep the stream alive until cancelled: every conversation, then all again in another order."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_talk(database, viewers))
        group.create_task(_build(database, company, viewers))


async def _talk(database: Database, viewers: Viewers) -> None:
    talks = conversations(FOLDER / "live", datetime.now().astimezone())
    while True:
        for talk in talks:
            try:
                await _converse(database, viewers, talk)
            except Problem:  # a full disk, a server that is stopping: others say so, and the demo goes on
                await asyncio.sleep(BETWEEN_LINES)
        random.shuffle(talks)


async def _converse(database: Database, viewers: Viewers, talk: Sequence[Line]) -> None:
    said: dict[int, int] = {}
    for line in talk:
        await asyncio.sleep(_about(BETWEEN_LINES))
        answers = None if line.answers is None else said[id(line.answers)]
        said[id(line)] = await database.write(say, viewers[line.who], line, answers)
        for name, who in line.reactions:
            await asyncio.sleep(_about(BETWEEN_REACTIONS))
            await database.write(give, viewers[who], said[id(line)], name)


async def _build(database: Database, company: Company, viewers: Viewers) -> None:
    for number in count(random.randint(400, 900)):
        await asyncio.sleep(_about(BETWEEN_BUILDS))
        text = random.choice(company.builds).format(
            number=number,
            minutes=random.randint(8, 13),
            seconds=f"{random.randint(0, 59):02d}",
            tests=random.randint(1180, 1230),
        )
        bot = Line(who="bouwbot", at=None, group="java", text=text)
        try:
            await database.write(say, viewers[bot.who], bot, None)
        except Problem:
            continue


def _about(seconds: float) -> float:
    """A time around this one: people neither tick nor wait for ever."""
    return random.uniform(0.4, 1.6) * seconds
