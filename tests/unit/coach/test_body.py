"""What the body says during an exercise is heard before any command."""

from __future__ import annotations

import pytest

from actions.exercises.hearing import Hearer
from actions.exercises.state import EASIER, Stage
from tests.unit.coach.coaching import Visit, the_coach

COACH = the_coach()
BUTTONS = COACH.buttons
HEARER = Hearer(COACH)
GRADES = {grade: [s.id for s in COACH.signs.values() if s.grade == grade] for grade in
          ("stop", "ask", "wait", "ease")}  # fmt: skip


@pytest.mark.parametrize("sign", GRADES["stop"])
def test_a_grave_sign_ends_the_exercise(sign: str) -> None:
    visit = Visit().at_step("toe_raises").says("…", sign)
    assert visit.loop is None
    assert COACH.signs[sign].say.split(".")[0] in visit.text


@pytest.mark.parametrize("sign", GRADES["wait"])
def test_a_cramp_or_a_spasm_pauses_it(sign: str) -> None:
    visit = Visit().at_step("toe_raises").says("…", sign)
    assert visit.state["paused"]
    assert visit.presses(BUTTONS["resume"]).reply[-1]["step"] == 1


@pytest.mark.parametrize("sign", GRADES["ease"])
def test_a_mild_sign_makes_it_easier(sign: str) -> None:
    visit = Visit().at_step("toe_raises").says("…", sign)
    assert visit.state["variant"] == EASIER
    assert visit.reply[-1]["step"] == 1


@pytest.mark.parametrize("sign", GRADES["ask"])
@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_what_may_be_bad_is_asked_about_and_in_doubt_counts_as_bad(sign: str, answer: str) -> None:
    visit = Visit().at_step("toe_raises").says("…", sign)
    assert visit.state["stage"] == Stage.SIGN.value
    visit.presses(BUTTONS[answer])
    assert COACH.signs[COACH.signs[sign].worse].say.split(".")[0] in visit.text
    assert visit.loop is None


@pytest.mark.parametrize("sign", GRADES["ask"])
def test_what_is_not_bad_goes_on_more_gently(sign: str) -> None:
    visit = Visit().at_step("toe_raises").says("…", sign).presses(BUTTONS["no"])
    assert visit.state["stage"] == Stage.STEP.value
    assert visit.reply[-1]["step"] == 1


def test_an_unclear_answer_to_how_bad_it_is_ends_the_exercise_the_second_time() -> None:
    visit = Visit().at_step("toe_raises").says("…", "pain").says("purple")
    assert visit.state["stage"] == Stage.SIGN.value
    assert visit.says("purple").loop is None


@pytest.mark.parametrize("reply", ["yes and I am tired too", "yes, it aches", "not sure, achy"])
def test_a_yes_beside_a_milder_word_is_still_a_yes(reply: str) -> None:
    visit = Visit().at_step("toe_raises").says("…", "pain").says(reply)
    assert visit.loop is None
    assert COACH.signs["sharp_pain"].say.split(".")[0] in visit.text


def test_an_old_no_does_not_answer_another_question_of_the_body() -> None:
    visit = Visit().at_step("toe_raises").says("…", "pain")
    old = visit.buttons[BUTTONS["no"]]
    visit.presses(BUTTONS["no"]).says("…", "numb").sends(old)
    assert COACH.signs["numb"].ask in visit.text


def test_a_yes_to_whether_something_is_wrong_does_not_go_on() -> None:
    visit = Visit().at_step("toe_raises")
    visit.slots["exercise"]["stage"] = Stage.DOUBT.value
    visit.says("yes", "yes")
    assert COACH.signs["pain"].ask in visit.text


@pytest.mark.parametrize("stage", ["effort", "pain", "consent"])
def test_a_grave_sign_is_heard_after_the_exercise_too(stage: str) -> None:
    visit = Visit().at_step("toe_raises")
    visit.slots["exercise"] |= {"stage": stage, "exercise": None}
    visit.says("I feel dizzy now")
    assert COACH.signs["dizzy"].say.split(".")[0] in visit.text
    assert visit.state["limits"] == ["not_today"]


def test_a_sign_during_a_pause_is_heeded() -> None:
    visit = Visit().at_step("toe_raises").says("hang on", "pause").says("it hurts")
    assert COACH.signs["pain"].ask in visit.text


def test_a_limit_that_a_sign_sets_late_holds_for_hours() -> None:
    visit = Visit().at_step("toe_raises")
    visit.slots["exercise"]["checked_at"] -= 5.9 * 60 * 60
    visit.says("…", "fell")
    visit.slots["exercise"]["checked_at"] -= 60 * 60
    visit.begins("toe raises")
    assert visit.loop is None


def test_the_button_it_hurts_asks_how_bad_it_is() -> None:
    visit = Visit().at_step("toe_raises").presses(BUTTONS["pain"])
    assert COACH.signs["pain"].ask in visit.text


def test_after_pain_no_exercise_is_offered_today() -> None:
    visit = Visit().at_step("toe_raises").says("…", "sharp_pain").begins("heel raises")
    assert visit.text == COACH.texts["rest_today"]


@pytest.mark.parametrize(
    "text",
    ["it hurts", "ow my ankle hurts", "I feel dizzy", "my calf is cramping", "I'm light headed"],
)
@pytest.mark.parametrize("command", ["next", "count", "yes", "harder", "resume"])
def test_a_sign_in_plain_words_is_never_taken_for_a_command(text: str, command: str) -> None:
    assert HEARER.hear(text, [(text, [(command, 0.69)])], asks=False).sign is not None


def test_in_one_part_of_a_message_the_body_speaks() -> None:
    whole = ("did seven, then oof", [("count", 0.9)])
    parts = [whole, ("did seven", [("count", 0.95)]), ("oof", [("pain", 0.9)])]
    heard = HEARER.hear(whole[0], parts, asks=False)
    assert heard.sign is not None
    assert heard.sign.id == "pain"


def test_a_likeness_to_a_sign_is_asked_about_and_not_passed_over() -> None:
    heard = HEARER.hear("hmm", [("hmm", [("next", 0.6), ("dizzy", 0.3)])], asks=False)
    assert heard.doubt
    assert heard.command is None


def test_a_part_that_denies_a_sign_in_words_no_list_has_is_no_sign() -> None:
    whole = ("done and not even puffed", [("breathless", 0.6), ("next", 0.4)])
    parts = [whole, ("done", [("next", 0.9)]), ("and not even puffed", [("breathless", 0.9)])]
    assert HEARER.hear(whole[0], parts, asks=False).command == "next"


def test_a_cramp_that_has_passed_is_no_cramp() -> None:
    whole = ("the cramp is gone now, carry on", [("resume", 0.8), ("cramp", 0.1)])
    assert HEARER.hear(whole[0], [whole], asks=False).command == "resume"


@pytest.mark.parametrize(
    ("text", "sign"), [("no pain at all, next", "sharp_pain"), ("done, no dizziness", "dizzy")]
)
def test_what_is_denied_is_no_sign(text: str, sign: str) -> None:
    heard = HEARER.hear(text, [(text, [(sign, 0.5), ("next", 0.4)])], asks=False)
    assert heard.sign is None
    assert heard.command == "next"
