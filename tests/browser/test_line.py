"""When the line breaks, when Dorsi cannot be reached, and with two tabs at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser.pages import Chat, opened, profile
from tests.browser.played import PlayedRasa

pytestmark = pytest.mark.browser

OFF_LINE = "ERR_INTERNET_DISCONNECTED"


def test_a_message_written_offline_is_sent_once_when_the_line_is_back(
    browser: Browser, url: str, rasa: PlayedRasa
) -> None:
    with opened(browser, f"{url}/chat", forgiven=OFF_LINE) as page:
        chat = Chat(page)
        chat.ask("hello", "I heard you.")
        page.context.set_offline(True)
        chat.ask("written in a tunnel")
        expect(chat.element.get_by_text("You are offline.")).to_be_visible()
        expect(chat.log).to_contain_text("Not sent.")
        chat.picture("offline")
        page.context.set_offline(False)
        expect(chat.log).not_to_contain_text("Not sent.")
        expect(chat.last).to_contain_text("I heard you.")
        page.reload()
        expect(chat.last).to_contain_text("I heard you.")
        assert chat.count("written in a tunnel") == 1
    assert rasa.texts().count("written in a tunnel") == 1


def test_an_answer_that_was_lost_on_its_way_is_got_by_a_press_without_asking_twice(
    browser: Browser, url: str, rasa: PlayedRasa
) -> None:
    def lose(route: Route) -> None:
        """The gateway hears the message, but its answer never comes."""
        route.fetch()
        route.abort()

    with opened(browser, f"{url}/chat", forgiven="ERR_FAILED") as page:
        page.route("**/api/stream", lambda route: route.abort())  # or the answer came that way
        page.reload()
        chat = Chat(page)
        expect(chat.last).to_be_visible()
        page.route("**/api/messages", lose, times=1)
        chat.ask("lost with no stream")
        chat.button("Send it again").click()
        expect(chat.last).to_contain_text("I heard you.")
        _answered_once(chat, "lost with no stream", rasa)


def test_an_answer_that_was_lost_on_its_way_is_got_when_it_comes_over_the_stream(
    browser: Browser, url: str, rasa: PlayedRasa
) -> None:
    lost: list[Request] = []

    def lose(route: Route) -> None:
        """The page hears that it failed, before the gateway is asked at all."""
        lost.append(route.request)
        route.abort()

    with opened(browser, f"{url}/chat", forgiven="ERR_FAILED") as page:
        with page.expect_response("**/api/stream"):
            page.reload()
        chat = Chat(page)
        page.route("**/api/messages", lose, times=1)
        chat.ask("lost but streamed")
        expect(chat.button("Send it again")).to_be_visible()
        page.request.fetch(lost[0])
        expect(chat.last).to_contain_text("I heard you.")
        _answered_once(chat, "lost but streamed", rasa)


def _answered_once(chat: Chat, text: str, rasa: PlayedRasa) -> None:
    expect(chat.button("Send it again")).to_be_hidden()
    assert chat.count(text) == 1
    assert chat.log.get_by_text("I heard you.").count() == 1
    assert rasa.texts().count(text) == 1


def test_who_types_before_the_session_is_there_is_heard(browser: Browser, url: str) -> None:
    held: list[Route] = []
    with profile(browser) as fresh:
        page = fresh.new_page()
        page.route("**/api/sessions", lambda route: held.append(route))
        with page.expect_request("**/api/sessions"):
            page.goto(f"{url}/chat")
        chat = Chat(page)
        chat.ask("early bird")
        expect(chat.log).to_contain_text("early bird")
        held[0].continue_()
        expect(chat.last).to_contain_text("I heard you.")
        assert chat.count("early bird") == 1


def test_two_tabs_show_the_same_conversation(browser: Browser, url: str) -> None:
    with opened(browser, f"{url}/chat") as page:
        first = Chat(page)
        first.ask("said in the first tab", "I heard you.")
        second = Chat(_duplicate(page))
        expect(second.log).to_contain_text("said in the first tab")
        second.ask("said in the second tab", "I heard you.")
        expect(first.log).to_contain_text("said in the second tab")
        expect(first.log.get_by_text("I heard you.")).to_have_count(2)
        assert first.count("said in the second tab") == 1
        assert second.count("said in the first tab") == 1


def test_what_one_tab_erases_is_gone_from_the_other(browser: Browser, url: str) -> None:
    with opened(browser, f"{url}/chat", forgiven="401") as page:
        first = Chat(page)
        first.ask("not for ever", "I heard you.")
        second = Chat(_duplicate(page))
        expect(second.log).to_contain_text("not for ever")
        erase(second)
        expect(second.log).not_to_contain_text("not for ever")
        expect(first.log).not_to_contain_text("not for ever")
        first.ask("a new one", "I heard you.")


def test_urgent_help_works_while_rasa_is_stopped(browser: Browser, alone: str) -> None:
    with opened(browser, f"{alone}/chat?region=GB", forgiven="503") as page:
        chat = Chat(page)
        chat.ask("what is foot drop", "999")
        chat.button("Urgent help").click()
        expect(chat.help.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
        expect(chat.help.get_by_role("link", name="Samaritans")).to_be_visible()
        chat.ask("my face is drooping on one side")
        expect(chat.log.locator(".level-emergency")).to_be_visible()
        chat.picture("rasa-stopped")


def test_urgent_help_is_there_with_no_line_at_all(browser: Browser, url: str) -> None:
    with opened(browser, f"{url}/chat?region=GB", forgiven=OFF_LINE) as page:
        chat = Chat(page)
        expect(chat.last).to_be_visible()
        page.context.set_offline(True)
        chat.button("Urgent help").click()
        expect(chat.help.get_by_role("link", name="Call 999")).to_be_visible()


def _duplicate(page: Page) -> Page:
    """The same page in a second tab, as a browser duplicates it: with the visit's storage."""
    with page.expect_popup() as popup:
        page.evaluate("void window.open(location.href)")
    return popup.value


def erase(chat: Chat) -> None:
    """Erase the conversation, and wait for the new one."""
    chat.button("Menu").click()
    chat.button("Erase my conversation").click()
    chat.button("Yes, erase it").click()
    expect(chat.status).to_have_text("Your conversation is erased. This is a new one.")
