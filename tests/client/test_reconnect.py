"""A line that breaks comes back by itself, and nothing is lost or said twice."""

from __future__ import annotations

import pytest
from playwright.async_api import Route, expect

from tests.client.house import House
from tests.client.proxy import proxy

BACK = 25_000


async def test_a_restart_loses_nothing_and_repeats_nothing(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    await ada.say("Before")
    await expect(linus.post("Before")).to_be_visible()
    house.server.stop()
    await expect(linus.page.get_by_text("Reconnecting…").first).to_be_visible(timeout=BACK)
    await ada.say("Meanwhile")
    await expect(ada.waiting("Meanwhile")).to_be_visible()
    house.server.start()
    async with house.outside() as client:
        await house.ask(client, "POST", "/posts", "grace", json={"text": "While Linus was away"})
    for window in (ada, linus):
        await window.live()
        for words in ("Before", "Meanwhile", "While Linus was away"):
            await expect(window.post(words)).to_have_count(1, timeout=BACK)
    await expect(ada.waiting("Meanwhile")).to_have_count(0)
    assert sorted(await ada.texts()) == ["Before", "Meanwhile", "While Linus was away"]
    assert await ada.texts() == await linus.texts()


async def test_a_crash_amid_a_conversation_loses_nothing_and_repeats_nothing(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    said = [f"Number {number:02}" for number in range(30)]
    for number, words in enumerate(said):
        await ada.say(words)
        if number == 15:
            house.server.kill()
        if number == 20:
            house.server.start()
    for window in (ada, linus):
        await expect(window.page.locator(".feed article[data-post]")).to_have_count(30, timeout=BACK)
        assert await window.texts() == said[::-1]


async def test_offline_it_waits_in_the_outbox_also_over_a_reload(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    context = ada.page.context
    await context.set_offline(True)
    await expect(ada.page.get_by_text("Offline").first).to_be_visible()
    await ada.say("From the train")
    await ada.say("Still in the tunnel")
    await expect(ada.waiting("From the train")).to_contain_text("Waiting for the connection")
    await expect(linus.post("From the train")).to_have_count(0)
    await context.set_offline(False)
    await ada.page.reload()
    for window in (ada, linus):
        await expect(window.post("Still in the tunnel")).to_have_count(1, timeout=BACK)
        assert await window.texts() == ["Still in the tunnel", "From the train"]
    await expect(ada.page.locator(".post--pending")).to_have_count(0)


async def test_an_answer_that_was_lost_is_not_said_twice(house: House) -> None:
    ada = await house.open("ada", "/everyone")
    await ada.live()
    lost = 0

    async def lose(route: Route) -> None:
        nonlocal lost
        if route.request.method == "POST" and not lost:
            lost += 1
            await route.fetch()
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await ada.page.route("**/api/v1/posts", lose)
    await ada.say("Once is enough")
    await expect(ada.page.locator(".post--pending")).to_have_count(0, timeout=BACK)
    await expect(ada.post("Once is enough")).to_have_count(1)
    assert lost == 1
    await ada.page.reload()
    await expect(ada.post("Once is enough")).to_have_count(1)


async def test_a_refused_message_is_kept_to_be_edited(house: House) -> None:
    async with house.outside() as client:
        draft = {"handle": "board", "name": "Board", "kind": "private"}
        await house.ask(client, "POST", "/groups", "ada", json=draft)
        await house.ask(client, "PUT", "/groups/board/members/linus", "ada")
        linus = await house.open("linus", "/groups/board")
        await linus.live()
        await linus.page.context.set_offline(True)
        await linus.say("My last words here")
        await house.ask(client, "DELETE", "/groups/board/members/linus", "ada")
        await linus.page.context.set_offline(False)
        await linus.page.goto("/home")
        await expect(linus.page.get_by_text("Not posted:")).to_be_visible(timeout=BACK)
        await linus.page.get_by_role("button", name="Edit", exact=True).click()
        composer = linus.page.get_by_role("combobox", name="What are you up to")
        await expect(composer).to_have_value("My last words here")
        await expect(linus.page.get_by_text("Not posted:")).to_have_count(0)


@pytest.mark.parametrize("barred", [[b"upgrade: websocket"], [b"upgrade: websocket", b"text/event-stream"]])
async def test_networks_that_let_little_through_are_served_too(house: House, barred: list[bytes]) -> None:
    async with proxy(house.server.port, barred) as address, house.outside() as client:
        linus = await house.open("linus", f"{address}/everyone")
        await linus.live()
        await house.ask(client, "POST", "/posts", "ada", json={"text": "Can you hear me?"})
        await expect(linus.post("Can you hear me?")).to_be_visible(timeout=BACK)
        await house.ask(client, "POST", "/posts", "ada", json={"text": "And now?"})
        await expect(linus.post("And now?")).to_be_visible(timeout=BACK)
        assert await linus.texts() == ["And now?", "Can you hear me?"]
        await linus.say("Loud and clear")
        await expect(linus.post("Loud and clear")).to_have_count(1)
        await linus.page.close()


async def test_who_is_logged_out_elsewhere_is_shown_the_door(house: House) -> None:
    ada = await house.open("ada", "/everyone")
    await ada.live()
    async with house.outside() as client:
        sessions = await house.ask(client, "GET", "/sessions", "ada")
        (session,) = sessions["items"]
        await house.ask(client, "DELETE", f"/sessions/{session['id']}", "ada")
    await expect(ada.page.get_by_role("heading", name="Log in")).to_be_visible(timeout=BACK)
