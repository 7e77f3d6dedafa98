"""Programs that are built with Go, where Go is present."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from bench.peers.peer import Absent
from bench.places import cache

BUILDS_WITHIN = 900


def program(name: str, module: str) -> Path:
    """A program of the system, or built from `module`. Raises Absent, with what `go install` said last."""
    if found := shutil.which(name):
        return Path(found)
    folder = cache("go")
    if (folder / name).exists():
        return folder / name
    if not shutil.which("go"):
        raise Absent(f"{name} is not installed, and there is no Go to build it with")
    done = subprocess.run(
        ["go", "install", module],
        env={**os.environ, "GOBIN": str(folder), "GOFLAGS": "-modcacherw"},
        capture_output=True,
        text=True,
        timeout=BUILDS_WITHIN,
        check=False,
    )
    if done.returncode:
        raise Absent(f"go install {module}: {(done.stderr.strip().splitlines() or ['failed'])[-1].strip()}")
    return folder / name
