"""Where things are: which core is whose, what is kept between runs."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent
CACHE = ROOT / ".cache"
"""Programs of peers and big stores, made once; ignored by git and safe to delete."""

RESULTS = ROOT / "results"

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE = CORES[0]
LOAD_CORE = CORES[-1]


def cache(name: str) -> Path:
    """A folder in the cache."""
    folder = CACHE / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
