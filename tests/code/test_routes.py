"""Every route that a slice declares says what it is for, stands in the OpenAPI document, and is declared once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import microblog
from microblog.http.openapi import describe
from microblog.http.rows import Row


def declared() -> Iterator[Row]:
    for module in iter_modules(microblog.__path__, "microblog."):
        if module.ispkg and find_spec(f"{module.name}.routes"):
            yield from getattr(import_module(f"{module.name}.routes"), "ROWS", ())


def test_every_route_is_documented() -> None:
    rows = list(declared())
    assert rows
    paths = describe(rows, version="1")["paths"]
    for row in rows:
        assert row.summary, f"{row.method} {row.path} does not say what it is for."
        assert paths[f"/api/v1{row.path}"][row.method.lower()]["summary"] == row.summary


def test_no_route_is_declared_twice() -> None:
    named = [(row.method, row.path) for row in declared()]
    assert sorted(set(named)) == sorted(named)
