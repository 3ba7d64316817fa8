"""How hard a patient practised, and how much it hurt. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from diary.values import History, Visit, days_ago

HARD = 7


def hard_days(
    history: History, today: datetime, exercises: Collection[str] | None = None
) -> set[int]:
    """How many days ago the hard practices were.

    Args:
        history: the diary.
        today: now, in the patient's time zone.
        exercises: count only practices with one of these; None for any.
    """
    return {
        days_ago(visit.at, today)
        for visit in history.visits
        if (_effort(visit) or 0) >= HARD
        and (exercises is None or any(one.exercise in exercises for one in visit.practised))
    }


def last_pain(history: History) -> int:
    """The highest pain of the latest visit that tells of pain; 0 where none does."""
    return next((one.pain for one in reversed(history.visits) if one.pain is not None), 0)


def last_effort(history: History) -> int:
    """The hardest of the latest visit that tells of effort; 0 where none does."""
    told = (_effort(visit) for visit in reversed(history.visits))
    return next((one for one in told if one is not None), 0)


def _effort(visit: Visit) -> int | None:
    """The hardest of a practice. It may be asked once for all, so it counts for each exercise."""
    return max((one.effort for one in visit.practised if one.effort is not None), default=None)
