"""Whole visits: by keyboard alone, by touch on a narrow screen, and what is read aloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.pages import Chat, fits, opened

pytestmark = pytest.mark.browser

# Keeps what the live regions say, each text once.
LISTEN = """() => {
    window.heard = [];
    const root = document.querySelector("dorsi-chat").shadowRoot;
    for (const region of root.querySelectorAll(".polite, .assertive")) {
        new MutationObserver((changes) => {
            for (const { addedNodes } of changes) for (const added of addedNodes)
                heard.push([region.getAttribute("aria-live"), added.textContent.trim()]);
        }).observe(region, { childList: true, subtree: true });
    }
}"""


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """The clinic's page with the chat's button."""
    with opened(browser, url) as page:
        yield page


def tab_to(chat: Chat, name: str, key: str = "Tab") -> None:
    """Press Tab until the button of that name has the focus."""
    button = chat.button(name).last
    for _ in range(60):
        if button.evaluate("button => button.getRootNode().activeElement === button"):
            return
        chat.page.keyboard.press(key)
    raise AssertionError(f"{name} is out of the keyboard's reach")


def test_a_whole_visit_needs_nothing_but_the_keyboard(page: Page) -> None:
    chat, keys = Chat(page), page.keyboard
    tab_to(chat, "Chat with Dorsi")
    keys.press("Enter")
    expect(chat.box).to_be_focused()
    keys.type("what is foot drop")
    keys.press("Enter")
    expect(chat.last).to_contain_text("front part")
    expect(chat.box).to_be_focused()
    tab_to(chat, "What may cause it", "Shift+Tab")
    keys.press("Enter")
    expect(chat.last).to_contain_text("I heard you.")
    tab_to(chat, "Urgent help", "Shift+Tab")
    keys.press("Enter")
    expect(chat.help).to_be_visible()
    keys.press("Escape")
    expect(chat.help).to_be_hidden()
    expect(chat.button("Urgent help")).to_be_focused()
    keys.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()
    keys.press("Enter")
    expect(chat.log).to_contain_text("I heard you.")


def test_the_focus_can_always_be_seen(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    chat.ask("what is foot drop", "front part")
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        ring, name = page.evaluate("""() => {
            let at = document.activeElement;
            while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            const style = getComputedStyle(at);
            return [style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3,
                at.tagName + ": " + at.textContent.trim().slice(0, 30)];
        }""")
        if not ring and not name.startswith("BODY"):
            unseen.append(name)
    assert unseen == []


def test_what_is_closed_keeps_the_focus_in_the_chat(page: Page) -> None:
    chat, keys = Chat(page), page.keyboard
    chat.open()
    chat.ask("what is foot drop", "front part")
    chat.button("Urgent help").press("Enter")
    chat.button("Close urgent help").press("Enter")
    expect(chat.button("Urgent help")).to_be_focused()
    for way in ("No, thank you", "Send this"):
        chat.last.get_by_role("button", name="Not helpful").press("Enter")
        chat.element.get_by_label("What was missing?").fill("too long")
        chat.button(way).press("Enter")
        expect(chat.button(way)).to_be_hidden()
        at = "document.querySelector('dorsi-chat').shadowRoot.activeElement?.className"
        assert page.evaluate(at) == "vote"
        if way == "No, thank you":
            chat.ask("what is foot drop")
            expect(chat.log.get_by_text("front part")).to_have_count(2)
    chat.button("Menu").press("Enter")
    chat.button("Erase my conversation").press("Enter")
    chat.button("Yes, erase it").press("Enter")
    expect(chat.status).to_contain_text("is erased")
    expect(chat.box).to_be_focused()
    keys.press("Escape")


def test_a_closed_panel_keeps_the_draft_and_the_place(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    for _ in range(4):
        chat.ask("show", "Step 2 of 5")
        expect(chat.status).to_be_empty()
    chat.box.fill("half a thought")
    scroll = chat.log.evaluate("log => { log.scrollTop = 150; return log.scrollTop }")
    chat.button("Close the chat").click()
    expect(chat.panel).to_be_hidden()
    chat.launcher.click()
    expect(chat.box).to_have_value("half a thought")
    assert chat.log.evaluate("log => log.scrollTop") == scroll == 150


def test_an_emergency_is_told_although_the_panel_is_closed(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    expect(chat.last).to_be_visible()
    held: list[Route] = []
    page.route("**/api/messages", lambda route: held.append(route))
    with page.expect_request("**/api/messages"):
        chat.ask("my face is drooping on one side")
    chat.button("Close the chat").click()
    expect(chat.panel).to_be_hidden()
    page.evaluate(LISTEN.replace(".polite, .assertive", ".outside"))
    held[0].continue_()
    marked = chat.button("Get help now Chat with Dorsi")
    expect(marked).to_be_visible()
    page.wait_for_function("heard.some(([, text]) => text.includes('999'))")
    chat.picture("closed-emergency")
    marked.click()
    expect(chat.log.get_by_role("link", name="Call 999")).to_be_in_viewport(ratio=1)
    expect(chat.box).to_be_focused()
    chat.button("Close the chat").click()
    expect(chat.launcher).to_be_visible()


def test_the_keyboard_stays_in_a_panel_that_takes_all_of_the_page(
    browser: Browser, url: str
) -> None:
    with opened(browser, url, viewport={"width": 320, "height": 640}) as page:
        chat = Chat(page)
        chat.open()
        expect(chat.panel).to_have_attribute("aria-modal", "true")
        tab_to(chat, "Send")
        page.keyboard.press("Tab")
        expect(chat.button("Urgent help")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(chat.button("Send")).to_be_focused()
        page.keyboard.press("Escape")
        expect(chat.launcher).to_be_focused()
        page.set_viewport_size({"width": 900, "height": 900})
        chat.open()
        assert chat.panel.get_attribute("aria-modal") is None


def test_the_pages_own_buttons_open_the_chat(page: Page) -> None:
    chat = Chat(page)
    page.get_by_role("link", name="Ask Dorsi a question").first.click()
    expect(chat.box).to_be_focused()
    assert "/chat" not in page.url


def test_a_visit_by_touch_on_a_narrow_screen(browser: Browser, url: str) -> None:
    phone = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
    with opened(browser, url, **phone) as page:
        chat = Chat(page)
        chat.picture("touch-closed")
        chat.launcher.tap()
        panel = chat.panel.bounding_box()
        assert panel is not None
        assert (panel["width"], panel["height"]) == (320, 640)
        chat.box.fill("show")
        chat.button("Send").tap()
        expect(chat.last).to_contain_text("0 of 3 done")
        chat.button("+ 1 done").tap()
        expect(chat.last).to_contain_text("1 of 3 done")
        assert fits(page)
        chat.picture("touch-exercise")
        chat.button("Next").tap()
        expect(chat.last).to_contain_text("I heard you.")
        chat.button("Urgent help").tap()
        expect(chat.help.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
        chat.picture("touch-help")
        chat.button("Close the chat").tap()
        expect(chat.launcher).to_be_visible()


def test_a_new_message_is_read_aloud_once_and_the_region_is_emptied(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    expect(chat.last).to_be_visible()
    polite = chat.element.locator(".polite")
    expect(polite).to_be_empty()
    page.evaluate(LISTEN)
    chat.ask("what is foot drop", "front part")
    expect(polite).to_be_empty()
    heard = [text for how, text in page.evaluate("heard") if "front part" in text]
    assert len(heard) == 1
    assert "What may cause it" in heard[0]
    page.reload()
    chat.open()
    expect(chat.last).to_contain_text("front part")
    page.evaluate(LISTEN)
    chat.ask("hello", "I heard you.")
    expect(polite).to_be_empty()
    assert not any("front part" in text for _, text in page.evaluate("heard"))


def test_urgent_advice_interrupts_and_can_be_called(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    page.evaluate(LISTEN)
    chat.ask("my face is drooping on one side")
    alarm = chat.log.locator(".level-emergency")
    expect(alarm).to_contain_text("Get help now")
    call = alarm.get_by_role("link", name="Call 999")
    expect(call).to_have_attribute("href", "tel:999")
    page.wait_for_function("heard.some(([how]) => how === 'assertive')")
    said = " ".join(text for how, text in page.evaluate("heard") if how == "assertive")
    assert "Get help now" in said
    assert "999" in said
    chat.picture("escalation")


def test_what_was_offered_before_an_emergency_is_put_away(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    chat.ask("what is foot drop", "front part")
    old = chat.button("The first signs")
    expect(old).to_have_attribute("aria-disabled", "false")
    chat.ask("my face is drooping on one side")
    expect(chat.log.locator(".level-emergency")).to_be_visible()
    expect(old).to_have_attribute("aria-disabled", "true")
    old.click(force=True)
    expect(chat.status).to_contain_text("That question is over.")
    assert chat.count("The first signs") == 0


def test_a_button_pressed_twice_by_a_trembling_hand_asks_once(chat: Chat) -> None:
    chat.ask("what is foot drop", "front part")
    chat.button("What may cause it").dblclick()
    expect(chat.last).to_contain_text("I heard you.")
    assert chat.count("What may cause it") == 1


def test_what_a_patient_types_is_shown_as_text_and_never_run(chat: Chat) -> None:
    chat.ask("<img src=x onerror=alert(1)> <b>hello</b>", "I heard you.")
    expect(chat.log).to_contain_text("<b>hello</b>")
    assert chat.log.locator("img").count() == 0
