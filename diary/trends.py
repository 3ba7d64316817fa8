"""What a diary tells: signs to show to a doctor or a physiotherapist, and what goes well. Pure.

Where the rules come from:
- pain of 6 and more in an exercise is too much, and pain that goes on getting worse belongs to a
  physiotherapist: https://providephysiotherapy.org.uk/pain-traffic-light/;
- two falls, or one beside trouble with walking, are a reason to be seen about falls:
  https://nos.org.uk/for-health-professionals/professional-development/osteoporosis-resources-for-primary-care/investigation/how-should-gps-assess-falls-risk/
  and https://nice.org.uk/guidance/cg161/ifp/chapter/Assessing-your-risk-of-falling;
- a loss of function may be a relapse, of which the MS team should hear: ``nice-ms-relapse`` in
  data/sources.yml.
The windows (14, 28 and 31 days) and the third of a standing time are this project's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from diary import windows
from diary.summary import Summary, summary
from diary.values import CheckIn, History, Visit, days_ago

__all__ = ["Finding", "FindingId", "Level", "Summary", "findings", "summary"]

Level = Literal["doctor", "physio", "good", "note"]
FindingId = Literal[
    "pain_high",
    "more_falls",
    "falls_twice",
    "less_function",
    "pain_rising",
    "healing_signs",
    "steady_practice",
    "long_pause",
]

SEVERE = 7
STEADY = 3
PAUSE = 14

WORRYING: Final[frozenset[Level]] = frozenset({"doctor", "physio"})
ENCOURAGING: Final[frozenset[FindingId]] = frozenset({"steady_practice", "long_pause"})
"""What invites to practise (more): never said beside a worrying finding."""

_ORDER: Final[tuple[Level, ...]] = ("doctor", "physio", "good", "note")


@dataclass(frozen=True)
class Finding:
    """Something the diary tells.

    Attributes:
        id: the id of its text.
        level: who should hear of it; "good" and "note" are for the patient alone.
        numbers: the numbers that its text may name.
    """

    id: FindingId
    level: Level
    numbers: Mapping[str, int] = field(default_factory=dict)


def findings(history: History, today: datetime) -> tuple[Finding, ...]:
    """What the diary tells, the worrying first and never beside an invitation to practise.

    Raises:
        ValueError: ``today`` has no time zone.
    """
    found = sorted(_all(history, today), key=lambda one: _ORDER.index(one.level))
    if any(one.level in WORRYING for one in found):
        found = [one for one in found if one.id not in ENCOURAGING]
    return tuple(found)


def _all(history: History, today: datetime) -> Iterator[Finding]:
    yield from _of_pain(history.visits)
    yield from _of_falls(history, today)
    yield from _of_function(history.check_ins, today)
    yield from _of_healing(history, today)
    yield from _of_practice(history, today)


def _of_pain(visits: Sequence[Visit]) -> Iterator[Finding]:
    pains = windows.pains(visits)
    if pains and pains[-1] >= SEVERE:
        yield Finding("pain_high", "doctor", {"pain": pains[-1]})
    if len(pains) >= 3 and pains[-3] < pains[-2] < pains[-1]:
        numbers = {"first": pains[-3], "second": pains[-2], "pain": pains[-1]}
        yield Finding("pain_rising", "physio", numbers)


def _of_falls(history: History, today: datetime) -> Iterator[Finding]:
    """What was not told of counts as none: a first fall is told to a doctor rather than not."""
    both = _falls(history, today, 2 * windows.FORTNIGHT)
    falls = _falls(history, today, windows.FORTNIGHT)
    if falls > both - falls:
        yield Finding("more_falls", "doctor", {"falls": falls, "before": both - falls})
    month = _falls(history, today, windows.MONTH)
    if month >= 2:
        yield Finding("falls_twice", "doctor", {"falls": month})


def _of_function(check_ins: Sequence[CheckIn], today: datetime) -> Iterator[Finding]:
    functions = [one.function for one in check_ins if one.function is not None]
    timed = [one for one in check_ins if one.single_leg_seconds is not None]
    bests = [_best_before(timed, one) for one in timed[-2:]]
    low = [
        best is not None and 3 * (one.single_leg_seconds or 0) <= 2 * best
        for one, best in zip(timed[-2:], bests, strict=True)
    ]
    if low == [True, True]:
        numbers = {"seconds": timed[-1].single_leg_seconds or 0, "best": bests[-1] or 0}
        yield Finding("less_function", "doctor", numbers)
    elif functions and functions[-1] == "less":
        yield Finding("less_function", "doctor")


def _best_before(timed: Sequence[CheckIn], one: CheckIn) -> int | None:
    """The longest time in the month before a check-in; None where there was none above zero."""
    before = (
        other.single_leg_seconds or 0
        for other in timed
        if other.at < one.at and (one.at - other.at).days < windows.MONTH
    )
    return max(before, default=0) or None


def _of_healing(history: History, today: datetime) -> Iterator[Finding]:
    signs = {
        sign
        for one in windows.check_ins(history, today, windows.FOUR_WEEKS)
        for sign in one.healing
    }
    if signs:
        named: dict[str, int] = {sign: 1 for sign in sorted(signs)}
        yield Finding("healing_signs", "good", {"signs": len(signs), **named})


def _of_practice(history: History, today: datetime) -> Iterator[Finding]:
    week = len(windows.practices(history, today, windows.WEEK))
    if week >= STEADY:
        yield Finding("steady_practice", "good", {"visits": week})
    practised = [visit for visit in history.visits if visit.practised]
    pause = days_ago(practised[-1].at, today) if practised else 0
    if pause >= PAUSE:
        yield Finding("long_pause", "note", {"days": pause})


def _falls(history: History, today: datetime, days: int) -> int:
    return windows.total([one.falls for one in windows.check_ins(history, today, days)]) or 0
