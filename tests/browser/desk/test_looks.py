"""Every page of the desk: for everybody, on a small screen, in both schemes, and quick to load."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.axe import found
from tests.browser.desk.drafts import Drafts
from tests.browser.desk.staff import Staff
from tests.browser.pages import picture, schemes

pytestmark = pytest.mark.browser

MOST_BYTES = 100_000
PAGES = [
    "/inbox",
    "/inbox?level=emergency",
    "/conversations/1",
    "/conversations/1/to-judge",
    "/incidents",
    "/disagreements",
    "/to-do",
    "/content",
    "/content/topic/brace/types",
    "/content/red_flag/suicide_self_harm",
    "/content/new/topic",
    "/to-do?source=unanswered",
    "/to-do?source=unsure",
    "/to-do/turns/1/2",
    "/to-do/taken",
    "/to-do/dismissed",
    "/tags",
    "/figures",
    "/figures/unanswered",
    "/analysis",
    "/analysis/confusion",
    "/analysis/facts",
    "/analysis/stale",
    "/analysis/unused",
    "/analysis/length",
    "/export",
    "/conversations/1/privacy",
    "/audit",
    "/holds",
    "/retention",
    "/users",
    "/account",
    "/content/act",
    "/content/texts",
    "/content/exercise",
    "/content/red_flag",
    "/content/safety_check",
    "/content/regions",
    "/content/sources",
    "/content?q=brace",
    "/content/new/source",
    "/content/spreadsheet",
    "/content/compare",
    "/content/compare?a=main&b=change-{change}",
    "/content/history/{topic}?at=change-{change}",
    "/content/history/{topic}?at=change-{change}&key=title",
    "/content/regions/GB",
    "/changes",
    "/changes?show=published",
    "/changes/{change}",
    "/changes/{empty}",
    "{conflicts}",
    "/changes/{change}/publishing",
    "/changes/{empty}/publishing",
    "/changes/{change}/checks/{queued}",
    "/changes/{change}/checks/{running}",
    "/changes/{change}/checks/{passed}",
    "/changes/{change}/checks/{failed}",
    "/changes/{change}/checks/{broken}",
    "/changes/{change}/edit/{topic}",
    "/changes/{change}/edit/data/conversation/greet.yml",
    "/changes/{change}/edit/data/conversation/texts.yml?part=welcome",
    "/changes/{change}/edit/data/exercises/calf_stretch.yml",
    "/changes/{change}/edit/data/red_flags/stroke.yml",
    "/changes/{change}/edit/data/safety_check.yml",
    "/changes/{change}/edit/data/regions.yml?part=GB",
    "/changes/{change}/edit/data/sources.yml?part=adam-muscle-atrophy",
    "/changes/{change}/paste",
    "/changes/{change}/import",
    "/changes/{change}/examples/{topic}",
    "/changes/{change}/rename/{topic}",
    "/changes/{change}/rename/{topic}?to=brace/kinds_of_braces",
    "/changes/{change}/delete/{topic}",
    "/changes/{change}/delete/data/exercises/calf_stretch.yml",
    "/changes/{change}/preview/{topic}",
    "/changes/{change}/try",
    "/releases",
    "/releases/{release}",
    "/releases/{release}/roll-back",
    "/releases/switches/{switch}",
    "/review-due?days=all",
]


# What can be filled in or pressed; of radio buttons of one name Tab comes to one.
WANTED = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((one) => !one.disabled && one.type !== "hidden" && one.checkVisibility()
        && !one.closest("dorsi-chat")
        && !(one.type === "radio" && document.querySelector(
            `input[type=radio][name="${one.name}"]`) !== one))
    .map((one) => one.outerHTML.slice(0, 120))"""
# Where the focus is: what it is on, and whether something lies over all of it.
FOCUS = """() => {
    const one = document.activeElement;
    const first = one.type === "radio" ? document.querySelector(
        `input[type=radio][name="${one.name}"]`) : one;
    const box = one.getClientRects()[0] ?? one.getBoundingClientRect();
    const at = [[0.5, 0.5], [0.05, 0.2], [0.95, 0.8], [0.5, 0.1]].map(([x, y]) =>
        document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
    const seen = at.some((there) => there && (one.contains(there) || there.contains(one)));
    return [first.outerHTML.slice(0, 120), seen];
}"""
# On longer pages the rest is more of the same.
MOST_STOPS = 150


def name(path: str) -> str:
    return "desk-" + re.sub(r"\W+", "-", path).strip("-")


@pytest.fixture
def address(ada: Staff, drafts: Drafts, path: str) -> str:
    """The whole address of a page."""
    return ada.url + drafts.address(path)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody_and_light(desk: Page, address: str, path: str) -> None:
    answer = desk.request.get(address)
    assert len(answer.body()) <= MOST_BYTES
    desk.goto(address)
    desk.wait_for_load_state("networkidle")
    for scheme in schemes(desk):
        assert found(desk) == [], scheme
        picture(desk, f"{name(path)}-{scheme}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_telephone(desk: Page, address: str, path: str) -> None:
    desk.set_viewport_size({"width": 320, "height": 640})
    desk.goto(address)
    wide = desk.evaluate("document.documentElement.scrollWidth")
    picture(desk, f"{name(path)}-320")
    assert wide <= 320


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_with_text_of_twice_the_size(desk: Page, address: str, path: str) -> None:
    desk.set_viewport_size({"width": 640, "height": 900})
    desk.goto(address)
    desk.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = desk.evaluate("document.documentElement.scrollWidth")
    picture(desk, f"{name(path)}-200")
    assert wide <= 640


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_comes_to_everything_and_nothing_lies_over_it(
    desk: Page, address: str, path: str
) -> None:
    desk.goto(address)
    desk.wait_for_load_state("networkidle")
    # An address that leads to a part of a page has the keyboard begin there.
    desk.goto(desk.url.partition("#")[0])
    desk.wait_for_load_state("networkidle")
    wanted = desk.evaluate(WANTED)[:MOST_STOPS]
    reached = set()
    # A field for a day is several stops, and so is a table that scrolls.
    for _ in range(3 * len(wanted)):
        desk.keyboard.press("Tab")
        focused, is_seen = desk.evaluate(FOCUS)
        if focused.startswith("<body"):
            break  # the end of the page
        assert is_seen, focused
        reached.add(focused)
    assert [one for one in wanted if one not in reached] == []
