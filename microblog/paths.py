"""Where the files lie that are not Python: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def migrations_dir() -> Path:
    """The Alembic environment."""
    return _folder("migrations")


def static_dir() -> Path:
    """The browser client."""
    return _folder("static")
