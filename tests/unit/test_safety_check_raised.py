"""The safety check knows of the red flags that the gateway has told the patient of."""

from __future__ import annotations

from typing import Any

import pytest

from actions.safety import course

from .checking import CHECK, DENY, Check, asks, at

EMERGENCIES = ["stroke", "cauda_equina", "limb_threat", "chest_pain_pe", "overdose_withdrawal"]


@pytest.mark.parametrize("flag", [*EMERGENCIES, "a_flag_that_no_question_knows"])
def test_an_emergency_that_was_told_is_said_at_once_without_a_question(flag: str) -> None:
    check = Check(raised={flag: "emergency"})
    assert (check.at, len(check.replies)) == (None, 1)
    assert (check.last["kind"], check.last["level"]) == ("escalation", "emergency")
    assert "999" in check.text.partition(".")[0]
    assert "week or two" not in check.text
    assert "none of them" not in check.text
    assert "{" not in check.text


def test_the_reason_of_an_emergency_that_a_question_asks_for_is_that_questions() -> None:
    check = Check(raised={"cauda_equina": "emergency"})
    assert course.question(CHECK, "saddle").outcomes["yes"].reason in check.text


def test_an_emergency_told_in_between_ends_the_check() -> None:
    check = at("spreading")
    check.raised = {"anaphylaxis_seizure": "emergency"}
    assert check.types("no").last["level"] == "emergency"
    assert check.at is None


@pytest.mark.parametrize("text", ["no wait, I meant no", "safety check"])
def test_after_it_neither_a_correction_nor_a_new_check_makes_it_milder(text: str) -> None:
    intent = "safety_check" if text == "safety check" else "nlu_fallback"
    check = Check(raised={"stroke": "emergency"}).types(text, intent, label=intent)
    assert check.last["level"] == "emergency"


def test_after_it_other_talk_is_answered() -> None:
    check = Check(raised={"stroke": "emergency"}).types("thank you", "thanks", label="thanks")
    assert (check.loop, check.last["kind"]) == (None, "smalltalk")


@pytest.mark.parametrize("flag", ["vision", "ms_relapse", "dvt", "sudden_foot_drop", "foot_wound"])
def test_what_was_told_as_urgent_is_never_called_less(flag: str) -> None:
    check = Check(raised={flag: "urgent"})
    while check.at is not None:
        check.presses(DENY)
    assert (check.last["kind"], check.last["level"]) == ("escalation", "urgent")
    assert "none of" not in check.text


def test_after_what_was_told_as_urgent_an_emergency_can_still_be_found() -> None:
    check = Check(raised={"ms_relapse": "urgent"})
    assert asks(check, "stroke")
    assert check.types("no").types("yes").last["level"] == "emergency"


def test_a_swollen_calf_that_was_told_is_not_asked_back() -> None:
    check = Check(raised={"dvt": "urgent"}).says("no", "no", "no")
    assert "swollen" not in check.text
    assert course.question(CHECK, "injury").ask_rest in check.text


def test_what_is_told_in_answer_to_the_open_question_answers_it_once() -> None:
    check = at("injury")
    check.raised = {"dvt": "urgent"}
    check.types("my calf is swollen and hot")
    assert course.question(CHECK, "injury").ask_rest in check.text
    assert CHECK.texts["unclear"] not in check.text


def test_what_is_urgent_is_told_with_the_reason_of_the_question_it_answers() -> None:
    check = at("risks")
    check.raised = {"foot_wound": "urgent"}
    check.types("I have an ulcer on my foot")
    assert (check.at, check.last["level"]) == (None, "urgent")
    assert course.question(CHECK, "risks").outcomes["yes"].reason in check.text


def test_after_what_is_urgent_one_can_still_stop() -> None:
    check = at("risks")
    check.raised = {"vision": "urgent"}
    assert check.types("stop").loop is None


def test_a_level_that_was_not_an_emergency_never_answers_for_one() -> None:
    check = Check(raised={"stroke": "urgent"})
    assert asks(check, "stroke")


@pytest.mark.parametrize("raised", [None, {}, [], "stroke", {"stroke": 3}, {"stroke": ["x"]}, 1])
def test_without_red_flags_that_can_be_read_the_check_begins_as_ever(raised: Any) -> None:
    check = Check(raised=raised)
    assert asks(check, "stroke")
    assert check.answers == {}
