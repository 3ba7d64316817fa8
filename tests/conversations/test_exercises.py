"""Every exercise over the chat API: straight through, and with all that comes between."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from content.coach import Coach, Exercise
from content.load import load
from deploy.stack import Stack
from tests.visits import Visit, client

FOUND = load().coach
assert FOUND is not None
COACH: Coach = FOUND
BUTTONS = COACH.buttons
EXERCISES = sorted(COACH.exercises)

pytestmark = pytest.mark.stack


class Patient(Visit):
    """A visit in which somebody exercises."""

    @property
    def shown(self) -> dict[str, Any]:
        return next(m for m in reversed(self.reply) if m.get("step"))

    def starts(self, exercise: Exercise) -> Patient:
        """Through the readiness check to the first step."""
        self.says(f"do the {exercise.name.lower()} with me")
        self.presses(BUTTONS["none_of_these"])
        if exercise.hold:
            self.presses(BUTTONS["yes"])
        assert self.shown["exercise"] == exercise.id, self.text
        assert self.step == 1
        return self


def straight_through(patient: Patient, exercise: Exercise) -> None:
    for number, step in enumerate(exercise.steps, start=1):
        shown = patient.shown
        assert (shown["kind"], shown["step"], shown["of"]) == (
            "exercise",
            number,
            len(exercise.steps),
        )
        assert shown["image"]["alt"] == step.shows
        for name in ("repetitions", "seconds"):
            dose = getattr(exercise.dose, name)
            assert (name in shown) == (name in step.counts)
            if name in shown:
                assert shown[name] == {"least": dose.least, "most": dose.most}
                assert f"{dose} " in shown["text"]
        patient.says("next")
    if exercise.ask_seconds:
        assert exercise.ask_seconds in patient.text
        patient.says("8 seconds")
    assert COACH.texts["effort"] in patient.text
    patient.presses(COACH.feelings["effort"][1].title)
    assert COACH.texts["pain"] in patient.text
    patient.says("0")
    assert COACH.texts["praise_right"] in patient.text
    assert COACH.texts["consent"].split("?")[0] in patient.text
    patient.presses(BUTTONS["no"])
    assert COACH.texts["not_remembered"] in patient.text


def back_and_repeat(patient: Patient, exercise: Exercise) -> None:
    assert patient.says("next").step == 2
    assert patient.says("go back one").step == 1
    assert patient.says("say it again").step == 1
    assert patient.says("next").step == 2


def a_side_question(patient: Patient, exercise: Exercise) -> None:
    assert patient.says("next").step == 2
    patient.says("what is an AFO?")
    assert any(message["topic"] for message in patient.reply), patient.text
    assert patient.step == 2


def pain(patient: Patient, exercise: Exercise) -> None:
    patient.says("next").says("ow, that hurts")
    assert COACH.signs["pain"].ask in patient.text
    patient.presses(BUTTONS["yes"])
    assert COACH.signs["sharp_pain"].say.split(".")[0] in patient.text
    assert patient.step is None
    patient.says("next")
    assert patient.step is None


def a_red_flag(patient: Patient, exercise: Exercise) -> None:
    patient.says("next").says("my face is drooping and my speech is slurred")
    assert patient.reply[0]["level"] == "emergency"
    assert "999" in patient.reply[0]["text"]
    assert patient.step is None
    patient.says("what is foot drop")
    assert patient.step is None


def pause_and_resume(patient: Patient, exercise: Exercise) -> None:
    patient.says("next").says("hang on, the phone is ringing")
    assert COACH.texts["paused"] in patient.text
    patient.says("what is foot drop")
    assert patient.step is None
    assert any(message["topic"] == "definition/what_is" for message in patient.reply)
    assert patient.says("I'm back, carry on").step == 2


def stop(patient: Patient, exercise: Exercise) -> None:
    patient.says("next").says("that's enough for today")
    assert COACH.texts["stopped"] in patient.text
    patient.says("what is foot drop")
    assert any(message["topic"] == "definition/what_is" for message in patient.reply)
    assert patient.step is None


COURSES = [straight_through, back_and_repeat, a_side_question, pain, a_red_flag]
COURSES += [pause_and_resume, stop]


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.__name__)
@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_goes_as_it_should(
    exercise: str, course: Callable[[Patient, Exercise], None], http: httpx.Client
) -> None:
    patient = Patient(http).starts(COACH.exercises[exercise])
    course(patient, COACH.exercises[exercise])


def test_a_paused_exercise_outlasts_a_restart_of_everything(tmp_path: Path) -> None:
    exercise = COACH.exercises["toe_raises"]
    with Stack(0, tmp_path) as before, client(before.url) as http:
        patient = Patient(http).starts(exercise)
        patient.says("next").says("pause please, I will be back later")
        assert COACH.texts["paused"] in patient.text
    with Stack(0, tmp_path) as after, client(after.url) as patient.http:
        assert patient.says("I'm back, carry on").step == 2
