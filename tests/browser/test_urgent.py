"""Urgent advice stays where it is seen: behind a long answer, the menu, and a phone's keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import Chat, opened

pytestmark = pytest.mark.browser

SIZES = [{"width": 375, "height": 667}, {"width": 320, "height": 568}]
# A keyboard takes its part of what is seen, and tells the layout nothing.
KEYBOARD = """seen => {
    const fake = Object.assign(new EventTarget(), { scale: 1, offsetTop: 0, height: innerHeight });
    Object.defineProperty(window, "visualViewport", { value: fake });
    window.keyboard = () => { fake.height = seen; fake.dispatchEvent(new Event("resize")); };
}"""


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_an_emergency_closes_the_menu(browser: Browser, url: str, size: dict[str, int]) -> None:
    with opened(browser, f"{url}/?region=GB", viewport=size) as page:
        chat = Chat(page)
        chat.open()
        page.route("**/api/messages", lambda route: (page.wait_for_timeout(300), route.continue_()))
        chat.ask("my face is drooping on one side")
        chat.button("Menu").click()
        expect(chat.menu).to_be_hidden()
        expect(chat.log.get_by_role("link", name="Call 999")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("text", ["Normal", "Large", "Very large"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_keyboard_leaves_an_emergency_its_room(
    browser: Browser, url: str, size: dict[str, int], text: str
) -> None:
    with opened(browser, "about:blank", viewport=size) as page:
        page.add_init_script(f"({KEYBOARD})(300)")
        page.goto(f"{url}/?region=GB")
        chat = Chat(page)
        chat.open()
        chat.button("Menu").click()
        chat.button(text).click()
        chat.button("Menu").click()
        chat.box.focus()
        page.evaluate("keyboard()")
        chat.ask("my face is drooping on one side")
        call = chat.log.get_by_role("link", name="Call 999")
        expect(call).to_be_in_viewport(ratio=1)
        _above_keyboard(page, call.bounding_box())
        chat.picture(f"keyboard-{size['width']}-{text.replace(' ', '-').lower()}")


def _above_keyboard(page: Page, box: object) -> None:
    assert isinstance(box, dict)
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 301
