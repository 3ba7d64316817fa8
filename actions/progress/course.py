"""The course of the check-in: which question comes next, and what is kept of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, cast

from actions.progress.hearing import LESS, SIGNS
from diary.values import FUNCTIONS, HEALING, MOST, CheckIn, Function, Healing, History, days_ago

EVERY = 6
"""After more days than these a check-in is due."""

FIRST_DAYS, MOST_DAYS = 7, 28
PATIENCE = 2


class Step(str, Enum):
    """What is asked."""

    TRIPS = "trips"
    FALLS = "falls"
    FUNCTION = "function"
    HEALING = "healing"
    ERASE = "erase"


QUESTIONS = (Step.TRIPS, Step.FALLS, Step.FUNCTION, Step.HEALING)


@dataclass(frozen=True)
class State:
    """Where the talk stands; small enough for a slot.

    Attributes:
        begun: when it began, in seconds since 1970; a button of another talk is told by it.
        days: how many days are asked about.
        at: what was asked; None when all is answered.
        some: whether a yes without a number was given: it was once at least.
        unclear: how many replies to this question were unclear.
    """

    begun: int
    days: int = FIRST_DAYS
    at: Step | None = Step.TRIPS
    trips: int | None = None
    falls: int | None = None
    function: Function | None = None
    healing: tuple[Healing, ...] = ()
    some: bool = False
    unclear: int = 0

    def as_json(self) -> dict[str, Any]:
        """The state as a slot keeps it."""
        at = None if self.at is None else self.at.value
        return {**asdict(self), "at": at, "healing": list(self.healing)}


def read(value: Any) -> State | None:
    """The state that a slot kept; None for none, or one that this release cannot go on with."""
    try:
        state = State(**value)
        kept = replace(
            state,
            # JSON knows no whole numbers: a tracker gives 2.0 for 2.
            begun=int(state.begun), days=int(state.days), unclear=int(state.unclear),
            at=Step(str(state.at)), trips=_whole(state.trips), falls=_whole(state.falls),
            healing=tuple(state.healing),
        )  # fmt: skip
    except (TypeError, ValueError):
        return None
    counts = all(one is None or 0 <= one <= MOST for one in (kept.trips, kept.falls))
    known = kept.function in (None, *FUNCTIONS) and set(kept.healing) <= HEALING
    return kept if counts and known else None


def is_due(history: History, today: datetime) -> bool:
    """Whether the last check-in was too long ago, or there was none."""
    last = _last(history)
    return last is None or days_ago(last.at, today) > EVERY


def begin(history: History, today: datetime) -> State:
    """The first question; it asks about the time since the last check-in."""
    last = _last(history)
    days = FIRST_DAYS if last is None else min(max(1, days_ago(last.at, today)), MOST_DAYS)
    return State(int(today.timestamp()), days)


def erasing(now: datetime) -> State:
    """The question whether everything shall be erased."""
    return State(int(now.timestamp()), at=Step.ERASE)


def count(state: State, times: int) -> State:
    """Take how often the foot caught, or how many falls there were."""
    if state.at is Step.TRIPS:
        return _next(replace(state, trips=times))
    return _next(replace(state, falls=times))


def able(state: State, function: Function) -> State:
    """Take what a patient can do."""
    return _next(replace(state, function=function))


def better(state: State, signs: Iterable[Healing]) -> State:
    """Take what got better, and go on."""
    return _next(add(state, signs))


def add(state: State, signs: Iterable[Healing]) -> State:
    """Take what got better, and wait for more; with all four there is no more."""
    named = {*state.healing, *signs}
    grown = replace(state, healing=tuple(one for one in SIGNS if one in named), unclear=0)
    return _next(grown) if len(named) == len(SIGNS) else grown


def skip(state: State) -> State:
    """Leave the question out."""
    return _next(state)


def unclear(state: State, *, some: bool) -> State:
    """Take a reply that could not be read; after the second the question is left out.

    Args:
        state: where the talk stands.
        some: whether it was a yes, which is once at least where "how often" was asked.
    """
    asked = replace(state, some=state.some or some, unclear=state.unclear + 1)
    if asked.unclear < PATIENCE:
        return asked
    return count(asked, 1) if asked.some and asked.at in (Step.TRIPS, Step.FALLS) else skip(asked)


def back(state: State) -> State | None:
    """One question back, its answer forgotten; None at the first."""
    place = QUESTIONS.index(state.at) if state.at in QUESTIONS else 0
    if not place:
        return None
    fresh = State(state.begun)
    name = QUESTIONS[place - 1].value
    cleared = replace(state, **cast(Any, {name: getattr(fresh, name)}))
    return replace(cleared, at=QUESTIONS[place - 1], healing=(), some=False, unclear=0)


def has_answers(state: State) -> bool:
    """Whether anything was told."""
    told = (state.trips, state.falls, state.function)
    return any(one is not None for one in told) or bool(state.healing)


def check_in(state: State, at: datetime) -> CheckIn:
    """What is kept of the answers."""
    return CheckIn(at, state.trips, state.falls, state.function, frozenset(state.healing))


def _next(state: State) -> State:
    """On to the next question; who can do less is not asked what got better."""
    assert state.at in QUESTIONS, "only a question of the check-in leads to the next"
    later = QUESTIONS[QUESTIONS.index(state.at) + 1 :]
    ends = state.at is Step.FUNCTION and state.function == LESS
    at = None if ends or not later else later[0]
    return replace(state, at=at, some=False, unclear=0)


def _last(history: History) -> CheckIn | None:
    """The last check-in that was asked for, and not one that holds a time on one leg alone."""
    asked = (
        one
        for one in reversed(history.check_ins)
        if one.single_leg_seconds is None
        or one.healing
        or any(told is not None for told in (one.trips, one.falls, one.function))
    )
    return next(asked, None)


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
