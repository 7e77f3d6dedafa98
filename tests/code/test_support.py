"""What the other tests stand on is real: a Redis, a PostgreSQL and a Chromium answer, and are gone afterwards."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import redis
from playwright.async_api import BrowserContext

from tests.support.services import RedisServer

SLEEPER = """
import time
from pathlib import Path
from tests.support.children import start
pid = start(["sleep", "60"], Path("/dev/null")).pid
while Path(f"/proc/{pid}/comm").read_text() != "sleep\\n":  # Until then the kernel has not been asked.
    time.sleep(0.01)
print(pid, flush=True)
time.sleep(60)
"""


def test_redis_is_empty_and_answers(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("said", "hello")
        assert client.get("said") == b"hello"


def test_a_killed_redis_is_gone_and_comes_back_in_its_place(own_redis: RedisServer) -> None:
    with redis.Redis.from_url(own_redis.url, retry=None) as client:
        assert client.ping()
        own_redis.kill()
        try:
            answered = client.ping()
        except redis.ConnectionError:
            answered = False
        assert not answered
        own_redis.start()
        assert client.ping()


def test_each_database_is_new(postgres_server: object, fresh_postgres_url: str) -> None:
    with psycopg.connect(fresh_postgres_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        assert tables == (0,)
        connection.execute("CREATE TABLE said (words text)")


def test_a_store_is_empty_on_each_engine(engine: str) -> None:
    assert engine.startswith(("sqlite:///", "postgresql://"))
    if engine.startswith("sqlite"):
        assert not Path(engine.removeprefix("sqlite:///")).exists()


async def test_chromium_shows_text(context: BrowserContext) -> None:
    page = await context.new_page()
    await page.set_content("<p style='display:inline-block'>Reiziger</p>")
    box = await page.locator("p").bounding_box()
    assert box is not None
    assert box["width"] > 30, "Text has no width: the fonts are missing."


def test_what_a_killed_run_started_ends_with_it() -> None:
    with subprocess.Popen([sys.executable, "-c", SLEEPER], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        sleeper = psutil.Process(int(run.stdout.readline()))
        assert sleeper.is_running()
        run.send_signal(signal.SIGKILL)
        run.wait(5)
        deadline = time.monotonic() + 5
        while not ended(sleeper):
            assert time.monotonic() < deadline, "It outlived the run."
            time.sleep(0.02)


def ended(process: psutil.Process) -> bool:
    """Whether it runs no more; nobody may have asked for its exit status yet."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
