"""The real server: `microblog serve` as a process of its own, on a free port."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import httpx2
import psutil
import pytest

from tests.support.children import end, free_port, kept_waiting, start

READY_WITHIN = 30.0
"""Seconds from start to the first answer; two workers on a busy machine take some."""

_LOGS = pytest.StashKey[list[Path]]()


class Server:
    """A running `microblog serve`. `start` serves the same store on the same port again, after `kill` or `stop`."""

    def __init__(
        self,
        data: Path,
        *arguments: str,
        env: Mapping[str, str],
        port: int | None = None,
        under: Sequence[str] = (),
    ) -> None:
        self.data = data
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data.with_name(f"{data.name}-{self.port}.log")
        self._arguments = arguments
        self._under = under
        self._began = 0.0
        self._env = {**_inherited(), "MICROBLOG_DATA": str(data), **env}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process that was started: the supervisor, where there are workers."""
        assert self._process is not None, "The server was not started."
        return self._process.pid

    @property
    def workers(self) -> set[int]:
        """The processes of its workers; none where it is one process."""
        return {child.pid for child in psutil.Process(self.pid).children()}

    @property
    def age(self) -> float:
        """Seconds since it was started, without those in which other processes had the machine."""
        waited = kept_waiting(self.pid) + max(map(kept_waiting, self.workers), default=0.0)
        return time.monotonic() - self._began - waited

    @property
    def said(self) -> str:
        """Everything that it has written, on standard output and error, over all its starts."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def start(self, ready: bool = True) -> Server:
        """Start it, and wait until the store answers unless told otherwise. Raises RuntimeError with its log."""
        serve = [sys.executable, "-m", "microblog", "serve", "--port", str(self.port), *self._arguments]
        self._began = time.monotonic()
        self._process = start([*self._under, *serve], self.log, env=self._env)
        if ready:
            self.until_ready()
        return self

    def until_ready(self, within: float = READY_WITHIN) -> None:
        """Wait for /readyz. Raises RuntimeError with the log where it does not come, or the server ends."""
        deadline = time.monotonic() + within
        while not self.ready():
            if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"microblog serve is not ready:\n{self.said}")
            time.sleep(0.02)

    def ready(self) -> bool:
        """Whether it answers, and its store too."""
        try:
            return httpx2.get(f"{self.url}/readyz", timeout=2, trust_env=False).status_code == 200
        except httpx2.TransportError:
            return False

    def kill(self) -> None:
        """End the process at once (`kill -9`), as a crash would; the kernel takes its workers with it."""
        assert self._process is not None
        end(self._process, signal.SIGKILL)

    def stop(self, within: float = 15) -> int:
        """End it as an operator would (SIGTERM). Returns the exit status."""
        assert self._process is not None
        return end(self._process, signal.SIGTERM, within)

    def wait(self, within: float = 15) -> int:
        """Wait for it to end by itself. Returns the exit status."""
        assert self._process is not None
        return self._process.wait(within)

    def command(self, *words: str, stdin: str | None = None) -> str:
        """Run the command line on the same store. Returns what it prints; raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "-m", "microblog", *words],
            input=stdin,
            env=self._env,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout.strip()


class Serve(Protocol):
    """Starts servers; each ends with its test."""

    def __call__(
        self,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        data: Path | None = None,
        port: int | None = None,
        started: bool = True,
        under: Sequence[str] = (),
    ) -> Server:
        """`arguments` of `microblog serve`, `MICROBLOG_*` in `env`, a store (a new one by default), a port (a free one),
        and a command to run it `under`, which becomes it.
        """


@pytest.fixture
def serve(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Serve]:
    """Starts real servers: `serve()`, `serve("--workers", "2", env={"MICROBLOG_REDIS_URL": redis_url})`."""
    servers: list[Server] = []

    def start_one(
        *arguments: str,
        env: Mapping[str, str] | None = None,
        data: Path | None = None,
        port: int | None = None,
        started: bool = True,
        under: Sequence[str] = (),
    ) -> Server:
        folder = data or tmp_path / f"data{len(servers)}"
        server = Server(folder, *arguments, env=env or {}, port=port, under=under)
        servers.append(server)
        request.node.stash.setdefault(_LOGS, []).append(server.log)
        return server.start() if started else server

    yield start_one
    for server in servers:
        if server._process is not None:
            server.kill()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the servers of a failed test have said."""
    report = yield
    if report.failed:
        logs: list[Path] = item.stash.get(_LOGS, [])
        for log in dict.fromkeys(logs):
            if log.exists():
                report.sections.append((f"microblog ({log.name})", log.read_text(errors="replace")[-20_000:]))
    return report


def _inherited() -> dict[str, str]:
    """This environment without the operator's own settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MICROBLOG_")}
