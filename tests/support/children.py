"""Processes that tests start and that never outlive them, however the run ends."""

from __future__ import annotations

import ctypes
import grp
import os
import pwd
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(how: int = signal.SIGKILL) -> None:
    """Ask the kernel for a signal when whoever started this process ends (prctl(2))."""
    _libc.prctl(_PR_SET_PDEATHSIG, how)


def start(
    command: Sequence[str | Path],
    log: Path,
    *,
    user: str | None = None,
    how: int = signal.SIGKILL,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, which says everything into `log` and ends with this one by the signal `how`.

    `setpriv` (util-linux) becomes the program and keeps its pid. A `preexec_fn` could deadlock: tests have threads.
    """
    becoming = ["setpriv", "--pdeathsig", signal.Signals(how).name.removeprefix("SIG")]
    if user:
        group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
        becoming += ["--reuid", user, "--regid", group, "--clear-groups"]
    with log.open("ab") as said:
        return subprocess.Popen(
            [*becoming, "--", *command],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
        )


def end(process: subprocess.Popen[bytes], how: int = signal.SIGKILL, within: float = 10) -> int:
    """Signal a process, wait for it, and kill what is left of its group. Returns its exit status."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        return process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def kept_waiting(pid: int) -> float:
    """Seconds in which a process's first thread was ready to run and others had the cores (schedstat of proc(5)).

    A deadline holds for a machine that has time for it; on one that runs other things beside, this is taken off.
    """
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
