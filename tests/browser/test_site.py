"""The clinic's pages: easy to read, to fit and to copy from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from content.lint.reading import EMERGENCY_GRADE, GRADE, grade
from tests.browser.pages import Chat, fits, opened, picture, schemes

pytestmark = pytest.mark.browser

PAGES = ["/", "/privacy", "/accessibility", "/embedding"]
# What is read for its words: no code, no table of names.
WORDS = """() => [...document.querySelectorAll(
    "main :is(h1, h2, h3, p, li), footer p, noscript p")].filter((part) => !part.querySelector("p"))
    .map((part) => part.textContent.replace(/\\s+/g, " ").trim()).filter(Boolean)"""


@pytest.fixture(scope="module", params=[*PAGES, "/chat"])
def bare(request: pytest.FixtureRequest, browser: Browser, url: str) -> Iterator[Page]:
    """A page without JavaScript."""
    with opened(browser, url + request.param, java_script_enabled=False) as page:
        yield page


def test_a_child_of_eleven_can_read_a_page(bare: Page) -> None:
    words = bare.evaluate(WORDS)
    assert words
    measured = grade(words)
    assert measured <= GRADE, measured
    for line in words:
        if "call 999" in line.lower():
            assert grade([line]) <= EMERGENCY_GRADE, line


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_320_pixels(browser: Browser, url: str, path: str) -> None:
    with opened(browser, url + path, viewport={"width": 320, "height": 640}) as page:
        expect(Chat(page).launcher).to_be_visible()
        for scheme in schemes(page):
            assert fits(page), scheme
            picture(page, f"site-{path.strip('/') or 'home'}-320-{scheme}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_text_twice_as_large_still_fits(browser: Browser, url: str, path: str) -> None:
    size = {"width": 640, "height": 800}
    with opened(browser, url + path, viewport=size) as page:
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_what_is_to_be_copied_names_this_server_and_can_be_copied(
    browser: Browser, url: str
) -> None:
    with opened(
        browser, f"{url}/embedding", permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        page.get_by_role("button", name="Copy").first.press("Enter")
        expect(page.get_by_text("Copied.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == (
            f'<script type="module" src="{url}/widget/dorsi-chat.js"></script>\n'
            '<dorsi-chat region="GB"></dorsi-chat>'
        )


def test_without_javascript_a_page_says_whom_to_call(bare: Page) -> None:
    expect(bare.locator(".notice")).to_contain_text("999")
    expect(bare.get_by_role("heading", name="JavaScript")).to_be_visible()
    assert bare.evaluate("document.documentElement.scrollWidth") <= 900


def test_the_link_to_skip_comes_first_and_works(browser: Browser, url: str) -> None:
    with opened(browser, url) as page:
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
