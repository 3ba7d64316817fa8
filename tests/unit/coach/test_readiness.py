"""Each answer to the readiness check changes what is offered."""

from __future__ import annotations

import itertools

import pytest

from actions.exercises import course, readiness
from actions.exercises.state import Limit, Stage, State
from tests.unit.coach.coaching import Visit, the_coach

COACH = the_coach()
BUTTONS = COACH.buttons
FRESH = State(Stage.READINESS)

MATRIX = {
    ("new_symptoms", "yes"): {"not_today"},
    ("new_symptoms", "unsure"): {"not_today"},
    ("surgery", "yes"): {"not_today"},
    ("surgery", "unsure"): {"not_today"},
    ("relapse", "yes"): {"not_today"},
    ("relapse", "unsure"): {"not_today"},
    ("pain", "yes"): {"not_today"},
    ("pain", "unsure"): {"gentle"},
    ("falls", "yes"): {"seated"},
    ("falls", "unsure"): {"helper"},
    ("fatigue", "yes"): {"gentle"},
    ("fatigue", "unsure"): {"gentle"},
    ("hold", "no"): {"seated"},
    ("hold", "unsure"): {"seated"},
}
ALL = [(check.id, value) for check in COACH.checks for value in ("yes", "no", "unsure")]


@pytest.mark.parametrize(("check", "value"), ALL)
def test_an_answer_allows_what_the_matrix_says(check: str, value: str) -> None:
    answered = readiness.answer(FRESH, check, value)
    allowed = set(readiness.limits(COACH, answered.answers))
    assert allowed == MATRIX.get((check, value), set())


@pytest.mark.parametrize("pair", list(itertools.combinations(MATRIX, 2)), ids=str)
def test_of_two_answers_neither_takes_a_limit_away(
    pair: tuple[tuple[str, str], tuple[str, str]],
) -> None:
    answers = dict(pair)
    allowed = set(readiness.limits(COACH, answers))
    wanted = set().union(*(MATRIX[(check, answers[check])] for check in answers))
    assert allowed == ({"not_today"} if "not_today" in wanted else wanted)


@pytest.mark.parametrize("limit", list(Limit))
def test_no_standing_exercise_is_offered_where_only_sitting_is_safe(limit: Limit) -> None:
    offered = course.allowed(COACH, [limit.value])
    standing = [one for one in offered if COACH.exercises[one].position == "standing"]
    assert bool(standing) == (limit in (Limit.HELPER, Limit.GENTLE))
    assert bool(offered) == (limit is not Limit.NOT_TODAY)


def test_none_of_these_goes_straight_on() -> None:
    visit = Visit().ready("let us do the toe raises")
    assert visit.reply[-1]["exercise"] == "toe_raises"


def test_no_typed_to_the_list_goes_on_too() -> None:
    visit = Visit().begins("toe raises please").says("none of them")
    assert visit.reply[-1]["exercise"] == "toe_raises"


def test_a_stop_that_is_typed_to_the_list_ends_it() -> None:
    visit = Visit().begins("toe raises please").says("Stop")
    assert visit.loop is None
    assert visit.text == COACH.texts["stopped_before"]


def test_what_is_named_in_reply_to_the_list_counts_and_the_rest_is_asked() -> None:
    visit = Visit().begins("toe raises please").says("I fell on Monday")
    assert visit.state["answers"]["falls"] == "yes"
    asked = set()
    while visit.state["stage"] == Stage.CHECK.value:
        asked.add(visit.state["check"])
        visit.presses(BUTTONS["no"])
    assert asked == {check.id for check in readiness.general(COACH)} - {"falls"}
    assert visit.state["limits"] == ["seated"]
    assert visit.reply[-1]["exercise"] == "toe_raises"


@pytest.mark.parametrize("text", ["no fever", "no surgery", "no fever and no infection"])
def test_denying_one_point_says_nothing_of_the_others(text: str) -> None:
    visit = Visit().begins("toe raises").says(text)
    assert visit.state["stage"] == Stage.CHECK.value


def test_a_no_of_another_question_pressed_late_passes_no_check() -> None:
    visit = Visit().begins("toe raises").sends("act:exercise:no:consent...0..1")
    assert visit.state["stage"] == Stage.READINESS.value


def test_a_yes_is_not_undone_by_what_is_denied_beside_it() -> None:
    visit = Visit().begins("toe raises").presses(BUTTONS["something"])
    visit.presses(BUTTONS["no"]).presses(BUTTONS["no"])
    assert visit.state["check"] == "relapse"
    visit.says("yes, but no fever")
    assert visit.loop is None


def test_back_goes_to_the_question_before() -> None:
    visit = Visit().begins("toe raises").presses(BUTTONS["something"]).presses(BUTTONS["no"])
    assert visit.says("go back").state["check"] == "new_symptoms"


def test_what_is_told_at_the_choice_still_counts() -> None:
    visit = Visit().ready("").says("I fell yesterday")
    assert visit.state["limits"] == ["seated"]


def test_not_today_says_why_offers_the_warning_signs_and_ends() -> None:
    visit = Visit().begins("toe raises").presses(BUTTONS["something"]).presses(BUTTONS["yes"])
    assert visit.loop is None
    assert COACH.results["see_first"].say.split(".")[0] in visit.text
    assert "act:safety_check" in visit.buttons.values()


def test_not_today_is_not_forgotten_when_asked_again_the_same_day() -> None:
    visit = Visit().begins("toe raises").presses(BUTTONS["something"]).presses(BUTTONS["yes"])
    visit.begins("sit to stand then")
    assert visit.loop is None
    assert "exercise" not in visit.reply[-1]


def test_an_unclear_reply_is_asked_again_once_and_then_counts_as_not_sure() -> None:
    visit = Visit().begins("toe raises").presses(BUTTONS["something"])
    check = visit.state["check"]
    assert visit.says("purple").state["check"] == check
    visit.says("purple")
    assert visit.loop is None  # not sure whether something is new: not today
    assert COACH.texts["as_unsure"] in visit.text


def test_a_standing_exercise_asks_for_something_to_hold() -> None:
    visit = Visit().ready("single leg stand")
    assert visit.state["check"] == "hold"
    assert visit.presses(BUTTONS["yes"]).reply[-1]["exercise"] == "single_leg_stand"


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_without_a_firm_hold_sitting_exercises_are_offered(answer: str) -> None:
    visit = Visit().ready("single leg stand").presses(BUTTONS[answer])
    assert visit.state["stage"] == Stage.CHOICE.value
    offered = [payload.split(".")[1].split(":")[0] for payload in visit.buttons.values()]
    assert offered
    assert all(COACH.exercises[one].position != "standing" for one in offered)


def test_an_urgent_red_flag_that_was_told_comes_before_any_exercise() -> None:
    visit = Visit()
    visit.metadata["raised"] = {"dvt": "urgent"}
    visit.begins("toe raises")
    assert visit.loop is None
    assert visit.text == COACH.texts["flagged"]


def test_a_red_flag_during_an_exercise_ends_it() -> None:
    visit = Visit().at_step("toe_raises")
    visit.metadata["raised"] = {"dvt": "urgent"}
    visit.says("my calf is hot and swollen")
    assert visit.loop is None
    assert visit.state == {}
