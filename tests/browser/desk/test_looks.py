"""Every page of the desk: for everybody, on a small screen, in both schemes, and quick to load."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.axe import found
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
]


def name(path: str) -> str:
    return "desk-" + re.sub(r"\W+", "-", path).strip("-")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody_and_light(desk: Page, ada: Staff, path: str) -> None:
    answer = desk.request.get(ada.url + path)
    assert len(answer.body()) <= MOST_BYTES
    desk.goto(ada.url + path)
    desk.wait_for_load_state("networkidle")
    for scheme in schemes(desk):
        assert found(desk) == [], scheme
        picture(desk, f"{name(path)}-{scheme}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_telephone(desk: Page, ada: Staff, path: str) -> None:
    desk.set_viewport_size({"width": 320, "height": 640})
    desk.goto(ada.url + path)
    wide = desk.evaluate("document.documentElement.scrollWidth")
    picture(desk, f"{name(path)}-320")
    assert wide <= 320
