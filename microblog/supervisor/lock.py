"""One server per store: the second one refuses."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from microblog.supervisor.refusal import Refused

PATIENCE = 2.0
"""Seconds to wait for a server that is on its way out. Workers of a killed supervisor are killed by the kernel, but not
in the same instant in which a process manager starts the next server."""


class StoreLock:
    """`DATA/lock`, held with flock(2) for as long as the process lives, and by every worker it forks.

    The workers share the open file, and so the lock: a store is free only when the last of them is gone. The command
    line does not take it: `microblog person add` works beside a running server.
    """

    def __init__(self, data: Path) -> None:
        """Make the folder if need be and take the lock. Raises Refused."""
        self.path = data / "lock"
        try:
            data.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Refused(f"The data folder {data} can not be written: {error.strerror}.") from error
        if not self._taken_within(PATIENCE):
            holder = os.pread(self._file, 20, 0).decode("ascii", "replace").strip()
            os.close(self._file)
            raise Refused(
                f"Another server (process {holder or 'unknown'}) is serving the store in {data}. "
                "Stop it first, or set MICROBLOG_DATA to another folder."
            )
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the store go. Leaving the process does the same."""
        os.close(self._file)

    def _taken_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.02)
            else:
                return True
