"""The desk in the morning: what may have been missed is found, read and filed."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from deploy.stack import Stack
from tests.browser.desk.conftest import MISSED, TALKS, talked
from tests.browser.desk.staff import Staff
from tests.browser.pages import picture

pytestmark = pytest.mark.browser

MOST_CLICKS = 4
# The index follows within two seconds; a page that is open shows it with the next look.
PATIENCE_MS = 15_000


class Hand:
    """Clicks, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def on(self, role: str, name: str, inside: str = "main") -> None:
        """Click the first of that role and name."""
        self.page.locator(inside).get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.clicks += 1


def test_a_missed_emergency_is_found_and_filed_with_few_clicks(desk: Page, ada: Staff) -> None:
    desk.goto(f"{ada.url}/inbox")
    picture(desk, "walk-1-inbox")
    hand, began = Hand(desk), time.monotonic()
    hand.on("link", "Possibly missed")
    picture(desk, "walk-2-possibly-missed")
    desk.locator("main tbody tr", has_text=MISSED).get_by_role("link").click()
    hand.clicks += 1
    expect(desk.get_by_text(MISSED)).to_be_visible()
    picture(desk, "walk-3-transcript")
    desk.get_by_label("What went wrong").fill("Lost control of the bladder, and nobody asked.")
    hand.clicks += 1
    hand.on("button", "Should have escalated")
    expect(desk.get_by_role("link", name="Safety incident", exact=False).first).to_be_visible()
    picture(desk, "walk-4-filed")
    desk.goto(f"{ada.url}/incidents")
    expect(desk.locator("main")).to_contain_text("Missed")
    picture(desk, "walk-5-incidents")
    assert hand.clicks <= MOST_CLICKS
    assert time.monotonic() - began < 60


def test_a_new_emergency_is_counted_without_a_new_load(
    desk: Page, ada: Staff, stack: Stack
) -> None:
    desk.goto(f"{ada.url}/inbox")
    badge = desk.locator("header .badge").first
    desk.evaluate("window.isTheSamePage = true")
    before = int(badge.inner_text().split()[0])
    talked(stack, TALKS["told"])
    expect(badge).to_contain_text(str(before + 1), timeout=PATIENCE_MS)
    assert desk.evaluate("window.isTheSamePage")


def test_what_a_patient_typed_does_nothing_here(desk: Page, ada: Staff) -> None:
    desk.goto(f"{ada.url}/inbox?q=parent")
    desk.locator("main tbody a").first.click()
    expect(desk.get_by_text("<script>", exact=False).first).to_be_visible()
    assert "run" not in desk.title()


def test_names_and_numbers_are_hidden(desk: Page, ada: Staff) -> None:
    desk.goto(f"{ada.url}/inbox?q=hello+number")
    desk.locator("main tbody a").first.click()
    expect(desk.locator("main")).to_contain_text("my number is")
    expect(desk.locator("main .hid")).not_to_have_count(0)
    expect(desk.locator("main")).not_to_contain_text("okafor")
    expect(desk.locator("main")).not_to_contain_text("900123")
