"""Which question comes next, and what the slot keeps."""

from __future__ import annotations

import json

import pytest

from actions.recovery import course
from actions.recovery.course import State, Step
from actions.recovery.since import Since

from .talking import RECOVERY


def after(*causes: str, weeks: float | None = None) -> State:
    since = None if weeks is None else Since(weeks, weeks)
    return course.tell(RECOVERY, State(), causes, since)


def test_the_cause_is_asked_before_the_time() -> None:
    assert after().at is Step.CAUSE
    assert after("stroke").at is Step.SINCE
    assert after("stroke", weeks=30).at is None


@pytest.mark.parametrize(("weeks", "step"), [(0, Step.NEW), (2, Step.NEW), (2.1, None)])
def test_only_what_is_new_is_asked_about_the_warning_signs(weeks: float, step: Step | None) -> None:
    assert after("nerve", weeks=weeks).at is step


@pytest.mark.parametrize(
    ("since", "new"),
    [(Since(0, 4.3), True), (Since(2, 3), True), (Since(3, 3), False), (Since(0, 46), False)],
)
def test_what_may_be_new_is_taken_for_new(since: Since, new: bool) -> None:
    assert course.is_new(RECOVERY, course.tell(RECOVERY, State(), ["ms"], since)) is new


def test_once_told_the_warning_signs_are_not_asked_about_again() -> None:
    assert course.go_on(RECOVERY, after("nerve", weeks=1)).at is None


def test_two_unclear_replies_leave_each_answer_open() -> None:
    state = course.unclear(RECOVERY, State())
    assert state.at is Step.CAUSE
    state = course.unclear(RECOVERY, state)
    assert (state.cause, state.at) == (RECOVERY.unknown.id, Step.SINCE)
    state = course.unclear(RECOVERY, course.unclear(RECOVERY, state))
    assert (state.at, state.since) == (None, None)


def test_back_leads_to_the_question_before() -> None:
    new = after("ms", weeks=1)
    since = course.back(new)
    assert since is not None
    assert (since.at, since.cause) == (Step.SINCE, "ms")
    assert course.back(since) == State()
    assert course.back(State()) is None


def test_two_causes_leave_the_cause_open_with_both_kept() -> None:
    state = after("ms", "diabetes")
    assert (state.at, state.named) == (Step.CAUSE, ("ms", "diabetes"))


def test_a_talk_does_not_go_on_for_ever_about_other_things() -> None:
    state: State | None = State()
    for _ in range(course.ASIDES):
        assert state is not None
        state = course.aside(state)
    assert state is not None
    assert course.aside(state) is None


@pytest.mark.parametrize(
    "state", [State(), after("ms", "diabetes"), after("disc"), after("disc", weeks=1)]
)
def test_a_state_survives_the_slot(state: State) -> None:
    kept = json.loads(json.dumps(state.as_json()))
    assert course.read(kept, RECOVERY) == state
    assert len(json.dumps(kept)) < 300


@pytest.mark.parametrize(
    "value",
    [None, 3, "cause", [], {"at": "cause", "mood": 1}, {"at": "nowhere"},
     {"at": "cause", "named": 3}, {"at": "since", "cause": "flu"}, {"at": "cause", "since": [1]}],
)  # fmt: skip
def test_a_slot_of_another_release_begins_the_talk_anew(value: object) -> None:
    assert course.read(value, RECOVERY) is None
