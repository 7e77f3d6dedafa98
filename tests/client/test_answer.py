"""Threads, reactions and bookmarks: what one does with what another said."""

from __future__ import annotations

from playwright.async_api import expect

from tests.client.house import House


async def test_a_reply_appears_in_the_thread_of_both(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    await ada.say("Who has a cable?")
    await linus.post("Who has a cable?").get_by_role("button", name="Reply").click()
    thread = linus.page.get_by_role("region", name="Thread")
    reply = thread.get_by_role("combobox", name="Reply to Ada Lovelace")
    await expect(reply).to_be_focused()
    await reply.fill("I do")
    await reply.press("Control+Enter")
    await expect(thread.locator("article").filter(has_text="I do")).to_be_visible()
    await expect(reply).to_have_value("")
    await ada.post("Who has a cable?").get_by_role("link", name="1 reply").click()
    hers = ada.page.get_by_role("region", name="Thread")
    await expect(hers.locator("article").filter(has_text="I do")).to_be_visible()
    await expect(linus.page.locator(".feed article").filter(has_text="I do")).to_have_count(0)
    await reply.fill("A blue one")
    await reply.press("Control+Enter")
    await expect(hers.locator("article").filter(has_text="A blue one")).to_be_visible()
    assert await ada.texts(".thread") == ["Who has a cable?", "I do", "A blue one"]
    await ada.page.keyboard.press("Escape")
    await expect(hers).to_have_count(0)


async def test_a_reaction_is_counted_on_every_screen(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    await ada.say("It works!")
    post, hers = linus.post("It works!"), ada.post("It works!")
    await post.get_by_role("button", name="React").click()
    await linus.page.get_by_role("button", name="Cheer").click()
    await expect(hers.get_by_role("button", name="Cheer: 1")).to_have_attribute("aria-pressed", "false")
    await hers.get_by_role("button", name="Cheer: 1").click()
    await expect(post.get_by_role("button", name="Cheer: 2")).to_have_attribute("aria-pressed", "true")
    await post.get_by_role("button", name="Cheer: 2").click()
    await expect(hers.get_by_role("button", name="Cheer: 1")).to_have_attribute("aria-pressed", "true")
    await post.get_by_role("button", name="React").click()
    await linus.page.get_by_role("textbox", name="Other…").fill("🧀")
    await expect(hers.get_by_text("🧀")).to_be_visible()
    await linus.page.reload()
    await expect(post.locator(".reaction")).to_have_count(2)


async def test_a_bookmark_is_one_s_own_in_every_window_of_one_s_own(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    await ada.say("To be read later")
    other = await house.look(linus.page.context, "/bookmarks")
    await other.live()
    await linus.post("To be read later").get_by_role("button", name="Bookmark").click()
    await expect(other.post("To be read later")).to_be_visible()
    await expect(ada.post("To be read later").get_by_role("button", name="Bookmark")).to_have_attribute(
        "aria-pressed", "false"
    )
    await linus.post("To be read later").get_by_role("button", name="Remove bookmark").click()
    await expect(other.post("To be read later")).to_have_count(0)


async def test_a_mention_reaches_whom_it_names(house: House) -> None:
    ada, linus = await house.open("ada"), await house.open("linus", "/mentions")
    await ada.live()
    await linus.live()
    field = ada.page.get_by_role("combobox", name="What are you up to").first
    await field.click()
    await field.press_sequentially("Coffee, @li")
    await expect(ada.page.get_by_role("option", name="Linus Torvalds")).to_be_visible()
    await field.press("Enter")
    await expect(field).to_have_value("Coffee, @linus ")
    await field.press("Control+Enter")
    await expect(linus.post("Coffee, @linus")).to_be_visible()
