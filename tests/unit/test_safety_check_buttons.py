"""Buttons of the safety check that are pressed late: each answers its own question or none."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker

from actions import elsewhere
from actions.safety import course

from .checking import AFFIRM, CHECK, DENY, NOT_SURE, Check, asks, at


def pressed_late(act: str) -> Check:
    """The check at its second question, where the first one's button is pressed again."""
    check = Check()
    button = check.payload(act)
    return check.presses(DENY).takes(button)


@pytest.mark.parametrize("act", [DENY, NOT_SURE])
def test_a_second_tap_does_not_answer_the_next_question(act: str) -> None:
    check = pressed_late(act)
    assert asks(check, "saddle")
    assert CHECK.texts["late"] in check.text
    assert check.answers == {"stroke": "no"}


def test_a_late_yes_is_a_yes_to_its_own_question() -> None:
    check = pressed_late(AFFIRM)
    assert (check.at, check.last["level"]) == (None, "emergency")
    assert check.answers == {"stroke": "yes"}
    assert course.question(CHECK, "stroke").outcomes["yes"].reason in check.text


def test_a_late_yes_to_what_is_urgent_is_kept_while_graver_questions_are_asked() -> None:
    check = at("injury")
    button = check.payload(AFFIRM)
    check.presses(DENY).takes(button)
    assert asks(check, "risks")
    assert check.answers["injury"] == "yes"
    check.presses(DENY)
    assert course.question(CHECK, "injury").ask_rest in check.text
    assert check.presses(DENY).last["level"] == "urgent"


def test_tapping_yes_twice_does_not_say_yes_to_the_graver_half() -> None:
    check = at("injury")
    button = check.payload(AFFIRM)
    check.takes(button).takes(button)
    assert course.question(CHECK, "injury").ask_rest in check.text
    assert check.payload(AFFIRM) != button
    assert check.presses(AFFIRM).last["level"] == "emergency"


def test_a_late_yes_to_the_graver_half_is_an_emergency() -> None:
    check = at("injury").presses(AFFIRM)
    button = check.payload(AFFIRM)
    assert check.types("go back").takes(button).last["level"] == "emergency"


def test_after_the_result_no_tapped_twice_says_it_again_and_a_late_yes_counts() -> None:
    check = Check()
    first = check.payload(AFFIRM)
    for _ in range(4):
        check.presses(DENY)
    last = check.payload(DENY)
    result = check.takes(last).text
    assert check.takes(last).text == result
    assert check.takes(first).last["level"] == "emergency"


def test_none_of_these_below_another_message_is_no_answer_to_the_check() -> None:
    check = at("saddle").types(DENY, DENY, label=DENY, confidence=1.0)
    assert asks(check, "saddle")
    assert "saddle" not in check.answers


def test_a_button_of_a_question_there_is_no_more_never_says_no() -> None:
    assert asks(at("saddle").takes("act:deny:gone"), "saddle")


def test_the_id_on_a_pressed_button_is_not_read_as_the_patients_words() -> None:
    check = Check()
    check.presses(DENY).presses(DENY)
    assert asks(check, "spreading")
    check.types("my face droops", "choose", label="causes/stroke", topic="causes/stroke")
    assert check.answers == {"stroke": "no", "saddle": "no"}


def test_nor_when_a_check_begins() -> None:
    typed = {"event": "user", "text": "what is it", "parse_data": {"intent": {"name": "causes"}}}
    chosen = {"event": "user", "text": "causes/it", "parse_data": {"intent": {"name": "choose"}}}
    tracker = Tracker("p", {}, {}, [typed, chosen], False, None, {}, None)
    assert elsewhere.typed(tracker) == ["what is it"]
