"""A real Chromium: the system's if it has one, else the one that `scripts/test` has unpacked."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright

UNPACKED = Path(__file__).parents[2] / ".deps" / "chromium"

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--metrics-recording-only",
    # Windows that are not in front must hear and draw like the one that is.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    # /dev/shm is small in containers.
    "--disable-dev-shm-usage",
)
"""It talks to the server under test and to nobody else."""


def chromium() -> Path:
    """The browser's program. Raises LookupError where there is none."""
    for name in ("chromium-headless-shell", "chromium"):
        if found := shutil.which(name):
            return Path(found)
    program = UNPACKED / "usr" / "lib" / "chromium" / "chromium-headless-shell"
    if not program.exists():
        raise LookupError("There is no Chromium here; scripts/test fetches one.")
    return program


def unpacked() -> dict[str, str]:
    """The environment in which unpacked programs find their libraries and fonts; empty where nothing was unpacked."""
    if not UNPACKED.exists():
        return {}
    libraries = sorted({str(path.parent) for path in UNPACKED.rglob("*.so*")})
    return {"LD_LIBRARY_PATH": ":".join(libraries), "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf")}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the run. Each person gets a context (`browser.new_context()`): cookies and storage of their own."""
    program = chromium()
    with pytest.MonkeyPatch.context() as environment:  # Playwright's own node reads it when it starts.
        for name, value in unpacked().items():
            environment.setenv(name, value)
        playwright = await async_playwright().start()
    try:
        browser = await playwright.chromium.launch(
            executable_path=program,
            args=list(QUIET),
            chromium_sandbox=os.geteuid() != 0 and not program.is_relative_to(UNPACKED),
            env={**os.environ, **unpacked()},
        )
        yield browser
        await browser.close()
    finally:
        await playwright.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """One person's browser: a context of its own."""
    context = await browser.new_context(locale="en-GB", timezone_id="Europe/Amsterdam")
    yield context
    await context.close()
