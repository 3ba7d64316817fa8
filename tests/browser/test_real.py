"""Visits to the whole assistant, with nothing played: a question, an exercise, an erasure."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from content.load import load
from deploy.stack import Stack
from tests.browser.pages import Chat, opened
from tests.browser.test_line import erase

pytestmark = pytest.mark.browser

# The whole assistant thinks longer than one that is played.
PATIENCE_MS = 20_000


@pytest.fixture
def visit(browser: Browser, stack: Stack) -> Iterator[Chat]:
    """The chat on the clinic's page, opened."""
    with opened(browser, stack.url) as page:
        chat = Chat(page)
        chat.open()
        expect(chat.last).to_contain_text("call 999", timeout=PATIENCE_MS)
        yield chat


def ask(chat: Chat, text: str, answer: str) -> None:
    """Ask, and wait for as long as an answer may take."""
    chat.ask(text)
    expect(chat.log).to_contain_text(answer, timeout=PATIENCE_MS)


def press(chat: Chat, title: str) -> None:
    """Press the newest button of that title."""
    chat.log.get_by_role("button", name=title, exact=True).last.click()


def test_a_question_with_a_slip_in_it_is_answered_with_its_sources(visit: Chat) -> None:
    ask(visit, "wat is foot drop", "front part of your foot")
    visit.log.locator("summary").last.click()
    link = visit.log.locator("details").last.get_by_role("link").first
    expect(link).to_be_visible()
    assert (link.get_attribute("href") or "").startswith("http")
    assert "noopener" in (link.get_attribute("rel") or "")
    visit.picture("real-answer")


def test_an_exercise_goes_on_after_a_reload_in_the_middle_of_it(visit: Chat) -> None:
    coach = load().coach
    assert coach is not None
    visit.ask("do the toe raises with me")
    none_of_these = coach.buttons["none_of_these"]
    expect(visit.button(none_of_these)).to_be_visible(timeout=PATIENCE_MS)
    press(visit, none_of_these)
    step = visit.log.locator(".message", has_text="Step 1 of")
    expect(step).to_be_visible(timeout=PATIENCE_MS)
    visit.picture("real-exercise")
    visit.page.reload()
    visit.open()
    expect(step).to_be_visible(timeout=PATIENCE_MS)
    expect(step.get_by_role("img")).to_be_visible()
    step.get_by_role("button", name="Next").click()
    expect(visit.log.locator(".message", has_text="Step 2 of")).to_be_visible(timeout=PATIENCE_MS)


def test_an_emergency_is_told_and_can_be_called(visit: Chat) -> None:
    ask(visit, "my face is drooping on one side and I cannot speak properly", "Get help now")
    call = visit.log.locator(".level-emergency").get_by_role("link", name="Call 999")
    expect(call).to_have_attribute("href", "tel:999")


def test_erasing_leaves_no_row_of_the_conversation(visit: Chat, stack: Stack) -> None:
    def rows(query: str, value: str) -> list[tuple[str]]:
        with sqlite3.connect(stack.state / "dorsi.db") as database:
            return database.execute(query, (value,)).fetchall()

    ask(visit, "what is an afo brace", "ankle-foot")
    [(session,)] = rows("SELECT session_id FROM messages WHERE text = ?", "what is an afo brace")
    erase(visit)
    assert rows("SELECT id FROM sessions WHERE id = ?", session) == []
    assert rows("SELECT id FROM messages WHERE session_id = ?", session) == []
