"""The values a diary is made of. All are immutable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

Function = Literal["more", "same", "less"]
Healing = Literal["balance", "strength", "feeling", "stiffness"]
FUNCTIONS: frozenset[Function] = frozenset(get_args(Function))
HEALING: frozenset[Healing] = frozenset(get_args(Healing))

WORST = 10
"""The upper end of the scales of pain and effort, which begin at 0."""

MOST = 100_000
"""More than anybody counts; a number above it is a slip of the keyboard."""


@dataclass(frozen=True)
class Done:
    """One exercise of a visit.

    Attributes:
        exercise: its id.
        variant: "easier" or "harder"; None for the exercise as it stands.
        repetitions: how many were done; None where they were not told.
        seconds: how long it was held; None where that was not told.
        pain: the highest pain in it, from 0 to 10.
        effort: how hard it was, from 0 to 10.
        skipped: it was offered and left out, or broken off before anything was done.
    """

    exercise: str
    variant: str | None = None
    repetitions: int | None = None
    seconds: int | None = None
    pain: int | None = None
    effort: int | None = None
    skipped: bool = False

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing (ValueError)."""
        _refuse_outside(MOST, self.repetitions, self.seconds)
        _refuse_outside(WORST, self.pain, self.effort)


@dataclass(frozen=True)
class Visit:
    """One practice: when it began, and its exercises in order."""

    at: datetime
    done: tuple[Done, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a time without its zone (ValueError)."""
        _refuse_naive(self.at)

    @property
    def pain(self) -> int | None:
        """The highest pain in it; None where none was told."""
        return max((one.pain for one in self.done if one.pain is not None), default=None)

    @property
    def practised(self) -> tuple[Done, ...]:
        """What was done and not skipped."""
        return tuple(one for one in self.done if not one.skipped)


@dataclass(frozen=True)
class CheckIn:
    """What a patient told of the time since the check-in before.

    Attributes:
        at: when it was told.
        trips: how often the foot caught.
        falls: how many falls there were.
        function: whether the patient can do more than before, the same, or less.
        healing: what has become better.
        single_leg_seconds: how long the patient stood on the weak leg.
    """

    at: datetime
    trips: int | None = None
    falls: int | None = None
    function: Function | None = None
    healing: frozenset[Healing] = frozenset()
    single_leg_seconds: int | None = None

    def __post_init__(self) -> None:
        """Refuse what means nothing (ValueError)."""
        _refuse_naive(self.at)
        _refuse_outside(MOST, self.trips, self.falls, self.single_leg_seconds)
        if self.function not in (None, *FUNCTIONS) or not self.healing <= HEALING:
            raise ValueError("A check-in holds an answer that there is not")


@dataclass(frozen=True)
class History:
    """All a diary holds, each in order of time."""

    visits: tuple[Visit, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()


def day(at: datetime, today: datetime) -> date:
    """The day of ``at`` where the patient is: in the time zone of ``today``.

    Raises:
        ValueError: ``today`` has no time zone.
    """
    _refuse_naive(today)
    return at.astimezone(today.tzinfo).date()


def days_ago(at: datetime, today: datetime) -> int:
    """How many days before ``today``: 0 on the same day, negative for a time to come.

    Raises:
        ValueError: ``today`` has no time zone.
    """
    return (today.date() - day(at, today)).days


def _refuse_naive(at: datetime) -> None:
    if at.utcoffset() is None:
        raise ValueError("A time in the diary needs its time zone")


def _refuse_outside(most: int, *numbers: int | None) -> None:
    if any(number is not None and not 0 <= number <= most for number in numbers):
        raise ValueError(f"A number in the diary is not from 0 to {most}")
