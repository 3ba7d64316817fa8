"""axe-core finds nothing, on any page and in any state of the chat, in light and in dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import found
from tests.browser.pages import Chat, opened, picture, schemes

pytestmark = pytest.mark.browser

PAGES = ["/", "/chat", "/privacy", "/accessibility", "/embedding"]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_found_on_a_page(browser: Browser, url: str, path: str) -> None:
    with opened(browser, f"{url}{path}") as page:
        chat = Chat(page)
        expect(chat.box if path == "/chat" else chat.launcher).to_be_visible()
        for scheme in schemes(page):
            picture(page, f"site-{path.strip('/') or 'home'}-{scheme}")
            assert found(page) == [], scheme


@pytest.mark.parametrize("contrast", ["usual", "strong"])
def test_nothing_is_found_in_any_state_of_the_chat(
    browser: Browser, url: str, contrast: str
) -> None:
    wrong: dict[str, list[str]] = {}
    with opened(browser, url) as page:
        chat = Chat(page)

        def look(state: str) -> None:
            for scheme in schemes(page):
                chat.picture(f"panel-{state}-{scheme}-{contrast}")
                if violations := found(page):
                    wrong[f"{state}, {scheme}"] = violations

        chat.open()
        expect(chat.last).to_be_visible()
        if contrast == "strong":
            chat.button("Menu").click()
            chat.element.get_by_role("switch", name="Strong contrast").click()
            chat.button("Menu").click()
        look("open")
        chat.ask("what is foot drop", "front part")
        chat.last.locator("summary").click()
        expect(chat.last.get_by_role("link")).to_be_visible()
        look("answer")
        chat.last.get_by_role("button", name="Not helpful").click()
        expect(chat.element.get_by_label("What was missing?")).to_be_visible()
        look("feedback")
        chat.ask("show", "Step 2 of 5")
        chat.button("Start 10 seconds").click()
        look("exercise")
        chat.ask("my face is drooping on one side", "999")
        expect(chat.last.get_by_role("link", name="Call 999")).to_be_in_viewport(ratio=1)
        look("escalation")
        chat.button("Menu").click()
        expect(chat.menu).to_be_visible()
        look("menu")
        chat.button("Erase my conversation").click()
        expect(chat.button("Yes, erase it")).to_be_visible()
        look("erase")
        page.keyboard.press("Escape")
        chat.button("Urgent help").click()
        expect(chat.help.get_by_role("link", name="Call 999")).to_be_visible()
        look("help")
        page.keyboard.press("Escape")
        page.context.set_offline(True)
        expect(chat.element.get_by_text("You are offline.")).to_be_visible()
        look("offline")
        page.context.set_offline(False)
    assert wrong == {}


def test_it_would_be_found(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=en><title>Bad</title><main><h1>Bad</h1>"
        "<p id=pale>Hard to read</p><img src='data:,'></main><script>"
        "pale.attachShadow({mode: 'open'}).innerHTML = '<button></button>'</script>"
    )
    with opened(browser, f"file://{tmp_path}/bad.html") as page:
        rules = {violation.split(" ")[0] for violation in found(page)}
    assert {"image-alt", "button-name"} <= rules
