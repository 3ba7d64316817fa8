"""What a diary tells of the last days. Pure; ``today`` is in the patient's time zone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from diary.values import CheckIn, History, Visit, days_ago

WEEK, FORTNIGHT, FOUR_WEEKS = 7, 14, 28
MONTH = 31
"""The longest month: two falls at its ends are still two in a month."""


def within(at: datetime, today: datetime, days: int) -> bool:
    """Whether ``at`` is one of the last ``days`` days, today among them."""
    return 0 <= days_ago(at, today) < days


def practices(history: History, today: datetime, days: int) -> list[Visit]:
    """The visits of the last days in which something was done."""
    return [one for one in history.visits if one.practised and within(one.at, today, days)]


def check_ins(history: History, today: datetime, days: int) -> list[CheckIn]:
    """The check-ins of the last days."""
    return [one for one in history.check_ins if within(one.at, today, days)]


def pains(visits: Iterable[Visit]) -> list[int]:
    """The highest pain of each visit that tells of pain, in order of time."""
    return [visit.pain for visit in visits if visit.pain is not None]


def total(numbers: Sequence[int | None]) -> int | None:
    """The sum of what was told; None where nothing was."""
    told = [number for number in numbers if number is not None]
    return sum(told) if told else None
