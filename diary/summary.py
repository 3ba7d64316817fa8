"""The counts of a diary: how much was practised, and what was told. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from diary import windows
from diary.values import History


@dataclass(frozen=True)
class Summary:
    """Counts of the last 28 days; None stands for what was never told.

    Attributes:
        visits_week: practices in the last 7 days.
        visits: practices.
        exercises: exercises done in them.
        repetitions: repetitions of all exercises together.
        last_pain: the highest pain of the latest practice that tells of pain.
        trips: how often the foot caught.
        falls: how many falls there were.
        best_single_leg_seconds: the longest time on the weak leg.
    """

    visits_week: int = 0
    visits: int = 0
    exercises: int = 0
    repetitions: int = 0
    last_pain: int | None = None
    trips: int | None = None
    falls: int | None = None
    best_single_leg_seconds: int | None = None


def summary(history: History, today: datetime) -> Summary:
    """The counts of the last 28 days.

    Raises:
        ValueError: ``today`` has no time zone.
    """
    visits = windows.practices(history, today, windows.FOUR_WEEKS)
    told = windows.check_ins(history, today, windows.FOUR_WEEKS)
    done = [one for visit in visits for one in visit.practised]
    pains = windows.pains(
        [visit for visit in history.visits if windows.within(visit.at, today, windows.FOUR_WEEKS)]
    )
    times = [one.single_leg_seconds for one in told if one.single_leg_seconds is not None]
    return Summary(
        visits_week=len(windows.practices(history, today, windows.WEEK)),
        visits=len(visits),
        exercises=len(done),
        repetitions=sum(one.repetitions or 0 for one in done),
        last_pain=pains[-1] if pains else None,
        trips=windows.total([one.trips for one in told]),
        falls=windows.total([one.falls for one in told]),
        best_single_leg_seconds=max(times, default=None),
    )
