"""A served house with people in it, and the windows through which they look."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.support.server import Server

PASSWORD = "correct horse battery"
NAMES = {"ada": "Ada Lovelace", "linus": "Linus Torvalds", "grace": "Grace Hopper"}

EXPECTED = re.compile(
    r"Failed to load resource: (the server responded with a status of|net::ERR_)|"
    r"WebSocket connection to .* failed"
)
"""What a browser writes on its console by itself when an answer is a refusal, or a server or a network is gone."""


@dataclass
class Window:
    """One window of one person."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    """What the console and the security policy complained of."""

    def watch(self) -> Window:
        """Collect what goes wrong in it from now on."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        return self

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.wrong.append(message.text)

    async def say(self, text: str) -> None:
        """Type it into the composer of the page and send it off."""
        composer = self.page.locator("main .composer").first
        await composer.get_by_role("combobox", name="What are you up to").fill(text)
        await composer.get_by_role("button", name="Post", exact=True).click()

    def post(self, text: str) -> Locator:
        """What has arrived with these words, wherever on the page it stands."""
        return self.page.locator("article[data-post]").filter(has_text=text)

    def waiting(self, text: str) -> Locator:
        """What stands in the outbox with these words."""
        return self.page.locator(".post--pending").filter(has_text=text)

    async def choose(self, post: Locator, item: str) -> None:
        """Choose from the menu of a post."""
        await post.get_by_role("button", name="More", exact=True).click()
        await post.get_by_role("menuitem", name=item, exact=True).click()

    async def texts(self, within: str = ".feed") -> list[str]:
        """What is said there, from top to bottom."""
        return await self.page.locator(f"{within} article[data-post] .post__text").all_inner_texts()

    async def live(self) -> None:
        """Wait until it hears the stream."""
        await expect(self.page.locator(".connection--live").first).to_be_visible(timeout=20_000)


@dataclass
class House:
    """A server, who lives there, and their windows."""

    server: Server
    browser: Browser
    cookies: dict[str, Any] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    @property
    def setup_link(self) -> str:
        """The link that an empty store prints. Raises AssertionError where there is none."""
        found = re.search(r"http\S+/setup#\S+", self.server.said)
        assert found, self.server.said
        return found.group()

    async def populate(self) -> House:
        """Let Ada set it up and ask the others in."""
        async with asyncio.timeout(20):
            while "/setup#" not in self.server.said:  # Printed once every worker is ready.
                await asyncio.sleep(0.02)
        async with self.outside() as client:
            await self._join(client, "ada", self.setup_link.partition("#")[2])
            for handle in ("linus", "grace"):
                made = await self.ask(client, "POST", "/invitations", "ada", json={})
                await self._join(client, handle, made["link"].partition("#")[2])
        return self

    async def open(self, who: str, path: str = "/home", **options: Any) -> Window:
        """A window of somebody who is logged in, in a browser of their own."""
        context = await self.browse(**options)
        kept = self.cookies[who]
        await context.add_cookies([{"url": self.server.url, "name": kept["name"], "value": kept["value"]}])
        window = await self.look(context, path)
        await expect(window.page.locator(".frame")).to_be_visible(timeout=15_000)
        return window

    async def browse(self, **options: Any) -> BrowserContext:
        """A browser that nobody is logged in on."""
        options = {"locale": "en-GB", "timezone_id": "Europe/Amsterdam", **options}
        context = await self.browser.new_context(base_url=self.server.url, **options)
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        return context

    async def look(self, context: BrowserContext, path: str) -> Window:
        """One more window of that browser."""
        window = Window(await context.new_page()).watch()
        self.windows.append(window)
        await window.page.goto(path)
        return window

    @asynccontextmanager
    async def outside(self) -> AsyncIterator[httpx2.AsyncClient]:
        """A program that talks to the API."""
        origin = {"Origin": self.server.url}
        base = f"{self.server.url}/api/v1"
        async with httpx2.AsyncClient(base_url=base, headers=origin, trust_env=False, timeout=10) as client:
            yield client

    async def ask(
        self, client: httpx2.AsyncClient, method: str, path: str, who: str, json: object = None
    ) -> Any:
        """What the server answers somebody. Raises AssertionError where it refuses."""
        cookie = self.cookies[who]
        headers = {"Cookie": f"{cookie['name']}={cookie['value']}"}
        answer = await client.request(method, path, json=json, headers=headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def _join(self, client: httpx2.AsyncClient, handle: str, code: str) -> None:
        draft = {"code": code, "handle": handle, "name": NAMES[handle], "password": PASSWORD}
        answer = await client.post("/join", json={**draft, "language": "en"})
        assert answer.status_code == 201, answer.text
        name, value = next(iter(answer.cookies.items()))
        self.cookies[handle] = {"name": name, "value": value}
        client.cookies.clear()
