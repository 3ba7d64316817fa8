"""How long ago it began, in patients' own words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.recovery import periods
from actions.recovery.since import read

from .talking import RECOVERY

TODAY = date(2026, 11, 21)


def weeks(text: str, today: date = TODAY) -> float | None:
    found = read(text, today, RECOVERY.clock)
    return None if found is None else round(found.weeks, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("six weeks", 6), ("about six weeks", 6), ("6wks", 6), ("6 w", 6), ("2 yrs", 104.4),
        ("two and a half years", 130.4), ("1½ years", 78.3), ("1.5 years", 78.3),
        ("a year and a half", 78.3), ("half a year", 26.1), ("2 years and 3 months", 117.4),
        ("twenty five years", 1304.5), ("a couple of weeks", 2), ("a fortnight ago", 2),
        ("fortnight", 2), ("3-4 months", 15.2), ("2 to 3 months", 10.9), ("9 months or so", 39.1),
        ("since my op 8 weeks ago", 8), ("I was 45 years old, 6 months ago", 26.1),
    ],
)  # fmt: skip
def test_an_amount_of_time_is_counted_in_weeks(text: str, expected: float) -> None:
    assert weeks(text) == expected


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("6 moths", "6 months"), ("six weaks", "six weeks"), ("2 yeras", "2 years"),
        ("since febuary", "since february"), ("septemer", "september"),
        ("decembr", "december"), ("since chrismas", "since christmas"),
        ("sevral months", "several months"), ("10 yaers", "10 years"),
    ],
)  # fmt: skip
def test_slips_of_the_keyboard_are_read(text: str, like: str) -> None:
    assert weeks(text) == weeks(like) is not None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("since Easter", "2026-04-05", "2026-04-05"),
        ("since easter last year", "2025-04-20", "2025-04-20"),
        ("since march", "2026-03-01", "2026-03-31"),
        ("march 2023", "2023-03-01", "2023-03-31"),
        ("last november", "2025-11-01", "2025-11-30"),
        ("december", "2025-12-01", "2025-12-31"),
        ("last spring", "2026-03-01", "2026-05-31"),
        ("the summer before last", "2025-06-01", "2025-08-31"),
        ("two christmases ago", "2024-12-25", "2024-12-25"),
        ("3rd of october", "2026-10-03", "2026-10-03"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2024-03-12", "2024-03-12", "2024-03-12"),
        ("28.3.24", "2024-03-28", "2024-03-28"),
        ("03/2024", "2024-03-01", "2024-03-31"),
    ],
)
def test_a_part_of_the_calendar_is_the_last_one_before_today(
    text: str, start: str, end: str
) -> None:
    found = read(text, TODAY, RECOVERY.clock)
    assert found is not None
    days = [(TODAY - date.fromisoformat(day)).days for day in (end, start)]
    assert [round(found.least * 7), round(found.most * 7)] == days


def test_last_spring_said_in_january_is_that_of_the_year_before() -> None:
    found = weeks("last spring", date(2026, 1, 10))
    assert found is not None
    assert 32 < found < 46


@pytest.mark.parametrize(
    "text", ["yesterday", "last night", "on tuesday", "3 days", "a few days ago", "last week",
             "2 hours ago", "the other day", "under two weeks", "since the 15th of november"],
)  # fmt: skip
def test_what_is_new_is_at_most_two_weeks_old(text: str) -> None:
    found = weeks(text)
    assert found is not None
    assert found <= RECOVERY.new_weeks


@pytest.mark.parametrize(
    "text", ["", "a while", "ages", "not sure", "weak foot", "purple elephants", "5",
             "it may be the nerve", "since my fall", "it is worse 3 times a day",
             "one day I woke up and it was dead", "next week", "🦶", "99/99/9999"],
)  # fmt: skip
def test_what_names_no_time_that_can_be_placed_is_not_read(text: str) -> None:
    assert weeks(text) is None


def test_the_time_after_since_is_the_feet_s_own() -> None:
    assert weeks("MS for 20 years, and the foot is weak since march") == weeks("since march")


def test_a_life_long_weakness_is_many_years() -> None:
    assert (weeks("since I was a child") or 0) > 500


@pytest.mark.parametrize(("year", "day"), [(2024, "03-31"), (2025, "04-20"), (2038, "04-25")])
def test_easter_is_where_the_church_puts_it(year: int, day: str) -> None:
    assert periods.easter(year).isoformat() == f"{year}-{day}"


@given(st.text(), st.dates(date(2000, 2, 29), date(2090, 1, 1)))
def test_any_text_on_any_day_is_read_without_an_error(text: str, today: date) -> None:
    found = read(text, today, RECOVERY.clock)
    assert found is None or 0 <= found.least <= found.most
