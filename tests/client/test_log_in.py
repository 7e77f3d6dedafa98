"""Logging in and out."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.client.house import PASSWORD, House


async def _log_in(page: Page, password: str = PASSWORD) -> None:
    await page.get_by_label("Handle or e-mail").fill("linus")
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Log in").click()


async def test_one_comes_where_one_was_going(house: House) -> None:
    linus = await house.look(await house.browse(), "/bookmarks")
    await expect(linus.page).to_have_url(f"{house.server.url}/login")
    await _log_in(linus.page, "wrong")
    await expect(linus.page.get_by_role("alert")).to_have_text("This is not the right name or password.")
    await _log_in(linus.page)
    await expect(linus.page.get_by_role("heading", name="Bookmarks")).to_be_visible()
    await expect(linus.page).to_have_url(f"{house.server.url}/bookmarks")


async def test_logging_out_leaves_nothing_on_screen(house: House) -> None:
    linus = await house.open("linus", "/everyone")
    await linus.live()
    await linus.say("Nobody else's business")
    await expect(linus.post("Nobody else's business")).to_be_visible()
    await linus.page.get_by_role("button", name="You", exact=True).click()
    await linus.page.get_by_role("menuitem", name="Log out").click()
    await expect(linus.page.get_by_role("heading", name="Log in")).to_be_visible()
    await linus.page.goto("/everyone")
    await expect(linus.page.get_by_role("heading", name="Log in")).to_be_visible()
    await expect(linus.post("Nobody else's business")).to_have_count(0)


async def test_a_server_out_of_reach_is_waited_for(house: House) -> None:
    linus = await house.open("linus", "/everyone")
    await linus.page.route("**/api/v1/me", lambda route: route.abort("connectionrefused"))
    await linus.page.reload()
    await expect(linus.page.get_by_text("The server can not be reached.")).to_be_visible()
    await linus.page.unroute("**/api/v1/me")
    await linus.live()
