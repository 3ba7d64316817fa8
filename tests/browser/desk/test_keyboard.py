"""The same walk without a mouse: every step by Tab, Enter and letters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from deploy.stack import Stack
from tests.browser.desk.conftest import talked
from tests.browser.desk.staff import Staff
from tests.browser.pages import opened

pytestmark = pytest.mark.browser

# In other words than the walk's, so that there is one to find whichever is first.
MISSED = "i had to change the bed again and felt nothing"
MOST_TABS = 120
FOCUSED = "(document.activeElement.innerText || document.activeElement.id || '').trim()"


@pytest.fixture
def page(browser: Browser, stack: Stack, ada: Staff) -> Iterator[Page]:
    """The inbox, signed in, with something that may have been missed."""
    talked(stack, [MISSED, "no"])
    with opened(browser, ada.url, viewport={"width": 1280, "height": 900}) as page:
        ada.sign_in(page)
        page.goto(f"{ada.url}/inbox")
        yield page


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what has the focus begins with these words."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if str(page.evaluate(FOCUSED)).startswith(wanted):
            return
    raise AssertionError(f"Tab never comes to “{wanted}”")


def test_a_missed_emergency_is_filed_without_a_mouse(page: Page) -> None:
    tab_to(page, "Possibly missed")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Status: new")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What went wrong")).to_be_visible()
    tab_to(page, "what")
    page.keyboard.type("Cannot feel the bladder; told nothing.")
    tab_to(page, "Should have escalated")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Safety incident").first).to_be_visible()


def test_each_turn_to_look_at_is_one_letter_away(page: Page) -> None:
    page.goto(page.url.split("/inbox")[0] + "/inbox?doubt_above=0.05")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/conversations/**")
    page.goto(page.url.split("?")[0].split("#")[0])
    page.keyboard.press("n")
    assert str(page.evaluate("document.activeElement.id")).startswith("turn-")
