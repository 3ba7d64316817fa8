"""The desk's pages that only a form leads to: readable for everybody, on a telephone as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import found
from tests.browser.desk.conftest import LEFT
from tests.browser.desk.drafts import FIRST_MS, Drafts
from tests.browser.desk.staff import Staff
from tests.browser.pages import complaining, picture, schemes

pytestmark = pytest.mark.browser

PASTED = (
    "what kinds of braces are there for a weak foot\nok\nwhat is the point of a carbon splint\n"
)


@pytest.fixture
def answered(kept: BrowserContext) -> Iterator[Page]:
    """A page of the desk, signed in; an answer that refuses what was typed is forgiven."""
    with complaining(kept, forgiven=(*LEFT, "422")) as page:
        yield page
        page.close()


def pasted(page: Page, change: str) -> None:
    page.goto(f"{change}/paste?to=topic+brace/types")
    page.get_by_label("Questions").fill(PASTED)
    # The first answer waits for a process that reads all content.
    page.get_by_role("button", name="Show what becomes of them").click(timeout=FIRST_MS)
    expect(page.get_by_role("heading", name="What becomes of them")).to_be_visible()


def nothing_pasted(page: Page, change: str) -> None:
    page.goto(f"{change}/paste?to=topic+brace/types")
    page.get_by_label("Questions").fill(" ")
    page.get_by_role("button", name="Show what becomes of them").click()
    expect(page.locator(".error")).to_be_visible()


def spread(page: Page, change: str) -> None:
    desk = change.partition("/changes")[0]
    sheet = page.request.get(f"{desk}/content/spreadsheet.csv?kind=topic&family=brace&mark=no")
    page.goto(f"{change}/import")
    rows = sheet.text().replace("brace/choosing", "brace/nowhere").replace("brace", "splint", 40)
    page.get_by_label("Or paste its rows").fill(rows)
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the spreadsheet would change")


def no_example_chosen(page: Page, change: str) -> None:
    page.goto(f"{change}/examples/data/topics/brace/types.yml")
    page.get_by_role("button", name="Move them").click()
    expect(page.get_by_role("alert")).to_be_visible()


def badly_saved(page: Page, change: str) -> None:
    page.goto(f"{change}/edit/data/topics/brace/types.yml")
    page.locator("#edit").get_by_label("Title", exact=True).fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#edit .error").first).to_be_visible()


@pytest.mark.parametrize("led", [pasted, nothing_pasted, spread, no_example_chosen, badly_saved])
def test_what_a_form_answers_is_for_everybody_and_fits_a_telephone(
    answered: Page, ada: Staff, drafts: Drafts, led: Callable[[Page, str], None]
) -> None:
    led(answered, f"{ada.url}/changes/{drafts.change}")
    for scheme in schemes(answered):
        assert found(answered) == [], scheme
        picture(answered, f"desk-answer-{led.__name__}-{scheme}")
    answered.set_viewport_size({"width": 320, "height": 640})
    picture(answered, f"desk-answer-{led.__name__}-320")
    assert answered.evaluate("document.documentElement.scrollWidth") <= 320
