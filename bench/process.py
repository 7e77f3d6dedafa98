"""Servers under test: started on their core, ended with the suite, measured as the family of processes they are."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection
from pathlib import Path

from bench.meter import family
from tests.support.children import end, start

READY_WITHIN = 60.0


class Pinned:
    """A server on one core, which says everything into `log`."""

    def __init__(
        self,
        command: Sequence[str | Path],
        core: int,
        *,
        port: int,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.log = Path(tempfile.mkdtemp(prefix="bench-")) / "log"
        self.port = port
        pinned = ["taskset", "--cpu-list", str(core), "prlimit", f"--nofile={_descriptors()}", *command]
        self._process = start(pinned, self.log, env={**os.environ, **(env or {})}, cwd=cwd)
        try:
            self._until_it_listens()
        except BaseException:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def pids(self) -> list[int]:
        """The process and all its descendants, now."""
        return family(self._process.pid)

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def await_family(self, size: int) -> None:
        """Wait until there are so many processes: a parent may listen before the children that do the work exist."""
        deadline = time.monotonic() + READY_WITHIN
        while len(self.pids) < size:
            if not self.running or time.monotonic() > deadline:
                raise RuntimeError(f"{self._process.args!r} has no {size} processes:\n{self.said[-4000:]}")
            time.sleep(0.01)

    def await_answer(self, path: str, times: int) -> None:
        """Wait until a request is answered with 200, so many times in a row: several workers may share the address."""
        deadline = time.monotonic() + READY_WITHIN
        answered = 0
        while answered < times:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", path)
                answered = answered + 1 if connection.getresponse().status == 200 else 0
            except OSError:
                answered = 0
            finally:
                connection.close()
            if not answered:
                if not self.running or time.monotonic() > deadline:
                    raise RuntimeError(f"{self._process.args!r} is not ready:\n{self.said[-4000:]}")
                time.sleep(0.05)

    def signal(self, which: int) -> None:
        self._process.send_signal(which)

    def wait(self, within: float) -> int:
        """Its exit status. Raises subprocess.TimeoutExpired."""
        return self._process.wait(within)

    def stop(self) -> None:
        end(self._process, signal.SIGTERM, within=15)
        shutil.rmtree(self.log.parent, ignore_errors=True)

    def _until_it_listens(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if not self.running or time.monotonic() > deadline:
                    raise RuntimeError(
                        f"{self._process.args!r} does not listen:\n{self.said[-4000:]}"
                    ) from None
                time.sleep(0.05)


def _descriptors() -> str:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return f"{hard}:{hard}"


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None, within: float = 600) -> str:
    """Run something to its end; answers what it said. Raises RuntimeError with that when it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command!r} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
