"""A real curl: the system's if it has one, else the one that `scripts/test` has unpacked."""

from __future__ import annotations

import shutil
from pathlib import Path

UNPACKED = Path(__file__).parents[2] / ".deps" / "curl"


def curl(*words: str) -> tuple[str, ...]:
    """The command line of a curl with these arguments. Raises LookupError where there is none."""
    if shutil.which("curl"):
        return ("curl", *words)
    program = UNPACKED / "usr" / "bin" / "curl"
    if not program.exists():
        raise LookupError("There is no curl here; scripts/test fetches one.")
    libraries = sorted({str(path.parent) for path in UNPACKED.rglob("*.so*")})
    return ("env", f"LD_LIBRARY_PATH={':'.join(libraries)}", str(program), *words)
