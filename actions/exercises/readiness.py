"""The readiness check: which question comes next, and what the answers allow. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from actions.exercises.state import Limit, State
from content.coach import Coach
from content.coach.model import Check, Result

YES, NO, UNSURE = "yes", "no", "unsure"
VALID_SECONDS = 6 * 60 * 60
"""How long the answers hold: half a day may change how somebody feels."""


def is_valid(state: State, now: float) -> bool:
    """Whether the general questions were answered, and not too long ago."""
    return 0 <= now - state.checked_at < VALID_SECONDS


def general(coach: Coach) -> list[Check]:
    """The questions that are asked before any exercise."""
    return [check for check in coach.checks if not check.standing]


def none_of_these(coach: Coach, state: State) -> State:
    """No to all of the general questions that have no answer."""
    answers = {check.id: NO for check in general(coach)} | state.answers
    return replace(state, answers=answers, check=None, unclear=0)


def answer(state: State, check: str, value: str) -> State:
    """Take an answer; it takes the place of an earlier one."""
    return replace(state, answers={**state.answers, check: value}, unclear=0)


def next_check(coach: Coach, state: State, *, standing: bool = False) -> Check | None:
    """The next question without an answer; None when all are answered.

    As soon as it is clear that today is no day to exercise, nothing more is asked.
    """
    if Limit.NOT_TODAY.value in limits(coach, state.answers):
        return None
    asked = [check for check in coach.checks if check.standing == standing]
    return next((check for check in asked if check.id not in state.answers), None)


def results(coach: Coach, answers: Mapping[str, str]) -> list[Result]:
    """What the answers lead to, each once; where it is "not today", that alone."""
    ids = [
        check.answers[answers[check.id]]
        for check in coach.checks
        if answers.get(check.id) in check.answers
    ]
    found = [coach.results[one] for one in dict.fromkeys(ids)]
    grave = [one for one in found if one.limit == Limit.NOT_TODAY.value]
    return grave[:1] or found


def limits(coach: Coach, answers: Mapping[str, str]) -> tuple[str, ...]:
    """What the answers allow, each limit once."""
    return tuple(dict.fromkeys(one.limit for one in results(coach, answers)))


def settled(coach: Coach, state: State, now: float) -> State:
    """The check is over: its limits hold from ``now``, and those set otherwise stay."""
    allowed = tuple(dict.fromkeys((*state.limits, *limits(coach, state.answers))))
    return replace(state, check=None, limits=allowed, checked_at=now, unclear=0)


def in_passing(coach: Coach, named: Iterable[str]) -> list[str]:
    """Of the questions that a message names, those that count wherever it was said.

    "I slipped by the sink" is no answer to whether there is something to hold.
    """
    counted = {check.id for check in general(coach)}
    return [one for one in named if one in counted]


def told(state: State, there: Iterable[str], denied: Iterable[str] = ()) -> State:
    """Take what was told in passing: what is ``there`` is a yes, what is ``denied`` a no."""
    answers = {**state.answers, **dict.fromkeys(denied, NO), **dict.fromkeys(there, YES)}
    return replace(state, answers=answers, unclear=0)


def without_last(state: State) -> State | None:
    """Before the last answer; None where there is none."""
    if not state.answers:
        return None
    *kept, _ = state.answers
    return replace(state, answers={one: state.answers[one] for one in kept}, unclear=0)
