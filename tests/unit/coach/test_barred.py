"""Whom the safety check sends for help, the coach does not exercise with."""

from __future__ import annotations

import pytest

from content.names import ActId, Slot
from tests.unit.checking import AFFIRM, DENY, IDS, Check, at
from tests.unit.coach.coaching import Visit, the_coach

COACH = the_coach()


def after_the_check(check: Check, visit: Visit) -> Visit:
    """The same conversation once the check has come to its result."""
    assert check.at is None
    if Slot.EXERCISE.value in check.slots:
        visit.slots[Slot.EXERCISE.value] = check.slots[Slot.EXERCISE.value]
    return visit


@pytest.mark.parametrize(("question", "level"), [("saddle", "emergency"), ("risks", "urgent")])
def test_after_a_result_that_sends_for_help_no_exercise_begins(question: str, level: str) -> None:
    check = at(question).presses(AFFIRM)
    assert check.last["level"] == level
    visit = after_the_check(check, Visit()).begins("toe raises please")
    assert visit.loop is None
    assert visit.text == COACH.texts["rest_today"]


def test_an_exercise_that_was_paused_before_it_is_not_gone_on_with() -> None:
    paused = Visit().at_step("toe_raises").says("hang on", "pause")
    visit = after_the_check(at("risks").presses(AFFIRM), paused)
    visit.begins("go on with my exercise", ActId.EXERCISE_RESUME)
    assert visit.loop is None
    assert not [message for message in visit.reply if "step" in message]


def test_a_milder_result_leaves_a_paused_exercise_as_it_was() -> None:
    paused = Visit().at_step("toe_raises").says("next", "next").says("hang on", "pause")
    check = at(IDS[-1]).presses(DENY)
    assert check.last["level"] == "soon"
    visit = after_the_check(check, paused)
    visit.begins("go on with my exercise", ActId.EXERCISE_RESUME)
    assert visit.reply[-1]["step"] == 2
