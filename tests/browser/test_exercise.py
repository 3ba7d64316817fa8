"""What the chat shows of an exercise, a chart and a summary, with the replies put down here."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pages import Chat, fits, opened, schemes
from tests.browser.played import PlayedRasa

pytestmark = pytest.mark.browser

KEY = "localStorage.getItem('dorsi.diary')"
HELD = "sessionStorage.getItem('dorsi.diary')"


def test_an_exercise_shows_its_step_its_picture_and_its_numbers(chat: Chat) -> None:
    chat.ask("show", "Step 2 of 5")
    expect(chat.last).to_contain_text("2 to 3 times")
    expect(chat.last).to_contain_text("5 to 10 seconds")
    image = chat.last.get_by_role("img", name="A foot with its toes up.")
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 320)


def test_a_step_that_the_words_name_is_not_named_twice(chat: Chat) -> None:
    chat.ask("spoken", "Lift your toes.")
    assert chat.last.inner_text().count("Step 2 of 5") == 1


def test_a_hold_is_counted_down_and_its_end_is_said(chat: Chat) -> None:
    chat.ask("hold", "Lift your toes.")
    start = chat.button("Start 1 second")
    start.press("Enter")
    expect(chat.status).to_have_text("Go: 1 second.")
    expect(chat.status).to_have_text("Done: 1 second.")
    expect(start).to_be_focused()


def test_a_hold_that_is_started_by_a_trembling_hand_goes_on(chat: Chat) -> None:
    chat.ask("long", "Lift your toes.")
    chat.button("Start 60 seconds").dblclick()
    expect(chat.element.get_by_role("timer")).to_have_text("58")
    expect(chat.button("Pause")).to_be_visible()


def test_the_end_of_a_hold_leaves_the_focus_where_it_is(chat: Chat) -> None:
    chat.ask("show", "Step 2 of 5")
    less = chat.button("Take one back")
    chat.page.clock.install()
    chat.button("Start 5 seconds").click()
    less.focus()
    chat.page.clock.fast_forward(5000)
    expect(chat.element.get_by_role("timer")).to_have_text("Done: 5 seconds.")
    expect(less).to_be_focused()


def test_a_hold_can_be_paused_taken_up_again_and_stopped(chat: Chat) -> None:
    chat.ask("long", "Lift your toes.")
    chat.button("Start 60 seconds").click()
    expect(chat.element.get_by_role("timer")).to_have_text("59")
    chat.button("Pause").press("Enter")
    expect(chat.status).to_have_text("Paused. Still to go: 59 seconds.")
    chat.page.clock.set_fixed_time("2100-01-01")  # at once it would be a trembling hand
    chat.button("Go on").press("Enter")
    expect(chat.element.get_by_role("timer")).to_have_text("58")
    chat.button("Stop").press("Enter")
    expect(chat.element.get_by_role("timer")).to_have_text("Stopped.")
    expect(chat.status).to_have_text("Stopped.")
    expect(chat.button("Start 60 seconds")).to_be_focused()


def test_writing_stops_what_is_still_counted(chat: Chat) -> None:
    chat.ask("long", "Lift your toes.")
    chat.button("Start 60 seconds").click()
    chat.ask("it tickles", "I heard you.")
    expect(chat.element.get_by_role("timer")).to_have_text("Stopped.")


def test_the_seconds_are_not_read_aloud_one_by_one(chat: Chat) -> None:
    chat.ask("long", "Lift your toes.")
    chat.button("Start 60 seconds").click()
    expect(chat.log.locator("[aria-live=off] [role=timer]")).to_have_count(1)


def test_repetitions_are_counted_up_to_the_most_and_back(chat: Chat) -> None:
    chat.ask("count", "0 of 3 done")
    more = chat.button("+ 1 done")
    more.press("Enter")
    expect(chat.status).to_have_text("1 of 3 done")
    more.press("Space")
    expect(chat.status).to_have_text("2 done. That is enough. 3 is the most.")
    more.click()
    more.click()
    expect(chat.status).to_have_text("All 3 done.")
    chat.button("Take one back").click()
    expect(chat.status).to_have_text("2 done. That is enough. 3 is the most.")


def test_every_button_is_large_enough_for_a_trembling_hand(chat: Chat) -> None:
    chat.ask("show", "Step 2 of 5")
    expect(chat.button("Next")).to_be_visible()
    for button in chat.element.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, button.inner_text()


def test_a_chart_is_an_image_that_runs_nothing(chat: Chat) -> None:
    chat.ask("chart", "Your last weeks.")
    image = chat.log.get_by_role("img", name="Rising.")
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 400)
    assert chat.page.title() != "run"


def test_a_summary_is_saved_as_a_file(chat: Chat) -> None:
    chat.ask("summary", "Here it is.")
    with chat.page.expect_download() as saved:
        chat.button("Save: PDF").press("Enter")
    assert saved.value.suggested_filename == "dorsi-summary.pdf"
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF-")
    expect(chat.status).to_have_text("Saved: PDF")
    expect(chat.button("Save: PDF")).to_be_focused()


def test_a_summary_that_cannot_be_fetched_can_be_tried_again(chat: Chat) -> None:
    chat.ask("summary", "Here it is.")
    broken = chat.button("Save: HTML")
    chat.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')) }")
    broken.click()
    expect(chat.status).to_contain_text("check the internet and try again")
    expect(broken).to_be_enabled()


def test_a_reload_shows_the_exercise_again_and_its_buttons_still_work(
    chat: Chat, rasa: PlayedRasa
) -> None:
    chat.ask("show", "Step 2 of 5")
    chat.page.reload()
    expect(chat.last).to_contain_text("Step 2 of 5")
    expect(chat.last.get_by_role("img", name="A foot with its toes up.")).to_be_visible()
    chat.button("Next").click()
    expect(chat.last).to_contain_text("I heard you.")
    assert rasa.heard[-1]["choice"] == "act:exercise:next"


def test_the_diarys_key_is_kept_for_later_only_after_a_yes(chat: Chat, rasa: PlayedRasa) -> None:
    page = chat.page
    chat.ask("hello", "I heard you.")
    assert page.evaluate(KEY) is None
    chat.ask("remember", "I will remember.")
    assert page.evaluate(KEY) == page.evaluate(HELD)
    before = rasa.heard[-1]["metadata"]["diary"]
    page.evaluate("sessionStorage.clear()")
    page.reload()
    chat.ask("later", "I heard you.")
    assert rasa.heard[-1]["metadata"]["diary"] == before
    chat.ask("forget", "Forgotten.")
    assert page.evaluate(KEY) is None


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_every_screen(browser: Browser, url: str, width: int) -> None:
    with opened(browser, f"{url}/chat", viewport={"width": width, "height": 800}) as page:
        chat = Chat(page)

        def look(name: str) -> None:
            for scheme in schemes(page):
                assert fits(page), scheme
                chat.picture(f"{name}-{width}-{scheme}")

        chat.ask("show", "Step 2 of 5")
        expect(chat.last.get_by_role("img")).to_be_visible()
        look("exercise")
        chat.button("Start 10 seconds").click()
        expect(chat.element.get_by_role("timer")).to_have_text("9")
        chat.element.get_by_role("timer").scroll_into_view_if_needed()
        look("exercise-timer")
        chat.ask("chart", "Your last weeks.")
        expect(chat.log.get_by_role("img", name="Rising.")).to_be_in_viewport()
        look("chart")
