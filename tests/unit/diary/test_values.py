"""What a diary may hold."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from diary.values import CheckIn, Done, Visit, days_ago

from .making import TODAY, ago, visit


@pytest.mark.parametrize(
    "more",
    [{"pain": 11}, {"pain": -1}, {"effort": 11}, {"repetitions": -1}, {"seconds": 10**9}],
)
def test_a_number_that_means_nothing_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not from 0"):
        Done("heel_slide", **more)


@pytest.mark.parametrize(
    "more", [{"falls": -1}, {"function": "worse"}, {"healing": frozenset({"luck"})}]
)
def test_a_check_in_takes_only_answers_that_there_are(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"diary|check-in"):
        CheckIn(TODAY, **more)


@pytest.mark.parametrize("value", [Visit, CheckIn])
def test_a_time_without_its_zone_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="time zone"):
        value(datetime(2026, 11, 21))


def test_the_pain_of_a_visit_is_its_highest_and_skipped_exercises_count() -> None:
    assert visit(0, Done("a", pain=2), Done("b", pain=6, skipped=True), Done("c")).pain == 6
    assert visit(0, "a").pain is None


def test_days_are_those_of_the_patients_time_zone() -> None:
    sydney = timezone(timedelta(hours=11))
    late = datetime(2026, 11, 20, 14, tzinfo=timezone.utc)  # already the 21st in Sydney
    assert days_ago(late, datetime(2026, 11, 21, 9, tzinfo=sydney)) == 0
    assert days_ago(late, TODAY) == 1
    assert days_ago(ago(-1), TODAY) == -1
