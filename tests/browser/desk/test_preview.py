"""A change request is seen in the chat that patients have, before any patient sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found
from tests.browser.desk.staff import Staff
from tests.browser.pages import Chat, picture

pytestmark = pytest.mark.browser

BEGINNING_MS = 90_000
"""The first answer waits for a process that reads all content."""


@pytest.fixture
def change(desk: Page, ada: Staff) -> str:
    """The address of a new change request."""
    desk.goto(f"{ada.url}/changes")
    desk.get_by_label("What it is about").fill("Softer words on braces")
    # The first one waits for the repository to be copied.
    desk.get_by_role("button", name="Make it").click(timeout=BEGINNING_MS)
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Softer words")
    return desk.url.partition("?")[0]


def test_a_topic_is_seen_and_its_buttons_lead_on(desk: Page, change: str) -> None:
    desk.goto(f"{change}/preview/data/topics/brace/types.yml")
    chat = Chat(desk)
    expect(chat.last).to_contain_text("Some supports", timeout=BEGINNING_MS)
    picture(desk, "preview-1-topic")
    chat.button("Choosing a brace").click()
    expect(chat.log).to_contain_text("The best brace is the one that fits")
    desk.reload()
    expect(Chat(desk).log).to_contain_text("The best brace is the one that fits")
    assert found(desk) == []


def test_an_exercise_is_walked_through_with_its_pictures(desk: Page, change: str) -> None:
    desk.goto(f"{change}/preview/data/exercises/calf_stretch.yml")
    chat = Chat(desk)
    expect(chat.last).to_contain_text("Step 1 of 7", timeout=BEGINNING_MS)
    chat.button("Next").click()
    expect(chat.last).to_contain_text("Step 2 of 7")
    image = chat.last.locator("img.picture")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 0
    picture(desk, "preview-2-exercise")


def test_a_red_flag_calls_whom_the_region_calls(desk: Page, change: str) -> None:
    desk.goto(f"{change}/preview/data/red_flags/stroke.yml")
    expect(Chat(desk).element.get_by_role("link", name="Call 999").first).to_be_visible(
        timeout=BEGINNING_MS
    )
    desk.get_by_label("Where the patient is").select_option("US")
    desk.get_by_role("button", name="Show").click()
    expect(Chat(desk).element.get_by_role("link", name="Call 911").first).to_be_visible()
    picture(desk, "preview-3-red-flag")


def test_a_sentence_is_tried_on_the_page(desk: Page, change: str) -> None:
    desk.goto(f"{change}/try")
    desk.get_by_label("A patient’s words").fill("what is foot drop")
    desk.get_by_role("button", name="Try").click()
    expect(desk.locator("#tried")).to_contain_text("With this change", timeout=BEGINNING_MS)
    expect(desk.locator("#tried")).to_contain_text("Dorsi answers with “What is foot drop?”")
    expect(desk.locator("#tried")).to_contain_text("Not trained yet")
    picture(desk, "preview-4-sentence")
    assert found(desk) == []
