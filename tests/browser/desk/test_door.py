"""Into the desk and out of it again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import found
from tests.browser.desk.staff import Staff
from tests.browser.pages import opened, picture, schemes

pytestmark = pytest.mark.browser


def test_the_door_is_readable_for_everybody(browser: Browser, ada: Staff) -> None:
    with opened(browser, f"{ada.url}/") as page:
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        for scheme in schemes(page):
            assert found(page) == [], scheme
            picture(page, f"desk-door-{scheme}")


def test_a_wrong_password_is_told_and_nothing_more(browser: Browser, ada: Staff) -> None:
    with opened(browser, f"{ada.url}/sign-in", forgiven="Failed to load resource") as page:
        page.get_by_label("Name").fill("ada")
        page.get_by_label("Password").fill("not at all the password")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert found(page) == []


def test_signing_in_and_out_works_without_a_script(browser: Browser, ada: Staff) -> None:
    with opened(browser, ada.url, java_script_enabled=False) as page:
        ada.sign_in(page)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{ada.url}/inbox")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_keyboard_alone_leads_in_order_through_the_top(desk: Page, ada: Staff) -> None:
    desk.goto(f"{ada.url}/")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.textContent.trim()").startswith("Skip")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "content"
