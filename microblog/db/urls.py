"""Where the store is."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url


def parse(url: str, data: Path) -> Path | URL:
    """The file of an SQLite store (`sqlite:///path`, or "" for `microblog.db` in `data`), or a PostgreSQL address.

    Raises ValueError on anything else; a store in memory would not be one.
    """
    if not url:
        return data / "microblog.db"
    address = make_url(url)
    kind = address.get_backend_name()
    if kind == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and address.database and address.database != ":memory:":
        return Path(address.database)
    raise ValueError(f"DATABASE_URL must be postgresql://… or sqlite:///path, not {kind}:")
