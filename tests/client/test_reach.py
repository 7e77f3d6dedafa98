"""By keyboard, by thumb, and by ear."""

from __future__ import annotations

from typing import Any

from playwright.async_api import expect

from tests.client.house import House

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

NAMELESS = """() => [...document.querySelectorAll('button, a[href], input, textarea, select')]
    .filter((one) => one.checkVisibility() && !one.closest('[aria-hidden=true]'))
    .filter((one) => !(one.innerText?.trim() || one.ariaLabel || one.labels?.length || one.title))
    .map((one) => one.outerHTML)"""
"""What can be operated and says nothing to a screen reader."""

FAINT = """() => {
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const seen = (colours) => {
    pen.clearRect(0, 0, 1, 1);
    for (const colour of colours) { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); }
    const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data].map((value) => channel(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (one) => {
    const grounds = [];
    for (let at = one; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
    return grounds;
  };
  const faint = [];
  for (const one of document.querySelectorAll('body *')) {
    const speaks = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!speaks || !one.checkVisibility() || one.closest('.sr-only, .skip, :disabled, .avatar')) continue;
    const grounds = behind(one);
    const [ink, ground] = [seen([...grounds, getComputedStyle(one).color]), seen(grounds)];
    const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${one.className} ${one.innerText}`);
  }
  return faint;
}"""
"""Words with less contrast to what is behind them than WCAG 2.2, success criterion 1.4.3, asks."""


async def _say(house: House, *texts: str) -> None:
    async with house.outside() as client:
        for text in texts:
            await house.ask(client, "POST", "/posts", "ada", json={"text": text})


async def test_a_stream_is_read_and_answered_by_keyboard_alone(house: House) -> None:
    await _say(house, "First", "Second", "Third")
    linus = await house.open("linus", "/everyone")
    await linus.live()
    await expect(linus.post("First")).to_be_visible()
    press = linus.page.keyboard.press
    await press("j")
    await expect(linus.post("Third")).to_be_focused()
    await press("j")
    await expect(linus.post("Second")).to_be_focused()
    await press("l")
    await expect(linus.post("Second").get_by_role("button", name="Like: 1")).to_be_visible()
    await press("b")
    await expect(linus.post("Second").get_by_role("button", name="Remove bookmark")).to_be_visible()
    await press("k")
    await expect(linus.post("Third")).to_be_focused()
    await press("r")
    reply = linus.page.get_by_role("combobox", name="Reply to Ada Lovelace")
    await expect(reply).to_be_focused()
    await linus.page.keyboard.type("By hand")
    await press("Control+Enter")
    await expect(linus.page.locator(".thread").get_by_text("By hand")).to_be_visible()
    await press("Escape")
    await linus.page.locator("body").click(position={"x": 2, "y": 400})
    await press("g")
    await press("b")
    await expect(linus.page.get_by_role("heading", name="Bookmarks")).to_be_visible()
    await press("?")
    await expect(linus.page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    await press("Escape")
    await expect(linus.page.get_by_role("dialog")).to_have_count(0)


async def test_the_first_tab_leads_past_the_navigation(house: House) -> None:
    linus = await house.open("linus", "/everyone")
    await linus.live()
    await linus.page.keyboard.press("Tab")
    await expect(linus.page.get_by_role("link", name="Skip to content")).to_be_focused()
    await linus.page.keyboard.press("Enter")
    await expect(linus.page.get_by_role("main")).to_be_focused()
    await linus.page.keyboard.press("Tab")
    await expect(linus.page.get_by_role("combobox", name="What are you up to")).to_be_focused()


async def test_everything_has_a_name_and_can_be_read(house: House) -> None:
    await _say(house, "# Title\n\nA [link](https://example.org), `code`, @linus and #topic")
    for theme in ("light", "dark"):
        linus = await house.open("linus", "/everyone", color_scheme=theme)
        await linus.live()
        for path in ("/everyone", "/posts/1", "/people", "/groups", "/settings"):
            await linus.page.goto(path)
            await expect(linus.page.locator("article, .list__line, .settings").first).to_be_visible()
            assert await linus.page.evaluate(NAMELESS) == [], path
            assert await linus.page.evaluate(FAINT) == [], (path, theme)
        await linus.page.evaluate("document.querySelector('h1').style.color = '#777'")
        assert await linus.page.evaluate(FAINT) != []


async def test_a_phone_shows_every_page_whole(house: House) -> None:
    long = "A very long word: " + "onvoorstelbaar" * 12 + " https://example.org/" + "path/" * 30
    await _say(house, long, "```\n" + "a line of code that does not end " * 8 + "\n```")
    options: dict[str, Any] = PHONE
    linus = await house.open("linus", "/everyone", **options)
    for path in ("/everyone", "/home", "/posts/1", "/people", "/people/ada", "/groups", "/settings"):
        await linus.page.goto(path)
        await expect(linus.page.locator("article, .list__line, .settings, .empty").first).to_be_visible()
        assert await linus.page.evaluate("document.documentElement.scrollWidth") == 360, path
    await linus.page.goto("/everyone")
    await linus.post("A very long word").get_by_role("button", name="React").tap()
    picker = linus.page.get_by_role("dialog", name="React")
    box = await picker.bounding_box()
    assert box
    assert 0 <= box["x"] < box["x"] + box["width"] <= 360
    await linus.page.keyboard.press("Escape")
    await linus.page.get_by_role("button", name="New message").tap()
    dialog = linus.page.get_by_role("dialog", name="New message")
    await dialog.get_by_role("combobox", name="What are you up to").fill("By thumb")
    await dialog.get_by_role("button", name="Post", exact=True).tap()
    await expect(linus.post("By thumb")).to_be_visible()
