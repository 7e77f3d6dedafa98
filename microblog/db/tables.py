"""Every table of the product, for migrations and for tests."""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import MetaData

from microblog.db.schema import metadata

SLICES = ("journal", "http", "access", "posts")
"""The packages that have a `tables` module. By name: this package is below them and may not import them."""


def load() -> MetaData:
    """Import every slice's tables and answer the metadata that then holds them all."""
    for name in SLICES:
        import_module(f"microblog.{name}.tables")
    return metadata
