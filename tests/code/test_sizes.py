"""Small rooms: a file past its size is the question which room is missing. A migration is written once, and has none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

LARGEST = {".py": 400, ".js": 300}
"""Lines."""


def sources() -> Iterator[Path]:
    for folder in ("microblog", "tests", "bench", "static"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in LARGEST and "vendor" not in path.parts:
                yield path


def test_no_file_has_become_the_place_where_everything_goes() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert len(lines) > 100, "The sources are elsewhere."
    large = {str(path.relative_to(ROOT)): n for path, n in lines.items() if n > LARGEST[path.suffix]}
    assert not large
