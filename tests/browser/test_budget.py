"""How quick and how light the chat is."""

from __future__ import annotations

from statistics import median

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pages import Chat, opened

pytestmark = pytest.mark.browser

BUNDLE_BYTES = 30 * 1024
PAINT_MS = 100
# From the click until the frame with the panel in it has been handed over.
OPEN = """() => new Promise((done) => {
    const root = document.querySelector("dorsi-chat").shadowRoot;
    const began = performance.now();
    root.querySelector(".launcher").click();
    const look = () => requestAnimationFrame(() => {
        if (root.querySelector("[role=dialog]")?.getBoundingClientRect().height > 0)
            setTimeout(() => done(performance.now() - began));
        else look();
    });
    look();
})"""
SHIFTS = """() => { window.shifts = []; new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
        shifts.push([entry.value, entry.hadRecentInput]);
}).observe({ type: "layout-shift", buffered: true }); }"""


def test_the_panel_is_painted_a_tenth_of_a_second_after_the_click(
    browser: Browser, url: str
) -> None:
    took = []
    with opened(browser, url) as page:
        chat = Chat(page)
        for _ in range(5):
            page.reload()
            expect(chat.launcher).to_be_visible()
            took.append(page.evaluate(OPEN))
    print(f"first paint of the panel: {[round(ms) for ms in took]} ms")
    assert median(took) <= PAINT_MS


def test_nothing_moves_by_itself_while_the_chat_is_opened_and_answers(
    browser: Browser, url: str
) -> None:
    with opened(browser, url) as page:
        page.add_init_script(f"({SHIFTS})()")
        page.reload()
        chat = Chat(page)
        chat.open()
        expect(chat.last).to_be_visible()
        chat.ask("what is foot drop", "front part")
        chat.ask("show", "Step 2 of 5")
        expect(chat.last.get_by_role("img")).to_be_visible()
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        shifts = page.evaluate("shifts")
    assert [value for value, by_hand in shifts if not by_hand] == []


def test_the_script_weighs_at_most_30_kilobytes_over_the_wire(browser: Browser, url: str) -> None:
    with opened(browser, "about:blank") as page:
        with page.expect_event(
            "requestfinished", lambda request: request.url.endswith("/dorsi-chat.js")
        ) as loaded:
            page.goto(url)
        body = loaded.value.sizes()["responseBodySize"]
    print(f"dorsi-chat.js over the wire: {body} bytes")
    assert 0 < body <= BUNDLE_BYTES


def test_a_second_visit_does_not_load_the_script_again(browser: Browser, url: str) -> None:
    with opened(browser, url) as page:
        with page.expect_response("**/dorsi-chat.js") as loaded:
            page.goto(f"{url}/privacy")
        # The browser asks and hears that it has the newest.
        assert loaded.value.request.sizes()["responseBodySize"] == 0
