"""One process or several: an address is refused when taken, a worker comes back, and nothing outlives its supervisor."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import psutil
import pytest

Start = Callable[..., "Running"]


class Running:
    """A process of `tests.serve.trivial` that has said where it is."""

    def __init__(self, data: Path, workers: int, port: int = 0) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.serve.trivial", str(data), str(workers), str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def complaint(self) -> str:
        """What it said on standard error until it ended."""
        _, errors = self.process.communicate(timeout=20)
        return errors

    def workers(self) -> set[int]:
        return {child.pid for child in psutil.Process(self.process.pid).children()}

    def who(self) -> int:
        return int(httpx2.get(self.url, timeout=5).text)

    def all_seen(self) -> bool:
        """Whether each of its workers answers some of a hundred connections."""
        return {self.who() for _ in range(100)} == self.workers()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts servers on one store, and stops what is left of them."""
    running: list[Running] = []

    def begin(workers: int, *, port: int = 0, data: Path = tmp_path) -> Running:
        running.append(Running(data, workers, port))
        return running[-1]

    yield begin
    for one in running:
        one.stop()


def until(true: Callable[[], bool], within: float = 5.0) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_server_on_the_same_store_refuses(start: Start, workers: int) -> None:
    first = start(workers)
    second = start(1)
    assert re.match(
        rf"Another server \(process {first.process.pid}\) is serving the store", second.complaint()
    )
    assert second.process.returncode == 1
    assert first.who()


@pytest.mark.parametrize("second_workers", [1, 2])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_taken_address_is_refused(start: Start, tmp_path: Path, workers: int, second_workers: int) -> None:
    first = start(workers)
    port = int(first.url.rsplit(":", 1)[1])
    second = start(second_workers, port=port, data=tmp_path / "other")
    assert f"Can not listen on 127.0.0.1 port {port}: Address already in use." in second.complaint()
    assert first.who()


def test_every_worker_answers(start: Start) -> None:
    server = start(2)
    assert server.all_seen()


def test_a_killed_worker_comes_back_and_the_other_serves_meanwhile(start: Start) -> None:
    server = start(2)
    before = server.workers()
    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    until(lambda: len(server.workers() - {killed}) == 2)
    assert len(before & server.workers()) == 1
    assert server.all_seen()


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_outlives_a_killed_server_and_the_next_takes_its_place_at_once(
    start: Start, workers: int
) -> None:
    server = start(workers)
    old = server.workers()
    port = int(server.url.rsplit(":", 1)[1])
    server.process.kill()
    successor = start(workers, port=port)
    assert successor.url == server.url, successor.complaint()
    assert not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in old)
    assert successor.who() not in old


def test_a_fleet_that_can_not_start_says_so_and_ends(start: Start, tmp_path: Path) -> None:
    (tmp_path / "broken-1").touch()
    server = start(2)
    complaint = server.complaint()
    assert "This worker can not start." in complaint
    assert server.process.returncode == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [1, 2])
def test_told_to_stop_it_drains_and_leaves_with_status_0(
    start: Start, workers: int, number: signal.Signals
) -> None:
    server = start(workers)
    with httpx2.stream("GET", f"{server.url}/stream", timeout=20) as answer:
        chunks = answer.iter_text()
        assert next(chunks) == "begin"
        server.process.send_signal(number)
        assert "".join(chunks) == "drained"
    assert server.process.wait(15) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1])))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_connection_that_will_not_end_does_not_hold_it_up(start: Start, workers: int) -> None:
    server = start(workers)
    with httpx2.stream("GET", f"{server.url}/stubborn", timeout=30) as answer:
        assert answer.status_code == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(15) == 0


def test_sockets_are_tuned_once_for_all_that_they_accept() -> None:
    from microblog.supervisor import Address

    address = Address.claim("127.0.0.1", 0, shared=False)
    (listener,) = address.reserved
    listener.listen()
    with socket.create_connection(("127.0.0.1", address.port)):
        listener.setblocking(True)
        accepted, _ = listener.accept()
        with accepted, listener:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT) == 16 * 1024
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 60_000
            assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
