"""The course of the check-in: what follows what, and what a slot keeps."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from actions.progress import course
from actions.progress.course import State, Step
from diary.values import CheckIn, History

from .talking import NOW, days_back

BEGUN = State(1)


def at(step: Step) -> State:
    return State(1, at=step)


def kept(days: float, **told: Any) -> History:
    return History((), (CheckIn(days_back(days), **told),))


@pytest.mark.parametrize(("days", "due"), [(0, False), (6, False), (7, True), (90, True)])
def test_a_check_in_is_due_after_six_days(days: float, due: bool) -> None:
    assert course.is_due(kept(days), NOW) is due


def test_a_first_check_in_is_due_and_asks_about_a_week() -> None:
    assert course.is_due(History(), NOW)
    assert course.begin(History(), NOW).days == 7


def test_a_time_on_one_leg_alone_is_no_check_in() -> None:
    assert course.is_due(kept(0, single_leg_seconds=9), NOW)
    assert not course.is_due(kept(0, single_leg_seconds=9, trips=0), NOW)


@pytest.mark.parametrize(("ago", "days"), [(9, 9), (300, 28)])
def test_it_asks_about_the_time_since_the_last_one(ago: int, days: int) -> None:
    assert course.begin(kept(ago), NOW).days == days


def test_four_questions_in_order_become_a_check_in() -> None:
    state = course.count(course.count(BEGUN, 3), 0)
    state = course.better(course.able(state, "more"), ["strength", "balance"])
    assert state.at is None
    expected = CheckIn(NOW, 3, 0, "more", frozenset({"balance", "strength"}))
    assert course.check_in(state, NOW) == expected


def test_each_question_may_be_left_out() -> None:
    state = BEGUN
    for _ in course.QUESTIONS:
        state = course.skip(state)
    assert state.at is None
    assert not course.has_answers(state)
    assert course.check_in(state, NOW) == CheckIn(NOW)


def test_who_can_do_less_is_not_asked_what_got_better() -> None:
    assert course.able(at(Step.FUNCTION), "less").at is None
    assert course.able(at(Step.FUNCTION), "same").at is Step.HEALING


def test_what_got_better_is_gathered_until_it_is_all() -> None:
    state = course.add(at(Step.HEALING), ["strength"])
    assert (state.at, state.healing) == (Step.HEALING, ("strength",))
    assert course.add(state, ["strength"]) == state
    assert course.add(state, ["balance", "feeling", "stiffness"]).at is None


def test_the_second_unclear_reply_leaves_the_question_out() -> None:
    once = course.unclear(BEGUN, some=False)
    assert once.at is Step.TRIPS
    assert course.unclear(once, some=False).at is Step.FALLS
    assert course.unclear(once, some=False).trips is None


def test_a_yes_without_a_number_is_one_at_least() -> None:
    state = course.unclear(course.unclear(at(Step.FALLS), some=True), some=False)
    assert (state.falls, state.at) == (1, Step.FUNCTION)


def test_back_forgets_the_answer_before() -> None:
    assert course.back(course.count(BEGUN, 3)) == BEGUN
    assert course.back(BEGUN) is None


@pytest.mark.parametrize("state", [BEGUN, course.add(at(Step.HEALING), ["balance"])])
def test_a_state_comes_back_from_a_slot(state: State) -> None:
    loose = json.loads(json.dumps(state.as_json()), parse_int=float)
    assert course.read(loose) == state
    assert isinstance(course.read(loose).days, int)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "value",
    [
        None,
        "trips",
        {},
        {"begun": 1, "at": "weight"},
        {"begun": 1, "at": "trips", "trips": -1},
        {"begun": 1, "at": "trips", "function": "much"},
        {"begun": 1, "at": "trips", "healing": ["luck"]},
        {"begun": 1, "at": "trips", "unknown": 1},
    ],
)
def test_a_slot_that_nobody_can_go_on_with_is_no_state(value: Any) -> None:
    assert course.read(value) is None


def test_the_days_are_those_of_the_calendar() -> None:
    late = NOW.replace(hour=23)
    assert course.is_due(History((), (CheckIn(late - timedelta(days=7)),)), NOW)
