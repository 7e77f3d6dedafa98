"""Settings, whereabouts, groups and whom one follows."""

from __future__ import annotations

from playwright.async_api import expect

from tests.client.house import House


async def test_language_and_theme_stay_as_they_were_chosen(house: House) -> None:
    ada = await house.open("ada", "/settings")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = await ada.page.evaluate(ground)
    await ada.page.get_by_text("Dark", exact=True).click()
    await expect(ada.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert await ada.page.evaluate(ground) != light
    async with ada.page.expect_response("**/api/v1/me"):
        await ada.page.get_by_text("Nederlands", exact=True).click()
    await expect(ada.page.get_by_role("heading", name="Instellingen")).to_be_visible()
    await ada.page.reload()
    await expect(ada.page.get_by_role("heading", name="Instellingen")).to_be_visible()
    await expect(ada.page.locator("html")).to_have_attribute("data-theme", "dark")
    elsewhere = await house.open("ada", "/settings")
    await expect(elsewhere.page.get_by_role("heading", name="Instellingen")).to_be_visible()


async def test_a_token_made_here_works_until_it_is_ended(house: House) -> None:
    ada = await house.open("ada", "/settings")
    tokens = ada.page.get_by_role("region", name="Tokens")
    await tokens.get_by_label("What it is for").fill("A script")
    await tokens.get_by_role("button", name="Make token").click()
    bearer = {"Authorization": f"Bearer {await tokens.locator('.secret__text').inner_text()}"}
    async with house.outside() as program:
        assert (await program.get("/me", headers=bearer)).status_code == 200
        await tokens.locator(".row").filter(has_text="A script").get_by_role("button", name="End").click()
        await expect(tokens.locator(".row").filter(has_text="A script")).to_have_count(0)
        assert (await program.get("/me", headers=bearer)).status_code == 401


async def test_another_browser_is_logged_out_from_here(house: House) -> None:
    here = await house.open("ada", "/settings")
    there = await house.browse()
    other = await house.look(there, "/login")
    await other.page.get_by_label("Handle or e-mail").fill("ada")
    await other.page.get_by_label("Password").fill("correct horse battery")
    await other.page.get_by_role("button", name="Log in").click()
    await other.live()
    await here.page.reload()
    sessions = here.page.get_by_role("region", name="Where you are logged in")
    await expect(sessions.locator(".row")).to_have_count(2)
    await sessions.get_by_role("button", name="End").click()
    await expect(other.page.get_by_role("heading", name="Log in")).to_be_visible()
    await expect(sessions.locator(".row")).to_have_count(1)


async def test_where_one_is_appears_beside_what_one_says(house: House) -> None:
    ada, linus = await house.open("ada", "/everyone"), await house.open("linus", "/everyone")
    await ada.live()
    await linus.live()
    await ada.page.get_by_role("button", name="Say where you are").click()
    await ada.page.get_by_label("Place").fill("Waterworks, Arnhem")
    await ada.page.get_by_role("button", name="Save").click()
    beside = linus.page.get_by_role("complementary")
    await expect(beside.get_by_text("Waterworks, Arnhem")).to_be_visible()
    await ada.say("The pumps are running")
    await expect(linus.post("The pumps are running").get_by_text("Waterworks, Arnhem")).to_be_visible()
    await ada.page.get_by_role("button", name="Change yours").click()
    await ada.page.get_by_role("button", name="No longer say").click()
    await expect(beside.get_by_text("Waterworks, Arnhem")).to_have_count(0)


async def test_a_group_is_made_joined_and_left(house: House) -> None:
    ada, linus = await house.open("ada", "/groups"), await house.open("linus")
    await linus.live()
    await ada.page.get_by_role("button", name="New group").click()
    await ada.page.get_by_label("Name", exact=True).fill("Coffee corner")
    await expect(ada.page.get_by_label("Short name")).to_have_value("coffee-corner")
    await ada.page.get_by_label("Short name").fill("coffee")
    await ada.page.get_by_role("button", name="Make group").click()
    await expect(ada.page).to_have_url(f"{house.server.url}/groups/coffee")
    await ada.say("The machine is fixed")
    await expect(ada.post("The machine is fixed")).to_be_visible()
    await expect(linus.post("The machine is fixed")).to_have_count(0)
    await linus.page.get_by_role("link", name="All groups").click()
    await linus.page.get_by_role("link", name="Coffee corner").click()
    await linus.page.get_by_role("button", name="Join").click()
    navigation = linus.page.get_by_role("navigation")
    await navigation.get_by_role("link", name="Home").click()
    await expect(linus.post("The machine is fixed")).to_be_visible()
    await navigation.get_by_role("link", name="Coffee corner").click()
    await linus.page.get_by_role("button", name="Leave").click()
    await expect(navigation.get_by_role("link", name="Coffee corner")).to_have_count(0)
    await navigation.get_by_role("link", name="Home").click()
    await expect(linus.post("The machine is fixed")).to_have_count(0)


async def test_home_is_what_one_follows(house: House) -> None:
    linus = await house.open("linus")
    await linus.live()
    async with house.outside() as client:
        await house.ask(client, "POST", "/posts", "ada", json={"text": "Said before"})
        await linus.page.get_by_role("link", name="People").first.click()
        await linus.page.get_by_role("link", name="Ada Lovelace").click()
        await linus.page.get_by_role("button", name="Follow").click()
        await linus.page.get_by_role("link", name="Home").click()
        await expect(linus.post("Said before")).to_be_visible()
        await house.ask(client, "POST", "/posts", "ada", json={"text": "Said after"})
        await expect(linus.post("Said after")).to_be_visible()
        await house.ask(client, "POST", "/posts", "grace", json={"text": "Said by another"})
        await linus.page.get_by_role("link", name="Everyone").click()
    await expect(linus.post("Said by another")).to_be_visible()
    await linus.page.get_by_role("link", name="Home").click()
    await expect(linus.post("Said by another")).to_have_count(0)
