"""Serving: refuse what can not work, migrate, listen, say where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from signal import SIGTERM

import click

from microblog.access import make_setup_code
from microblog.app import Composed, compose
from microblog.cli.work import act
from microblog.db.migrate import migrate
from microblog.settings import Settings
from microblog.supervisor import Address, Fleet, Refused, StoreLock, raise_descriptor_limit
from microblog.supervisor import serve as serve_here

Compose = Callable[[Settings, str], AbstractAsyncContextManager[Composed]]
"""`(settings, name of the worker)` → the product, open."""

Greet = Callable[[str], Sequence[str]]
"""The address → lines to print once it is served."""


def run(settings: Settings, greet: Greet | None = None, compose: Compose = compose) -> int:
    """Serve the store until told to stop, and answer the exit status.

    Raises Refused where it can not be served, and what migrating raises. What is cheap to refuse comes first.
    """
    if settings.workers > 1 and not settings.redis_url:
        raise Refused(
            f"{settings.workers} workers need Redis, to tell each other at once what was said: "
            "set MICROBLOG_REDIS_URL, such as redis://127.0.0.1:6379/0, or serve with one worker."
        )
    lock = StoreLock(settings.data)
    address = Address.claim(settings.host, settings.port, shared=settings.workers > 1)
    raise_descriptor_limit()
    migrate(settings.database_url, settings.data)
    say = greet or _set_up_greeting(settings)

    def ready() -> None:
        for line in (f"microblog is at {address.url}", *say(settings.public_url or address.url)):
            click.echo(line)

    def work(number: int, told: Callable[[], None]) -> None:
        name = str(number + 1)
        serve_here(
            lambda: compose(settings, name),
            address.sockets_of_a_worker(),
            signals=(SIGTERM,),
            proxies=settings.proxies,
            on_ready=told,
        )

    if settings.workers > 1:
        return Fleet(settings.workers, work, ready).run()
    serve_here(lambda: compose(settings, "1"), address.reserved, proxies=settings.proxies, on_ready=ready)
    lock.release()
    return 0


def _set_up_greeting(settings: Settings) -> Greet:
    """On a store without anybody: the link by which the first administrator gets in, once."""
    code = act(settings, lambda tx, operator: make_setup_code(tx))

    def greet(url: str) -> Sequence[str]:
        return [f"Nobody is here yet. Set it up, once, at {url.rstrip('/')}/setup#{code}"] if code else []

    return greet
