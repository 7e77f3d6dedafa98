"""What one person says is on every screen."""

from __future__ import annotations

from playwright.async_api import expect

from tests.client.house import House

SOON = 5_000


async def test_two_people_see_each_other_speak(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    await ada.say("Good morning from Arnhem")
    await expect(linus.post("Good morning from Arnhem")).to_be_visible(timeout=SOON)
    await expect(ada.post("Good morning from Arnhem")).to_have_count(1)
    await linus.say("And from Utrecht")
    await expect(ada.post("And from Utrecht")).to_be_visible(timeout=SOON)
    assert await ada.texts() == await linus.texts() == ["And from Utrecht", "Good morning from Arnhem"]


async def test_a_bot_with_a_token_is_heard_by_both(house: House) -> None:
    token = house.server.command("bot", "add", "marvin", "--name", "Marvin")
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    async with house.outside() as bot:
        bearer = {"Authorization": f"Bearer {token}"}
        answer = await bot.post("/posts", json={"text": "Build 42 is green"}, headers=bearer)
    assert answer.status_code == 201
    for window in (ada, linus):
        await expect(window.post("Build 42 is green")).to_be_visible(timeout=SOON)
        await expect(window.post("Build 42 is green").locator(".tag")).to_have_text("Bot")


async def test_who_is_not_in_a_private_group_sees_nothing_of_it(house: House) -> None:
    async with house.outside() as client:
        draft = {"handle": "board", "name": "Board", "kind": "private"}
        await house.ask(client, "POST", "/groups", "ada", json=draft)
        await house.ask(client, "PUT", "/groups/board/members/linus", "ada")
    ada, linus, grace = [await house.open(who) for who in ("ada", "linus", "grace")]
    for window in (ada, linus, grace):
        await window.live()
    await ada.page.goto("/groups/board")
    await ada.say("Between ourselves")
    await expect(linus.post("Between ourselves")).to_be_visible(timeout=SOON)
    await linus.page.goto("/everyone")
    await linus.say("Out in the open")
    await grace.page.goto("/everyone")
    await expect(grace.post("Out in the open")).to_be_visible(timeout=SOON)
    await expect(grace.post("Between ourselves")).to_have_count(0)
    await grace.page.goto("/groups/board")
    await expect(grace.page.get_by_role("heading", name="There is nothing here")).to_be_visible()


async def test_text_is_shown_as_text(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await linus.live()
    await ada.say(
        "<img src=x onerror=alert(1)> **bold** @linus #java javascript:alert(1) https://example.org/a_(b)"
    )
    post = linus.post("bold")
    await expect(post).to_be_visible(timeout=SOON)
    await expect(post.locator("img")).to_have_count(0)
    await expect(post.locator("strong")).to_have_text("bold")
    await expect(post.locator("a.mention")).to_have_attribute("href", "/people/linus")
    await expect(post.locator("a.topic")).to_have_attribute("href", "/topics/java")
    links = await post.locator(".post__text a[target]").evaluate_all("all => all.map(a => a.href)")
    assert links == ["https://example.org/a_(b)"]


async def test_a_long_post_is_folded(house: House) -> None:
    ada = await house.open("ada", "/everyone")
    await ada.live()
    await ada.say("word " * 12_000 + "the very end")
    post = ada.page.locator("article[data-post]").first
    await expect(post).to_be_visible(timeout=SOON)
    await ada.page.reload()
    await expect(ada.post("the very end")).to_have_count(0)
    await post.get_by_role("button", name="Show all").click()
    await expect(ada.post("the very end")).to_have_count(1)


async def test_what_comes_in_does_not_move_what_one_reads(house: House) -> None:
    async with house.outside() as client:
        for number in range(40):
            await house.ask(client, "POST", "/posts", "linus", json={"text": f"Number {number:02}"})
        ada = await house.open("ada", "/everyone")
        await ada.live()
        reading = ada.post("Number 25")
        await reading.scroll_into_view_if_needed()
        await ada.page.mouse.wheel(0, 300)
        await ada.page.wait_for_function("scrollY > 200")
        before = await reading.bounding_box()
        await house.ask(client, "POST", "/posts", "linus", json={"text": "Something new"})
        pill = ada.page.get_by_role("button", name="1 new message")
        await expect(pill).to_be_visible(timeout=SOON)
    after = await reading.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
    await expect(ada.post("Something new")).to_have_count(0)
    await pill.click()
    await expect(ada.post("Something new")).to_be_in_viewport(timeout=SOON)
