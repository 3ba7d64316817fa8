"""What is due for review, and whose it is."""

from datetime import date

import pytest

from desk.publishing.due import pages
from desk.publishing.due.listing import listed
from editing.kinds import Kind
from editing.trees import Texts
from tests.desk.publishing.desking import CONTENT, FLAG, REGIONS, TOPIC, Desk


def test_what_is_due_longest_comes_first_whatever_it_is() -> None:
    found = listed("one", Texts({**CONTENT, "data/exercises/x.yml": "review_due: '2026-08-01'"}))
    assert [(one.kind, one.day) for one in found] == [
        (Kind.REGIONS, date(2026, 7, 3)),
        (Kind.EXERCISE, date(2026, 8, 1)),
        (Kind.TOPIC, date(2026, 10, 1)),
        (Kind.RED_FLAG, date(2026, 12, 1)),
    ]
    assert found[0].title == "Numbers to call: Britain"
    assert found[-1].owner == "Dr Ray"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "a: [",
        "review_due: soon",
        "review_due: 2026-99-99",
        "- 1",
        "title: x",
        "a: 1\na: 2",
    ],
)
def test_a_file_that_cannot_be_read_hides_no_other(text: str) -> None:
    found = listed(text, Texts({TOPIC: text, FLAG: CONTENT[FLAG], REGIONS: text}))
    assert [one.path for one in found] == [FLAG]


def test_an_owner_who_is_not_yet_named_is_none() -> None:
    text = "title: x\nclinical_owner: not yet named\nreview_due: '2027-01-01'\n"
    (one,) = listed("two", Texts({FLAG: text}))
    assert one.owner == ""


def test_overdue_and_soon_are_told_apart() -> None:
    (one,) = listed("three", Texts({TOPIC: CONTENT[TOPIC]}))
    assert one.is_overdue(date(2026, 10, 2)) and not one.is_soon(date(2026, 10, 2))
    assert one.is_soon(date(2026, 10, 1)) and not one.is_overdue(date(2026, 10, 1))
    assert not one.is_soon(date(2026, 8, 1))


async def test_the_page_says_what_when_and_whose(way: Desk) -> None:
    page = (await way.ann.get("/review-due?days=36500")).text
    assert page.index("Numbers to call: Britain") < page.index("Kinds of brace")
    assert "Dr Ray" in page
    assert "last written by</span> Zoe" in page
    assert 'href="/content/topic/brace/types"' in page
    assert "overdue" in page


async def test_an_odd_period_is_the_usual_one(way: Desk) -> None:
    usual = await way.ann.get("/review-due")
    odd = await way.ann.get("/review-due?days=-1")
    assert odd.status_code == 200
    assert odd.text.partition("<table")[2] == usual.text.partition("<table")[2]
    assert pages.USUAL in pages.PERIODS
