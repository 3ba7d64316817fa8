"""The patient's page in a real browser, against the real assistant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from deploy.stack import Stack
from tests.browser.pages import ask, opened, picture

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, stack: Stack) -> Iterator[Page]:
    with opened(browser, f"{stack.url}/?region=GB") as page:
        yield page


def test_the_first_message_says_where_to_turn_in_an_emergency(page: Page) -> None:
    expect(page.get_by_role("log")).to_contain_text("call 999")


def test_a_question_is_answered_with_its_sources(page: Page) -> None:
    ask(page, "wat is foot drop")
    expect(page.get_by_role("log")).to_contain_text("front part of your foot")
    page.locator("summary").first.click()
    expect(page.locator("details a").first).to_be_visible()
    picture(page, "page")


def test_who_types_before_the_session_is_there_is_heard(page: Page) -> None:
    held: list[Route] = []
    page.route("**/api/sessions", lambda route: held.append(route))
    page.evaluate("sessionStorage.clear()")
    page.reload()
    ask(page, "what is foot drop")
    page.wait_for_timeout(500)
    held[0].continue_()
    expect(page.get_by_role("log")).to_contain_text("front part of your foot")


def test_a_button_asks_its_question(page: Page) -> None:
    ask(page, "what is foot drop")
    expect(page.get_by_role("button", name="Early signs of foot drop")).to_be_visible()
    page.get_by_role("button", name="Causes of foot drop").last.click()
    expect(page.get_by_role("log")).to_contain_text("muscles")


def test_an_emergency_stands_out_with_words_of_its_own_and_old_buttons_are_put_away(
    page: Page,
) -> None:
    ask(page, "what is foot drop")
    old = page.get_by_role("button", name="Early signs of foot drop")
    expect(old).to_be_enabled()
    ask(page, "my face is drooping on one side")
    alarm = page.locator(".level-emergency").last
    expect(alarm).to_contain_text("Get help now")
    expect(alarm).to_contain_text("call 999")
    expect(old).to_be_disabled()
    picture(page, "page-emergency")


def test_a_reload_keeps_the_conversation(page: Page) -> None:
    ask(page, "what is an afo brace")
    expect(page.get_by_role("log")).to_contain_text("ankle-foot")
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("what is an afo brace")


def test_what_a_patient_types_is_shown_as_text_and_never_run(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)> <b>hello</b>")
    expect(page.get_by_role("log")).to_contain_text("<b>hello</b>")
    assert page.locator("#log img[src=x]").count() == 0


def test_the_page_fits_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    ask(page, "how do I stop falling over at home")
    expect(page.get_by_role("log")).to_contain_text("rugs")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    picture(page, "page-narrow")


def test_nothing_is_fetched_from_elsewhere(page: Page, stack: Stack) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    ask(page, "hello")
    expect(page.get_by_role("log")).to_contain_text("hello")
    assert asked
    assert all(url.startswith(stack.url) for url in asked)
