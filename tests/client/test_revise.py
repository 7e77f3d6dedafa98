"""Revising and withdrawing what one said oneself."""

from __future__ import annotations

from playwright.async_api import expect

from tests.client.house import House


async def test_a_revision_reaches_everyone_and_its_past_stays_visible(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    await ada.say("The meeting is at nine")
    await ada.choose(ada.post("The meeting is at"), "Revise")
    field = ada.page.get_by_role("combobox", name="Revise")
    await expect(field).to_be_focused()
    await field.fill("The meeting is at ten")
    await ada.page.get_by_role("button", name="Save").click()
    post = linus.post("The meeting is at ten")
    await expect(post.get_by_text("revised")).to_be_visible()
    await linus.choose(post, "Earlier versions")
    history = linus.page.get_by_role("dialog", name="Earlier versions")
    await expect(history.get_by_text("The meeting is at nine")).to_be_visible()
    await linus.page.keyboard.press("Escape")
    await expect(history).to_have_count(0)


async def test_what_is_withdrawn_is_gone_from_every_screen(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    await ada.say("I should not have said this")
    await expect(linus.post("I should not")).to_be_visible()
    await ada.choose(ada.post("I should not"), "Withdraw")
    dialog = ada.page.get_by_role("dialog", name="Withdraw this message?")
    await dialog.get_by_role("button", name="Withdraw").click()
    for window in (ada, linus):
        await expect(window.page.get_by_text("Withdrawn by its author.")).to_be_visible()
        await expect(window.post("I should not")).to_have_count(0)
    await linus.page.reload()
    await expect(linus.page.get_by_text("Withdrawn by its author.")).to_be_visible()


async def test_nobody_is_offered_to_change_what_another_said(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    await linus.say("Mine alone")
    for window, offered in ((linus, 1), (ada, 0)):
        await window.post("Mine alone").get_by_role("button", name="More", exact=True).click()
        await expect(window.page.get_by_role("menuitem", name="Copy link")).to_be_visible()
        for item in ("Revise", "Withdraw"):
            await expect(window.page.get_by_role("menuitem", name=item)).to_have_count(offered)
