"""By name, by goal, by position, by time."""

from __future__ import annotations

import pytest

from actions.exercises.choosing import Chooser, matching, minutes
from tests.unit.coach.coaching import Visit, the_coach

COACH = the_coach()
CHOOSER = Chooser(COACH)
BUTTONS = COACH.buttons


@pytest.mark.parametrize("exercise", sorted(COACH.exercises))
def test_an_exercise_is_found_by_its_name(exercise: str) -> None:
    name = COACH.exercises[exercise].name
    assert CHOOSER.wanted(f"can we do {name.lower()} please").exercises == (exercise,)


@pytest.mark.parametrize(
    ("text", "exercise"),
    [
        ("lets do teh toe raisess", "toe_raises"),
        ("single leg stnad", "single_leg_stand"),
        ("marbel pick up", "marble_pick_up"),
        ("sit to stnad please", "sit_to_stand"),
    ],
)
def test_a_slip_of_the_pen_does_not_hide_a_name(text: str, exercise: str) -> None:
    assert CHOOSER.wanted(text).exercises == (exercise,)


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("help my ankle bend", "bend_ankle"),
        ("I want to lift my toes better", "lift_toes"),
        ("something for my balance", "balance"),
    ],
)
def test_a_goal_is_heard(text: str, goal: str) -> None:
    wanted = CHOOSER.wanted(text)
    assert goal in wanted.goals
    assert matching(COACH, wanted, list(COACH.exercises))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I have five minutes", 5),
        ("got 10 mins", 10),
        ("a quarter of an hour", 15),
        ("half an hour free", 30),
        ("90 minutes to spare", 30),
        ("no idea", None),
    ],
)
def test_the_time_is_heard(text: str, value: int | None) -> None:
    assert minutes(text) == value


def test_only_sitting_exercises_are_offered_to_who_wants_to_sit() -> None:
    wanted = CHOOSER.wanted("something I can do sitting down")
    chosen = matching(COACH, wanted, list(COACH.exercises))
    assert chosen
    assert {COACH.exercises[one].position for one in chosen} == {"seated"}


def test_five_minutes_make_a_set_that_fits() -> None:
    visit = Visit().ready("I have five minutes")
    chosen = [visit.state["exercise"], *visit.state["queue"]]
    assert sum(COACH.exercises[one].minutes for one in chosen) <= 5


def test_nothing_named_asks_and_offers_to_choose() -> None:
    visit = Visit().ready("")
    assert COACH.texts["choose"] in visit.text
    assert visit.presses(BUTTONS["suggestion"]).reply[-1]["kind"] == "exercise"


@pytest.mark.parametrize("text", ["Stop", "no", "stop!"])
def test_a_stop_that_is_typed_at_the_choice_begins_nothing(text: str) -> None:
    visit = Visit().ready("").says(text)
    assert visit.loop is None
    assert visit.text == COACH.texts["stopped_before"]


@pytest.mark.parametrize("text", ["It hurts", "Go on", "One back", "Leave this one out"])
def test_the_words_of_a_button_that_is_not_offered_choose_nothing(text: str) -> None:
    visit = Visit().ready("").says(text)
    assert visit.state["exercise"] is None
    assert COACH.texts["choose"] in visit.text


def test_the_words_of_a_button_that_is_offered_choose_as_it_does() -> None:
    assert Visit().ready("").says("choose for me").reply[-1]["kind"] == "exercise"


def test_all_exercises_can_be_shown() -> None:
    visit = Visit().ready("").presses(BUTTONS["all"])
    assert len(visit.buttons) == len(COACH.exercises)


def test_the_topic_just_read_is_the_exercise_that_is_meant() -> None:
    visit = Visit()
    visit.slots["topic"] = "exercises/dorsiflexion"
    assert visit.ready("").reply[-1]["exercise"] == "dorsiflexion"
