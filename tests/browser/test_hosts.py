"""The chat on pages of other sites: strict, hostile, crowded, and not listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hosts import Hosts, hosting
from tests.browser.pages import Chat, opened, picture
from tests.browser.test_kept import rows

pytestmark = pytest.mark.browser


def test_a_strict_site_needs_only_the_lines_that_the_page_on_embedding_names(
    browser: Browser, url: str, hosts: Hosts
) -> None:
    with opened(browser, f"{hosts.url}/strict") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        chat = Chat(page)
        chat.open()
        chat.ask("what is foot drop", "front part")
        chat.ask("show", "Step 2 of 5")
        expect(chat.last.get_by_role("img")).to_have_js_property("naturalWidth", 320)
        chat.ask("chart", "Your last weeks.")
        expect(chat.last.get_by_role("img")).to_have_js_property("naturalWidth", 400)
        chat.ask("summary", "Here it is.")
        with page.expect_download():
            chat.button("Save: PDF").click()
        chat.button("Menu").click()
        chat.button("Very large").click()
        chat.button("Menu").click()
        assert page.evaluate("reports") == []
        chat.picture("host-strict")
        assert asked
        ours = (url, hosts.url, f"blob:{hosts.url}")
        assert [address for address in asked if not address.startswith(ours)] == []


def test_nothing_is_fetched_from_a_third_party(browser: Browser, url: str) -> None:
    with opened(browser, url) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.reload()
        chat = Chat(page)
        chat.open()
        chat.ask("show", "Step 2 of 5")
        chat.ask("chart", "Your last weeks.")
        for path in ("/privacy", "/accessibility", "/embedding", "/chat"):
            page.goto(url + path)
        assert len(asked) > 10
        assert [one for one in asked if not one.startswith((url, f"blob:{url}"))] == []
        assert page.context.cookies() == []


def test_a_page_whose_rules_hide_and_bend_everything_leaves_the_chat_alone(
    browser: Browser, url: str, hosts: Hosts
) -> None:
    boxes = []
    for path in ("/plain", "/hostile"):
        with opened(browser, hosts.url + path) as page:
            chat = Chat(page)
            chat.open()
            chat.ask("what is foot drop", "front part")
            chat.picture(f"host-{path[1:]}")
            parts = [chat.panel, chat.box, chat.button("Send"), chat.button("Urgent help")]
            boxes.append([part.bounding_box() for part in parts])
            style = "box => { const s = getComputedStyle(box); return [s.fontSize, s.color, "
            style += "s.letterSpacing, s.fontFamily, s.transform, s.display] }"
            boxes[-1].append(chat.last.evaluate(style))
    assert boxes[0] == boxes[1]


def test_two_windows_on_one_page_share_the_conversation(
    browser: Browser, url: str, hosts: Hosts
) -> None:
    with opened(browser, f"{hosts.url}/two") as page:
        windows = page.locator("dorsi-chat")
        one, other = windows.nth(0), windows.nth(1)
        one.get_by_label("Your message").fill("said in one")
        one.get_by_label("Your message").press("Enter")
        for window in (one, other):
            expect(window.get_by_role("log")).to_contain_text("said in one")
            expect(window.get_by_text("I heard you.")).to_have_count(1)


def test_a_site_that_is_not_listed_gets_no_chat(browser: Browser, url: str, state: Path) -> None:
    sessions = "SELECT count(*) FROM sessions"
    with hosting() as stranger:
        stranger.gateway = url
        refused = ("CORS policy", "ERR_FAILED", "ERR_BLOCKED_BY_RESPONSE", "403")
        with opened(browser, f"{stranger.url}/plain", forgiven=refused) as page:
            page.wait_for_load_state("networkidle")
            assert page.locator("dorsi-chat:defined").count() == 0
            before = rows(state, sessions)
            status = page.evaluate(
                f"fetch('{url}/api/sessions', {{method: 'POST', mode: 'no-cors'}})"
                ".then((response) => response.type, () => 'refused')"
            )
            assert status in ("opaque", "refused")
            assert rows(state, sessions) == before
            picture(page, "host-stranger")
