"""Narrow screens, large text, strong contrast and no motion."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import found
from tests.browser.pages import Chat, fits, opened, schemes

pytestmark = pytest.mark.browser

MOVING = """() => document.querySelector("dorsi-chat").shadowRoot.getAnimations()
    .concat(document.getAnimations()).filter((one) => one.playState === "running").length"""


def fill(chat: Chat) -> None:
    """A conversation with something of each kind in it."""
    chat.ask("what is foot drop", "front part")
    chat.last.locator("summary").click()
    chat.ask("show", "Step 2 of 5")
    chat.ask("summary", "Here it is.")
    chat.ask("my face is drooping on one side")
    expect(chat.log.get_by_role("link", name="Call 999").last).to_be_in_viewport()


@pytest.mark.parametrize("size", ["Normal", "Large", "Very large"])
def test_it_needs_no_scrolling_sideways_at_320_pixels(
    browser: Browser, url: str, size: str
) -> None:
    with opened(browser, f"{url}/?region=GB", viewport={"width": 320, "height": 640}) as page:
        chat = Chat(page)
        chat.open()
        chat.button("Menu").click()
        chat.button(size).click()
        assert fits(page)
        chat.picture(f"narrow-{size.replace(' ', '-').lower()}-menu")
        chat.button("Menu").click()
        fill(chat)
        # An emergency comes into sight by itself, and the call with it.
        expect(chat.log.get_by_role("link", name="Call 999")).to_be_in_viewport(ratio=1)
        assert fits(page)
        chat.picture(f"narrow-{size.replace(' ', '-').lower()}")
        chat.button("Urgent help").click()
        assert fits(page)


def test_zoomed_in_four_times_everything_can_still_be_reached(browser: Browser, url: str) -> None:
    # 1280 by 1024 at 400 % is a window of 320 by 256.
    with opened(browser, f"{url}/?region=GB", viewport={"width": 320, "height": 256}) as page:
        chat = Chat(page)
        chat.open()
        fill(chat)
        assert fits(page)
        chat.box.scroll_into_view_if_needed()
        expect(chat.box).to_be_in_viewport()
        chat.button("Urgent help").scroll_into_view_if_needed()
        expect(chat.button("Urgent help")).to_be_in_viewport()
        chat.picture("zoomed")


def test_text_at_200_percent_is_twice_as_large_and_fits(browser: Browser, url: str) -> None:
    with opened(browser, f"{url}/chat?region=GB", viewport={"width": 640, "height": 900}) as page:
        chat = Chat(page)
        chat.ask("what is foot drop", "front part")
        measure = "box => parseFloat(getComputedStyle(box).fontSize)"
        before = chat.last.evaluate(measure)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        chat.button("Menu").click()
        chat.button("Very large").click()
        chat.button("Menu").click()
        assert chat.last.evaluate(measure) >= 1.4 * before
        fill(chat)
        assert fits(page)
        chat.picture("text-200")


def test_forced_colours_keep_every_edge(browser: Browser, url: str) -> None:
    with opened(browser, f"{url}/?region=GB", forced_colors="active") as page:
        chat = Chat(page)
        expect(chat.launcher).to_be_visible()
        for scheme in schemes(page):
            chat.picture(f"forced-{scheme}-closed")
        chat.open()
        fill(chat)
        for scheme in schemes(page):
            chat.picture(f"forced-{scheme}")
            for part in (chat.panel, chat.last, chat.button("Send"), chat.box):
                edge = part.evaluate("box => getComputedStyle(box).borderTopStyle")
                assert edge != "none", scheme
            assert found(page, colours=False) == [], scheme


@pytest.mark.parametrize("asked_by", ["the device", "the menu"])
def test_who_wants_no_motion_sees_none(browser: Browser, url: str, asked_by: str) -> None:
    motion = "reduce" if asked_by == "the device" else "no-preference"
    with opened(browser, f"{url}/chat", reduced_motion=motion) as page:
        chat = Chat(page)
        if asked_by == "the menu":
            chat.button("Menu").click()
            chat.element.get_by_role("switch", name="Less motion").click()
            chat.button("Menu").click()
        page.route("**/api/messages", lambda route: None if route.request.method == "POST" else 0)
        chat.ask("long")
        expect(chat.status).to_have_text("Dorsi is writing…")
        assert page.evaluate(MOVING) == 0
        page.unroute_all()
        page.reload()
        expect(chat.last).to_contain_text("Lift your toes.")
        chat.button("Start 60 seconds").click()
        expect(chat.element.get_by_role("timer")).to_have_text("60")
        assert page.evaluate(MOVING) == 0
