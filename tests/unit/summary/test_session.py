"""What a conversation's events hold: typed messages, and the result of the safety check."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.summary import session
from content.summary import Heading

from ..checking import AFFIRM, CHECK, DENY, NOT_SURE, at
from ..checking import Check as SafetyTalk
from .reviewing import LOOP, SUMMARY


def typed(text: str, intent: str = "nlu_fallback") -> dict[str, Any]:
    return {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}}}


def slots(talk: SafetyTalk) -> list[dict[str, Any]]:
    """The events of a safety check, as far as they matter."""
    return [SlotSet("safety_check", talk.slots["safety_check"])]


def line(events: list[dict[str, Any]]) -> str | None:
    found = session.checked(events, CHECK, SUMMARY)
    assert all((one.heading, one.quoted) == (Heading.CHECK, False) for one in found)
    return found[0].text if found else None


def test_typed_messages_come_in_order_without_buttons() -> None:
    events = [
        typed("my foot drags"),
        {"event": "bot", "text": "I see"},
        typed("causes/stroke", "choose"),
        typed("affirm:stroke", "choose"),
        typed("safety_check", "safety_check"),
        typed("recovery:cause:stroke", "recovery"),
        typed("  "),
        {"event": "user", "text": None},
        typed("and my toes are numb", "early_signs"),
    ]
    assert session.typed(events) == ["my foot drags", "and my toes are numb"]


def test_what_was_said_about_an_earlier_draft_is_no_symptom() -> None:
    events = [
        typed("my foot drags"),
        ActiveLoop(LOOP),
        typed("remove the line that I fell"),
        ActiveLoop(None),
        typed("I fell on Sunday"),
    ]
    assert session.typed(events) == ["my foot drags", "I fell on Sunday"]


def test_what_was_answered_in_the_safety_check_counts() -> None:
    events = [ActiveLoop("action_safety_check"), typed("no but my leg is swollen")]
    assert session.typed(events) == ["no but my leg is swollen"]


@pytest.mark.parametrize(
    ("question", "act", "level"),
    [("saddle", AFFIRM, "emergency"), ("risks", AFFIRM, "urgent")],
)
def test_the_result_of_a_check_is_a_level_and_its_reason(
    question: str, act: str, level: str
) -> None:
    talk = at(question).presses(act)
    reason = next(one for one in CHECK.questions if one.id == question).outcomes["yes"].reason
    assert line(slots(talk)) == f"{SUMMARY.levels[talk.last['level']]} {reason}"
    assert talk.last["level"] == level


def test_five_times_no_is_told_as_the_check_told_it() -> None:
    talk = at("risks").presses(DENY)
    found = line(slots(talk))
    assert found is not None
    assert "week or two" in found
    assert "none of the warning signs" in found
    assert "none of the warning signs" in talk.text


def test_the_reason_is_one_that_was_said() -> None:
    talk = at("injury").presses(NOT_SURE).presses(DENY)
    found = line(slots(talk))
    assert found is not None
    assert found.removeprefix(SUMMARY.levels[talk.last["level"]]).strip() in talk.text


def test_a_check_that_was_broken_off_says_nothing() -> None:
    talk = at("spreading")
    assert line(slots(talk)) is None
    assert line([*slots(talk), SlotSet("safety_check", None)]) is None


def test_the_last_check_that_came_to_its_end_counts() -> None:
    first, second = at("saddle").presses(AFFIRM), at("risks").presses(DENY)
    found = line([*slots(first), *slots(second), *slots(at("saddle"))])
    assert found is not None
    assert "week or two" in found


def test_without_a_check_and_with_broken_slots_there_is_no_line() -> None:
    values: list[Any] = ["x", 7, {"at": None}, []]
    broken = [SlotSet("safety_check", value) for value in values]
    assert line(broken) is None
    assert session.checked(slots(at("saddle").presses(AFFIRM)), None, SUMMARY) == []
