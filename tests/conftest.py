"""One run of the tests: what it stands on, what it leaves out unless asked, and that nothing outlives it."""

from __future__ import annotations

import signal

import pytest

from tests.support.children import die_with_parent

pytest_plugins = [
    "tests.support.services",
    "tests.support.server",
    "tests.support.browser",
    "tests.support.store",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests marked long too: they take minutes")


def pytest_configure(config: pytest.Config) -> None:
    # `kill` ends a run as Ctrl-C does: fixtures are torn down, and the summary says how far it came.
    for ending in (signal.SIGTERM, signal.SIGINT):  # A run in the background was started with SIGINT ignored.
        signal.signal(ending, signal.default_int_handler)
    if hasattr(config, "workerinput"):  # A worker of pytest-xdist.
        die_with_parent()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
