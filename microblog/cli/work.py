"""One action on the store from the command line, and refusals as sentences."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

import click
from sqlalchemy.exc import DBAPIError

from microblog.access import OPERATOR
from microblog.core.errors import Problem
from microblog.core.viewer import Viewer
from microblog.db import Tx, open_database
from microblog.db.migrate import migrate
from microblog.journal import seal
from microblog.logs import configure
from microblog.settings import BadSetting, Loaded, Settings, load
from microblog.supervisor import Refused

P = ParamSpec("P")
T = TypeVar("T")


def settled(**command_line: object) -> Loaded:
    """The settings, with logging set up as they say. Raises ClickException where one is bad."""
    with sentences():
        loaded = load(os.environ, command_line)
    configure(loaded.settings.log_format, loaded.settings.log_level)
    return loaded


def act(
    settings: Settings, action: Callable[Concatenate[Tx, Viewer, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run one action as the operator, on the migrated store. What it records is on every screen within half a second:
    servers poll the counter, because no doorbell rings from here. Raises ClickException for a refusal."""

    async def run() -> T:
        database = await open_database(
            settings.database_url, data=settings.data, seal=seal, on_commit=lambda events: None
        )
        try:
            return await database.write(action, OPERATOR, *args, **kwargs)
        finally:
            await database.close()

    with sentences():
        migrate(settings.database_url, settings.data)
        return asyncio.run(run())


@contextmanager
def sentences() -> Iterator[None]:
    """Say what was refused in one sentence and leave with status 1, instead of a traceback."""
    try:
        yield
    except (BadSetting, Refused) as refused:
        raise click.ClickException(str(refused)) from refused
    except Problem as problem:
        raise click.ClickException(problem.message) from problem
    except DBAPIError as error:
        raise click.ClickException(f"The store can not be used: {error.orig}") from error
