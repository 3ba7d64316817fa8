"""How often something happened, in the words of patients."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.exercises.feeling import MOST_COUNT
from actions.progress import counting
from content.progress import the_progress

WORDS = the_progress().words


def read(text: str, days: int = 7, *, real: bool = False) -> int | None:
    return counting.read(text, WORDS, days, real=real)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("0", 0),
        ("none", 0),
        ("No!", 0),
        ("never", 0),
        ("not at all", 0),
        ("not once", 0),
        ("I didn't", 0),
        ("havent tripped", 0),
        ("once", 1),
        ("just the one", 1),
        ("twice", 2),
        ("a couple", 2),
        ("once or twice", 2),
        ("2-3", 3),
        ("two or three times", 3),
        ("a few", 3),
        ("half a dozen", 6),
        ("10ish", 10),
        ("2x", 2),
        ("about ten", 10),
        ("no, 4", 4),
        ("twice on Monday and once on Friday", 3),
        ("in the last 7 days, once", 1),
        ("one of my feet caught 4 times", 4),
    ],
)
def test_numbers_are_read_as_people_say_them(text: str, times: int) -> None:
    assert read(text) == times


@pytest.mark.parametrize(
    ("text", "days", "times"),
    [
        ("every day", 7, 7),
        ("once a day", 9, 9),
        ("twice a day", 7, 14),
        ("3 times a week", 14, 6),
        ("once a month", 7, 1),
    ],
)
def test_a_rate_counts_for_the_days_that_were_asked_about(text: str, days: int, times: int) -> None:
    assert read(text, days) == times


@pytest.mark.parametrize("text", ["", "lots", "2 weeks ago", "9999999", "9" * 5000, "hmm"])
def test_what_names_no_number_is_not_guessed(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "falls"),
    [
        ("nearly fell twice", None),
        ("I did not fall, I only tripped twice", None),
        ("I did not have a fall", 0),
        ("I had a fall", 1),
        ("no, only on the stairs", None),
        ("none except on Monday", None),
        ("three", 3),
    ],
)
def test_only_real_falls_are_counted(text: str, falls: int | None) -> None:
    assert read(text, real=True) == falls


@given(st.text(), st.integers(1, 28), st.booleans())
def test_any_text_gives_a_number_that_can_be_kept_or_none(text: str, days: int, real: bool) -> None:
    found = read(text, days, real=real)
    assert found is None or 0 <= found <= MOST_COUNT
