"""The coach's hearing may only get better."""

from __future__ import annotations

import pytest

from assistant.nlu.text import normalise
from content.load import load
from tests.coach.measure import HELDOUT, ONWARD, VALIDATION, Heard, ears, heard, messages

UNDERSTOOD = 0.93
ALIKE = {HELDOUT: 130, VALIDATION: 90}
"""How many short messages, such as "next", two writers both thought of; it may only fall."""


@pytest.fixture(scope="module")
def found() -> list[Heard]:
    return heard(HELDOUT)


def test_what_is_said_to_the_coach_is_understood(found: list[Heard]) -> None:
    assert sum(one.right for one in found) / len(found) >= UNDERSTOOD


@pytest.mark.parametrize("sign", ["pain", "dizzy"])
def test_pain_or_dizziness_is_never_taken_for_next(sign: str, found: list[Heard]) -> None:
    own = [one for one in found if one.label == sign]
    assert own
    assert [one.text for one in own if one.heard == "next"] == []


def test_hardly_anything_the_body_says_leads_on(found: list[Heard]) -> None:
    body = [one for one in found if one.label in ears().coach.signs]
    led_on = [one.text for one in body if one.heard in ONWARD]
    assert len(led_on) <= 4, led_on


@pytest.mark.parametrize("file", [HELDOUT, VALIDATION], ids=["heldout", "validation"])
def test_few_messages_are_among_those_to_learn_from(file) -> None:  # type: ignore[no-untyped-def]
    coach = load().coach
    assert coach is not None
    learnt = {
        normalise(example)
        for one in (*coach.commands.values(), *coach.signs.values())
        for example in one.examples
    }
    alike = [text for _, text in messages(file) if normalise(text) in learnt]
    assert len(alike) <= ALIKE[file], len(alike)
