"""The main job in two real windows, however the server is arranged."""

from __future__ import annotations

import asyncio
import json

from playwright.async_api import expect

from tests.client.house import House
from tests.support.curl import curl

SOON = 5_000


async def test_what_one_says_is_on_the_other_screen(each_house: House) -> None:
    ada, linus = await each_house.open("ada", "/everyone"), await each_house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    await ada.say("On the train to Zwolle")
    await expect(linus.post("On the train to Zwolle")).to_be_visible(timeout=SOON)
    await linus.say("Mind the delay")
    await expect(ada.post("Mind the delay")).to_be_visible(timeout=SOON)

    token = each_house.server.command("bot", "add", "marvin", "--name", "Marvin")
    builds = [f"Build {number} is green" for number in range(40, 48)]
    for build in builds:  # Each on a connection of its own, which the kernel gives to either worker.
        await _curl(f"{each_house.server.url}/api/v1/posts", token, build)
    for window in (ada, linus):
        await expect(window.post(builds[-1])).to_be_visible(timeout=SOON)
        said = [text for text in await window.texts() if text.startswith("Build")]
        assert said == builds[::-1]


async def _curl(url: str, token: str, text: str) -> None:
    bearer, body = f"Authorization: Bearer {token}", json.dumps({"text": text})
    bot = await asyncio.create_subprocess_exec(
        *curl("-sS", "--fail", "--noproxy", "*", "-o", "/dev/null", "-H", bearer, "--json", body, url)
    )
    assert await bot.wait() == 0
