"""The coach's hearing may only get better."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.nlu.text import normalise
from tests.coach.measure import (
    HELDOUT,
    ONWARD,
    VALIDATION,
    Heard,
    ears,
    heard,
    learnt,
    messages,
)

UNDERSTOOD, UNSEEN = 0.965, 0.95
ALIKE = {HELDOUT: 564, VALIDATION: 185}
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
    assert len(led_on) <= 1, led_on


def test_what_nobody_wrote_to_learn_from_is_understood_too(found: list[Heard]) -> None:
    apart = [one for one in found if normalise(one.text) not in learnt()]
    assert sum(one.right for one in apart) / len(apart) >= UNSEEN


@pytest.mark.parametrize("file", [HELDOUT, VALIDATION], ids=["heldout", "validation"])
def test_no_more_messages_than_before_are_among_those_to_learn_from(file: Path) -> None:
    alike = [text for _, text in messages(file) if normalise(text) in learnt()]
    assert len(alike) <= ALIKE[file], len(alike)
