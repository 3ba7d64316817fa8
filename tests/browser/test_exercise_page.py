"""What the page shows of an exercise, in a real browser, with the replies put down here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from deploy.train import ROOT
from tests.browser.pages import ask, opened, picture
from tests.browser.played import PlayedRasa, gateway

pytestmark = pytest.mark.browser

FOOT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" width="320" height="240">
<path d="M60 40v110l150 40" fill="none" stroke="#0b5351" stroke-width="26"/></svg>"""
CHART = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200">
<script>parent.document.title = "run"</script><rect width="80" height="120" y="80" fill="#0b5351"/>
</svg>"""
STEP = {
    "text": "Lift your toes. Keep your heel down.",
    "kind": "exercise",
    "exercise": "toe_raise",
    "step": 2,
    "of": 5,
    "image": {"url": "/pictures/toe_raise/2.svg", "alt": "A foot with its toes up."},
    "buttons": [{"title": "Next", "payload": "act:exercise:next"}],
}
DOCUMENT = {
    "title": "Summary for my doctor",
    "made_on": "2026-11-21",
    "sections": [{"heading": "What I notice", "lines": [{"text": "Since May."}]}],
    "notice": "Made from what the patient typed.",
}
ANSWERS: dict[str, list[dict[str, Any]]] = {
    "show": [{**STEP, "repetitions": {"least": 2, "most": 3}, "seconds": {"least": 5, "most": 10}}],
    "hold": [{**STEP, "seconds": {"least": 1, "most": 1}}],
    "long": [{**STEP, "seconds": {"least": 60, "most": 60}}],
    "count": [{**STEP, "repetitions": {"least": 2, "most": 3}}],
    "chart": [{"text": "Your last weeks.", "chart": {"svg": CHART, "alt": "Rising."}}],
    "summary": [{"text": "Here it is.", "document": DOCUMENT}],
    "spoken": [{**STEP, "text": "Step 2 of 5. Lift your toes."}],
    "remember": [{"text": "I will remember.", "remember": True}],
    "forget": [{"text": "Forgotten.", "remember": False}],
}
KEY = "localStorage.getItem('dorsi.diary')"
HELD = "sessionStorage.getItem('dorsi.diary')"


@pytest.fixture(scope="module")
def rasa() -> PlayedRasa:
    played = PlayedRasa()
    played.answers = ANSWERS
    return played


@pytest.fixture(scope="module")
def url(rasa: PlayedRasa, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("content") / "data"
    shutil.copytree(ROOT / "data", data)
    drawn = data / "exercises" / "pictures" / "toe_raise" / "2.svg"
    drawn.parent.mkdir(parents=True, exist_ok=True)
    drawn.write_text(FOOT)
    with gateway(rasa, data, tmp_path_factory.mktemp("state")) as address:
        yield f"{address}/?region=GB"


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    with opened(browser, url) as page:
        yield page


def test_an_exercise_shows_its_step_its_picture_and_its_numbers(page: Page) -> None:
    ask(page, "show")
    shown = page.locator(".from-dorsi").last
    expect(shown).to_contain_text("Step 2 of 5")
    expect(shown).to_contain_text("2 to 3 times")
    expect(shown).to_contain_text("5 to 10 seconds")
    image = page.get_by_role("img", name="A foot with its toes up.")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") == 320


def test_a_step_that_the_words_name_is_not_named_twice(page: Page) -> None:
    ask(page, "spoken")
    shown = page.locator(".from-dorsi").last
    expect(shown).to_contain_text("Lift your toes.")
    assert shown.inner_text().count("Step 2 of 5") == 1


def test_a_hold_is_counted_down_and_its_end_is_said(page: Page) -> None:
    ask(page, "hold")
    start = page.get_by_role("button", name="Start 1 second")
    start.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Go: 1 second.")
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Done: 1 second.")
    expect(start).to_be_focused()


def test_a_hold_can_be_stopped(page: Page) -> None:
    ask(page, "long")
    page.get_by_role("button", name="Start 60 seconds").click()
    expect(page.get_by_role("timer")).to_have_text("59")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("timer")).to_have_text("Stopped.")
    expect(page.get_by_role("status")).to_have_text("Stopped.")
    expect(page.get_by_role("button", name="Start 60 seconds")).to_be_enabled()


def test_writing_stops_what_is_still_counted(page: Page) -> None:
    ask(page, "long")
    page.get_by_role("button", name="Start 60 seconds").click()
    ask(page, "it hurts")
    expect(page.get_by_role("log")).to_contain_text("I heard you.")
    expect(page.get_by_role("timer")).to_have_text("Stopped.")


def test_the_seconds_are_not_read_aloud_one_by_one(page: Page) -> None:
    ask(page, "long")
    page.get_by_role("button", name="Start 60 seconds").click()
    assert page.locator("[aria-live=off] [role=timer]").count() == 1


def test_who_wants_no_motion_sees_figures_only(browser: Browser, url: str) -> None:
    with opened(browser, url, reduced_motion="reduce") as page:
        ask(page, "long")
        page.get_by_role("button", name="Start 60 seconds").click()
        expect(page.get_by_role("timer")).to_have_text("60")
        expect(page.locator("progress")).to_be_hidden()


def test_repetitions_are_counted_up_to_the_most_and_back(page: Page) -> None:
    ask(page, "count")
    more, status = page.get_by_role("button", name="+ 1 done"), page.get_by_role("status")
    expect(page.locator(".tool")).to_contain_text("0 of 3 done")
    more.press("Enter")
    expect(status).to_have_text("1 of 3 done")
    more.press("Space")
    expect(status).to_have_text("2 done. That is enough. 3 is the most.")
    more.click()
    more.click()
    expect(status).to_have_text("All 3 done.")
    page.get_by_role("button", name="Take one back").click()
    expect(status).to_have_text("2 done. That is enough. 3 is the most.")


def test_every_button_is_large_enough_for_a_trembling_hand(page: Page) -> None:
    ask(page, "show")
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    for button in page.locator("#log button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


def test_a_chart_is_an_image_that_runs_nothing(page: Page) -> None:
    ask(page, "chart")
    image = page.get_by_role("img", name="Rising.")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") == 400
    assert page.locator("#log svg").count() == 0
    assert page.title() != "run"


def test_a_summary_is_saved_as_a_file(page: Page) -> None:
    ask(page, "summary")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save: PDF").press("Enter")
    assert saved.value.suggested_filename == "dorsi-summary.pdf"
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF-")
    expect(page.get_by_role("status")).to_have_text("Saved: PDF")
    expect(page.get_by_role("button", name="Save: PDF")).to_be_focused()


def test_a_summary_that_cannot_be_fetched_can_be_tried_again(page: Page) -> None:
    ask(page, "summary")
    broken = page.get_by_role("button", name="Save: HTML")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')) }")
    broken.click()
    expect(page.get_by_role("status")).to_contain_text("check the internet and try again")
    expect(broken).to_be_enabled()


def test_a_reload_shows_the_exercise_again(page: Page) -> None:
    ask(page, "show")
    expect(page.get_by_role("log")).to_contain_text("Step 2 of 5")
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("Step 2 of 5")
    expect(page.get_by_role("img", name="A foot with its toes up.")).to_be_visible()


def test_the_diarys_key_is_kept_for_later_only_after_a_yes(page: Page, rasa: PlayedRasa) -> None:
    ask(page, "hello")
    expect(page.get_by_role("log")).to_contain_text("I heard you.")
    assert page.evaluate(KEY) is None
    ask(page, "remember")
    expect(page.get_by_role("log")).to_contain_text("I will remember.")
    assert page.evaluate(KEY) == page.evaluate(HELD)
    before = rasa.heard[-1]["metadata"]["diary"]
    page.evaluate("sessionStorage.clear()")
    page.reload()
    ask(page, "later")
    expect(page.get_by_role("log")).to_contain_text("I heard you.")
    assert rasa.heard[-1]["metadata"]["diary"] == before
    ask(page, "forget")
    expect(page.get_by_role("log")).to_contain_text("Forgotten.")
    assert page.evaluate(KEY) is None


def test_erasing_drops_the_key_and_the_next_one_is_new(page: Page) -> None:
    ask(page, "remember")
    expect(page.get_by_role("log")).to_contain_text("I will remember.")
    before = page.evaluate(KEY)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Erase this conversation").click()
    expect(page.get_by_role("status")).to_have_text(
        "Your conversation is erased. This is a new one."
    )
    assert page.evaluate(KEY) is None
    assert page.evaluate(HELD) not in (None, before)


def test_a_diary_is_erased_even_where_its_conversation_is_gone(
    browser: Browser, url: str, rasa: PlayedRasa
) -> None:
    with opened(browser, url, forgiven="401") as page:
        ask(page, "remember")
        expect(page.get_by_role("log")).to_contain_text("I will remember.")
        diary = rasa.heard[-1]["metadata"]["diary"]
        page.evaluate("sessionStorage.setItem('dorsi.session', 'nobody')")
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Erase this conversation").click()
        expect(page.get_by_role("status")).to_contain_text("Your conversation is erased.")
        assert [body.get("diary") for body in rasa.heard if body.get("erase")][-1] == diary
        assert page.evaluate(KEY) is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_every_screen(browser: Browser, url: str, width: int, scheme: Any) -> None:
    size = {"width": width, "height": 720}
    with opened(browser, url, viewport=size, color_scheme=scheme) as page:
        ask(page, "show")
        page.get_by_role("button", name="Start 10 seconds").click()
        expect(page.get_by_role("timer")).to_have_text("9")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture(page, f"exercise-{width}-{scheme}")
        page.locator(".tool").last.scroll_into_view_if_needed()
        picture(page, f"exercise-{width}-{scheme}-timer")
        ask(page, "chart")
        expect(page.get_by_role("img", name="Rising.")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.wait_for_timeout(500)
        picture(page, f"chart-{width}-{scheme}")
