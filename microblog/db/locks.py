"""Whose turn it is between processes on one machine: advisory locks on files (flock(2)), released by the kernel when a
process dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType


class StoreInUse(Exception):
    """Another server runs on this store."""


class LockFile:
    """An open lock file. Two of them exclude each other, between processes and within one."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)

    def lock(self) -> None:
        """Wait until nobody else has it."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def try_lock(self) -> bool:
        """Take it if nobody else has it."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the file, which releases it too."""
        os.close(self._descriptor)


class WriteTurn:
    """`with turn:` for everyone who writes one SQLite file, before BEGIN and until after COMMIT.

    Two locks make it fair: who waits for `-write` holds `-turn`, so that the one who just released `-write` queues behind.
    With `BEGIN IMMEDIATE` and a busy timeout alone one process of two starved for four seconds.
    """

    def __init__(self, store: Path) -> None:
        self._turn = LockFile(store.with_name(store.name + "-turn"))
        self._write = LockFile(store.with_name(store.name + "-write"))

    def __enter__(self) -> None:
        self._turn.lock()
        try:
            self._write.lock()
        finally:
            self._turn.unlock()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write.unlock()

    def close(self) -> None:
        self._turn.close()
        self._write.close()


def hold_store(data: Path) -> LockFile:
    """Take `DATA/lock` for as long as a server runs (until `close`). Raises StoreInUse where another one has it."""
    data.mkdir(parents=True, exist_ok=True)
    lock = LockFile(data / "lock")
    if not lock.try_lock():
        lock.close()
        raise StoreInUse(f"another server runs on {data}")
    return lock
