"""Programs from Debian's packages, unpacked without installing them: nothing starts, nothing else on the machine changes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from bench.peers.peer import Absent
from bench.places import cache


def program(name: str, *packages: str) -> Path:
    """A program of the system, or out of these packages. Raises Absent."""
    if found := shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin"):
        return Path(found)
    return unpacked(*packages) / "usr" / "sbin" / name


def unpacked(*packages: str) -> Path:
    """The folder into which these packages are unpacked. Raises Absent."""
    folder = cache("debian") / "-".join(packages)
    if folder.is_dir():
        return folder
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise Absent("this is no Debian, and the program is not installed")
    fetched = cache("debian") / "fetched"
    shutil.rmtree(fetched, ignore_errors=True)
    fetched.mkdir()
    done = subprocess.run(
        ["apt-get", "download", *packages],
        cwd=fetched,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise Absent(
            f"apt-get download {' '.join(packages)}: {(done.stderr.strip().splitlines() or ['failed'])[-1]}"
        )
    partial = folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    for package in fetched.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, partial], check=True)
    partial.rename(folder)
    return folder
