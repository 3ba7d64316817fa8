"""What is kept and what is gone: erasing, feedback and the download, in the database itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.pages import Chat
from tests.browser.played import PlayedRasa
from tests.browser.test_line import erase

pytestmark = pytest.mark.browser

KEY = "localStorage.getItem('dorsi.diary')"
HELD = "sessionStorage.getItem('dorsi.diary')"


def rows(state: Path, query: str, *values: str) -> list[tuple[object, ...]]:
    """What the gateway's database holds."""
    with sqlite3.connect(state / "dorsi.db") as database:
        return database.execute(query, values).fetchall()


def session_of(state: Path, text: str) -> str:
    """The session in which this was written."""
    [(session,)] = rows(state, "SELECT session_id FROM messages WHERE text = ?", text)
    return str(session)


def test_erasing_leaves_no_row_of_the_conversation(chat: Chat, state: Path) -> None:
    chat.ask("a secret of mine", "I heard you.")
    chat.ask("what is foot drop", "front part")
    chat.last.get_by_role("button", name="Helpful", exact=True).click()
    expect(chat.status).to_contain_text("Thank you.")
    session = session_of(state, "a secret of mine")
    counts = {
        "sessions": "SELECT count(*) FROM sessions WHERE id = ?",
        "messages": "SELECT count(*) FROM messages WHERE session_id = ?",
        "buttons": "SELECT count(*) FROM buttons WHERE session_id = ?",
        "feedback": "SELECT count(*) FROM feedback WHERE session_id = ?",
    }
    for table, query in counts.items():
        assert rows(state, query, session) != [(0,)], table
    erase(chat)
    for table, query in counts.items():
        assert rows(state, query, session) == [(0,)], table
    assert rows(state, "SELECT 1 FROM messages WHERE text = ?", "a secret of mine") == []


def test_who_thinks_again_erases_nothing(chat: Chat, state: Path) -> None:
    chat.ask("stays here", "I heard you.")
    chat.button("Menu").click()
    chat.button("Erase my conversation").click()
    expect(chat.button("No, keep it")).to_be_focused()
    chat.page.keyboard.press("Enter")
    expect(chat.button("Yes, erase it")).to_be_hidden()
    assert session_of(state, "stays here")


def test_erasing_drops_the_diarys_key_and_the_next_one_is_new(chat: Chat, rasa: PlayedRasa) -> None:
    chat.ask("remember", "I will remember.")
    before = chat.page.evaluate(KEY)
    assert before
    diary = rasa.heard[-1]["metadata"]["diary"]
    erase(chat)
    assert chat.page.evaluate(KEY) is None
    assert chat.page.evaluate(HELD) not in (None, before)
    assert [body.get("diary") for body in rasa.heard if body.get("erase")][-1] == diary


def test_feedback_is_stored_and_the_last_word_counts(chat: Chat, state: Path) -> None:
    def stored() -> list[tuple[object, ...]]:
        return rows(state, "SELECT helpful, reason FROM feedback WHERE session_id = ?", session)

    chat.ask("before the feedback", "I heard you.")
    session = session_of(state, "before the feedback")
    chat.ask("what is foot drop", "front part")
    helpful = chat.last.get_by_role("button", name="Helpful", exact=True)
    helpful.click()
    expect(helpful).to_have_attribute("aria-pressed", "true")
    expect(chat.status).to_contain_text("Thank you.")
    assert stored() == [(1, None)]
    chat.last.get_by_role("button", name="Not helpful").click()
    chat.element.get_by_label("What was missing?").fill("too long for me")
    chat.button("Send this").click()
    expect(chat.button("Send this")).to_be_hidden()
    assert stored() == [(0, "too long for me")]


def test_the_conversation_can_be_downloaded(chat: Chat) -> None:
    chat.ask("what is foot drop", "front part")
    chat.button("Menu").click()
    with chat.page.expect_download() as saved:
        chat.button("Download my conversation").click()
    assert saved.value.suggested_filename == "dorsi-conversation.txt"
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "what is foot drop" in text
    assert "https://www.example.org/foot-drop" in text


def test_before_the_first_message_it_says_what_is_kept(chat: Chat) -> None:
    expect(chat.log).to_contain_text("is kept for 90 days")
    link = chat.log.get_by_role("link", name="How Dorsi keeps your data")
    assert link.evaluate("link => link.pathname") == "/privacy"
    chat.ask("hello", "I heard you.")
    expect(chat.log).not_to_contain_text("is kept for 90 days")
