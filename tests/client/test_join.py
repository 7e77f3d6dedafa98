"""Coming in, and what is promised at the door."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.client.house import PASSWORD, House

PROMISES = ("Anyone may say anything", "Iedereen mag alles zeggen")


async def _fill(page: Page, name: str, handle: str, password: str = PASSWORD) -> None:
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Handle").fill(handle)
    await page.get_by_label("Password").fill(password)


async def test_the_first_sets_it_up_and_asks_somebody_in(new_house: House) -> None:
    ada = await new_house.look(await new_house.browse(), new_house.setup_link)
    for promise in PROMISES:
        await expect(ada.page.get_by_role("heading", name=promise)).to_be_visible()
    await _fill(ada.page, "Ada Lovelace", "ada")
    await ada.page.get_by_role("button", name="Set up").click()
    await expect(ada.page).to_have_url(f"{new_house.server.url}/home")

    await ada.page.get_by_role("link", name="Invite somebody").first.click()
    invitations = ada.page.get_by_role("region", name="Invitations")
    await expect(invitations).to_be_in_viewport()
    await invitations.get_by_label("For whom").fill("Linus")
    await invitations.get_by_role("button", name="Make link").click()
    link = await invitations.locator(".secret__text").inner_text()
    assert "/join#" in link

    linus = await new_house.look(await new_house.browse(), link)
    for promise in PROMISES:
        await expect(linus.page.get_by_role("heading", name=promise)).to_be_visible()
    await _fill(linus.page, "Linus Torvalds", "ada")
    await linus.page.get_by_role("button", name="Join").click()
    await expect(linus.page.get_by_text("Somebody has this handle already")).to_be_visible()
    await linus.page.get_by_label("Handle").fill("linus")
    await linus.page.get_by_role("button", name="Join").click()
    await expect(linus.page).to_have_url(f"{new_house.server.url}/home")

    await ada.page.reload()
    await expect(ada.page.get_by_text("Linus Torvalds joined")).to_be_visible()
    again = await new_house.look(await new_house.browse(), link)
    await _fill(again.page, "Grace Hopper", "grace")
    await again.page.get_by_role("button", name="Join").click()
    await expect(again.page.get_by_text("Somebody has joined by this invitation already.")).to_be_visible()


async def test_a_short_password_is_said_to_be_short(new_house: House) -> None:
    ada = await new_house.look(await new_house.browse(), new_house.setup_link)
    await _fill(ada.page, "Ada Lovelace", "ada", "short")
    await ada.page.get_by_role("button", name="Set up").click()
    await expect(ada.page.get_by_text("at least eight characters")).to_be_visible()
    await expect(ada.page.get_by_label("Password")).to_be_focused()


async def test_half_a_link_says_so(new_house: House) -> None:
    window = await new_house.look(await new_house.browse(), "/join")
    await expect(window.page.get_by_role("alert")).to_contain_text("This link is not complete.")


async def test_the_door_speaks_dutch(new_house: House) -> None:
    window = await new_house.look(await new_house.browse(locale="nl-NL"), new_house.setup_link)
    await expect(window.page.get_by_label("Wachtwoord")).to_be_visible()
    assert await window.page.locator("html").get_attribute("lang") == "nl"
    await window.page.get_by_role("button", name="English").click()
    await expect(window.page.get_by_label("Password")).to_be_visible()


async def test_the_promise_stands_under_the_composer(house: House) -> None:
    ada = await house.open("ada", "/everyone")
    promise = ada.page.locator("main .composer .promise")
    await expect(promise).to_contain_text("Anyone may say anything")
    await promise.get_by_role("link").click()
    await expect(ada.page).to_have_url(re.compile("/policy"))
