"""Reviews that are due, and days that cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from .conftest import BRACE, CAUSE, REGIONS, Tiny


@pytest.fixture
def due(tiny: Tiny) -> Tiny:
    """The tiny project with one review due in summer."""
    tiny.edit(BRACE, '"2027-01-15"', '"2026-07-15"')
    return tiny


def test_a_review_that_is_overdue_is_an_error(due: Tiny) -> None:
    assert due.only(date(2026, 7, 16)) == (
        f"{due.place(BRACE, 'review_due')}: error: the review was due on 2026-07-15. "
        "Read the answer and its sources again, then set `reviewed:` and `review_due:`."
    )


@pytest.mark.parametrize("today", [date(2026, 6, 15), date(2026, 7, 15)])
def test_a_review_due_within_thirty_days_is_a_warning(due: Tiny, today: date) -> None:
    assert due.only(today).startswith(
        f"{due.place(BRACE, 'review_due')}: warning: the review is due on 2026-07-15. Read "
    )


def test_a_review_due_later_is_no_finding(due: Tiny) -> None:
    assert due.findings(date(2026, 6, 14)) == []


def test_a_review_in_the_future_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, '"2026-01-15"', '"2026-06-02"')
    assert tiny.only() == (
        f"{tiny.place(BRACE, 'reviewed')}: error: `reviewed:` is in the future. Write the true day."
    )


def test_a_review_after_the_next_one_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, '"2027-01-15"', '"2026-01-14"')
    assert (
        f"{tiny.place(BRACE, 'reviewed')}: error: `reviewed:` is after `review_due:`. "
        "Set the next day of review."
    ) in tiny.findings()


def test_a_date_without_quotes_is_an_error(tiny: Tiny) -> None:
    tiny.edit(CAUSE, '"2026-01-15"', "2026-01-15")
    assert tiny.only() == (
        f"{tiny.place(CAUSE, 'reviewed')}: error: the date 2026-01-15 is not in quotes. "
        'Write "2026-01-15".'
    )


def test_a_day_that_does_not_exist_is_an_error(tiny: Tiny) -> None:
    tiny.edit(CAUSE, '"2027-01-15"', '"2027-02-30"')
    assert tiny.only() == (
        f"{tiny.place(CAUSE, 'review_due')}: error: `2027-02-30` is no date. "
        'Write a day that exists, such as `review_due: "2026-12-31"`.'
    )


def test_a_regions_source_opened_in_the_future_is_an_error(tiny: Tiny) -> None:
    tiny.edit(REGIONS, "2026-01-15", "2026-12-24")
    assert tiny.only() == (
        f"{tiny.place(REGIONS, 'opened')}: error: `opened:` is in the future. "
        "Write the day it was opened."
    )
