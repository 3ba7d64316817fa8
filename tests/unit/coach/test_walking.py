"""Step by step through an exercise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.coach.walk import COMMANDS
from actions.exercises import course
from actions.exercises.state import EASIER, HARDER, Stage, State, read
from content.lint.reading import MESSAGE_WORDS, count_words
from content.names import ActId, Command
from tests.unit.coach.coaching import Visit, the_coach

COACH = the_coach()
EXERCISES = sorted(COACH.exercises)
BUTTONS = COACH.buttons


@pytest.mark.parametrize("exercise", EXERCISES)
def test_next_leads_through_every_step_in_order(exercise: str) -> None:
    visit = Visit().at_step(exercise)
    steps = COACH.exercises[exercise].steps
    for number in range(1, len(steps) + 1):
        shown = visit.reply[-1]
        assert (shown["exercise"], shown["step"], shown["of"]) == (exercise, number, len(steps))
        visit.says("next", "next")
    assert visit.state["stage"] in (Stage.EFFORT.value, Stage.SECONDS.value)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_number_that_is_sent_is_the_catalogues(exercise: str) -> None:
    visit = Visit().at_step(exercise)
    dose = COACH.exercises[exercise].dose
    sent: set[str] = set()
    for step in COACH.exercises[exercise].steps:
        shown = visit.reply[-1]
        for name in ("repetitions", "seconds"):
            number = getattr(dose, name)
            assert (name in shown) == (name in step.counts)
            if name in shown:
                sent.add(name)
                assert shown[name] == {"least": number.least, "most": number.most}
                assert str(number) in shown["text"]
        visit.says("next", "next")
    assert sent == {name for name in ("repetitions", "seconds") if getattr(dose, name)}


def test_back_goes_one_step_back_and_stays_at_the_first() -> None:
    visit = Visit().at_step("toe_raises").says("next", "next").says("one back", "back")
    assert visit.reply[-1]["step"] == 1
    assert visit.says("back", "back").reply[-1]["step"] == 1
    assert COACH.texts["first"] in visit.text


@pytest.mark.parametrize("command", ["repeat", "slower", "explain", "how_many", "picture"])
def test_what_asks_about_a_step_keeps_the_place(command: str) -> None:
    visit = Visit().at_step("toe_raises").says("next", "next").says("…", command)
    assert visit.reply[-1]["step"] == 2


@pytest.mark.parametrize("exercise", EXERCISES)
def test_explain_tells_more_of_the_step_and_what_often_goes_wrong(exercise: str) -> None:
    visit = Visit().at_step(exercise)
    for step in COACH.exercises[exercise].steps:
        visit.says("what does that mean", "explain")
        assert step.explain.partition("{")[0] in visit.text
        for mistake in COACH.exercises[exercise].mistakes:
            assert f"- {mistake}" in visit.text.splitlines()
        assert count_words(visit.text) <= MESSAGE_WORDS
        visit.says("next", "next")


def test_how_many_tells_the_numbers_of_the_dose() -> None:
    visit = Visit().at_step("dorsiflexion").says("how many", "how_many")
    assert "10 to 15 times" in visit.text


def test_the_picture_is_told_in_words_too() -> None:
    visit = Visit().at_step("toe_raises").says("picture", "picture")
    step = COACH.exercises["toe_raises"].steps[0]
    assert step.shows in visit.text
    assert visit.reply[-1]["image"] == {"url": "/pictures/toe_raises/1.svg", "alt": step.shows}


def test_a_pause_keeps_the_place_and_what_else_is_said_is_answered() -> None:
    visit = Visit().at_step("toe_raises").says("next", "next").says("hang on", "pause")
    assert visit.state["paused"]
    visit.says("thanks")
    assert visit.state["paused"]
    assert visit.says("back again", "resume").reply[-1]["step"] == 2


def test_an_exercise_paused_before_another_conversation_can_be_gone_on_with() -> None:
    visit = Visit().at_step("toe_raises").says("next", "next").says("hang on", "pause")
    visit.loop = None
    visit.begins("go on with my exercise", ActId.EXERCISE_RESUME)
    assert visit.reply[-1]["step"] == 2


def test_after_half_a_day_the_readiness_check_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    visit = Visit().at_step("toe_raises").says("hang on", "pause")
    visit.slots["exercise"]["checked_at"] -= 7 * 60 * 60
    visit.begins("go on with my exercise", ActId.EXERCISE_RESUME)
    assert visit.state["stage"] == Stage.READINESS.value
    assert visit.presses(BUTTONS["none_of_these"]).reply[-1]["exercise"] == "toe_raises"


def test_a_button_pressed_twice_moves_one_step_only() -> None:
    visit = Visit().at_step("toe_raises")
    forward = visit.buttons[BUTTONS["next"]]
    visit.sends(forward)
    assert visit.sends(forward).reply[-1]["step"] == 2


def test_stop_ends_at_once_and_asks_nothing_more() -> None:
    visit = Visit().at_step("toe_raises").says("enough now", "stop")
    assert visit.loop is None
    assert len(visit.reply) == 1


def test_skip_leaves_the_exercise_and_notes_that_it_was_not_done() -> None:
    visit = Visit().at_step("toe_raises").says("leave this out", "skip")
    assert visit.loop is None
    assert COACH.texts["skipped"] in visit.text


def test_easier_tells_the_easier_way_with_its_own_numbers() -> None:
    visit = Visit().at_step("toe_raises").says("too hard", "easier")
    assert visit.state["variant"] == EASIER
    dose = COACH.exercises["toe_raises"].dose_of(EASIER)
    assert dose.repetitions is not None
    assert COACH.exercises["toe_raises"].variants[EASIER].say.split(".")[0] in visit.text


def test_a_number_that_was_told_is_noted_and_moves_nothing() -> None:
    visit = Visit().at_step("toe_raises").says("did eight", "count")
    assert visit.state["counted"] == 8
    assert visit.reply[-1]["step"] == 1


ORDERS = st.lists(
    st.sampled_from(["forward", "back", "easier", "harder", "counted", "same"]), max_size=40
)


@given(exercise=st.sampled_from(EXERCISES), orders=ORDERS)
@settings(max_examples=200, deadline=None)
def test_no_order_of_commands_loses_the_place_or_jumps_a_step(
    exercise: str, orders: list[str]
) -> None:
    state = course.start(COACH, State(Stage.CHOICE), [exercise])
    place = 0
    for order in orders:
        before = state
        if order == "forward" and course.is_last(COACH, state):
            state = course.leave(COACH, state, skipped=False)
            assert place + 1 == len(COACH.exercises[exercise].steps)
            assert [one["exercise"] for one in state.done] == [exercise]
            return
        if order == "forward":
            state = course.forward(state)
            place += 1
        elif order == "back":
            state = course.back(state)
            place = max(0, place - 1)
        elif order == "counted":
            state = course.counted(state, 5)
        elif order in (EASIER, HARDER):
            state = getattr(course, order)(COACH, state) or state
        assert (state.exercise, state.step) == (exercise, place)
        assert abs(state.step - before.step) <= 1
        # What a slot keeps is the same state.
        assert read(state.as_json(), COACH) == state


def test_every_command_that_code_knows_has_its_file_and_its_answer() -> None:
    commands = {command.value for command in Command}
    assert commands == set(COACH.commands)
    assert commands <= set(COMMANDS)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"stage": "check"},
        {"stage": "sign", "exercise": "toe_raises"},
        {"stage": "step", "exercise": "toe_raises", "answers": 5},
        {"stage": "step", "exercise": "toe_raises", "queue": [{}]},
        {"stage": "step", "exercise": "toe_raises", "variant": ["a"]},
        {"stage": "step", "exercise": "toe_raises", "step": float("inf")},
        {"stage": "step", "exercise": "toe_raises", "step": -1},
    ],
)
def test_a_slot_that_is_spoilt_is_no_state(spoilt: dict[str, object]) -> None:
    assert read(spoilt, COACH) is None


def test_the_button_it_hurts_is_heeded_even_late() -> None:
    visit = Visit().at_step("toe_raises")
    hurts = visit.buttons[BUTTONS["pain"]]
    visit.says("next", "next").sends(hurts)
    assert COACH.signs["pain"].ask in visit.text


def test_a_button_of_an_exercise_that_has_ended_starts_nothing() -> None:
    visit = Visit().at_step("toe_raises")
    old = visit.buttons[BUTTONS["next"]]
    visit.says("stop", "stop")
    visit.begins(old.removeprefix("act:"))
    assert visit.loop is None
    assert "step" not in visit.reply[-1]


def test_a_standing_exercise_later_in_a_set_asks_for_a_hold_too() -> None:
    visit = Visit().at_step("toe_raises")
    visit.slots["exercise"]["queue"] = ["single_leg_stand"]
    visit.says("leave it out", "skip")
    assert visit.state["check"] == "hold"
    visit.presses(BUTTONS["no"])
    assert visit.state["stage"] == Stage.CHOICE.value
    assert "step" not in visit.reply[-1]


def test_another_exercise_can_be_asked_for_by_its_name() -> None:
    visit = Visit().at_step("toe_raises").begins_inside("can we do towel scrunches instead")
    assert visit.reply[-1]["exercise"] == "towel_scrunches"


def test_a_slot_of_an_older_release_is_no_state() -> None:
    gone = State(Stage.STEP, exercise="toe_raises").as_json() | {"exercise": "handstand"}
    assert read(gone, COACH) is None
    assert read(State(Stage.STEP, exercise="toe_raises", step=99).as_json(), COACH) is None
    assert read("nonsense", COACH) is None
    assert read({"stage": "dancing"}, COACH) is None
