"""Whatever is typed into the safety check, it stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.safety import course
from actions.safety.values import ANSWERS, Said
from triage.model import Level

from .checking import AFFIRM, CHECK, FINDER, IDS, NOT_SURE, READER, Check, at


@pytest.mark.parametrize("kept", ["x", 3, [], {}, {"at": "gone", "answers": {}, "asked": []}])
def test_a_slot_that_cannot_be_read_begins_anew(kept: Any) -> None:
    assert course.read(kept, CHECK) is None


def test_a_state_survives_the_slot() -> None:
    floor = Level.URGENT
    state = course.State("saddle", {"stroke": "milder"}, ("stroke",), ("stroke",), 1, 2, floor)
    assert course.read(state.as_json(), CHECK) == state


def test_every_text_is_said_with_the_regions_numbers() -> None:
    for question in IDS:
        for act in (AFFIRM, NOT_SURE):
            assert "{" not in at(question).presses(act).text


WORDS = sorted({word for phrases in CHECK.words.values() for word in phrases})
MIXED = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
SLOWLY = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@SLOWLY
@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(READER.read(text, FINDER.told(text, "saddle").named).said, Said)


@SLOWLY
@given(st.text(alphabet="bcdfgjkqvwxz0123456789 .,!?", max_size=30))
def test_letters_without_sense_never_say_no(text: str) -> None:
    assert READER.read(text).said not in (Said.NO, Said.YES)


def unclear_texts() -> Iterator[str]:
    yield from ("blah", "the cat sat on the mat", "hmm", "¿", "12", "well", "my foot", "ok then")


@SLOWLY
@given(st.lists(st.sampled_from(list(unclear_texts())), min_size=10, max_size=10))
def test_unclear_replies_alone_end_as_urgent(texts: list[str]) -> None:
    check = Check()
    for text in texts:
        if check.at is None:
            break
        check.types(text)
    assert check.at is None
    assert check.last["level"] == "urgent"
    assert "no" not in check.answers.values()


@SLOWLY
@given(st.lists(MIXED, min_size=1, max_size=6))
def test_whatever_is_said_the_check_stays_whole(texts: list[str]) -> None:
    check = Check()
    for text in texts:
        check.types(text)
        assert check.replies
        if check.loop is None:
            return
        assert course.read(check.slots["safety_check"], CHECK) is not None


@SLOWLY
@given(MIXED)
def test_the_same_reply_over_and_over_ends_the_check(text: str) -> None:
    check = Check()
    for _ in range(60):
        check.types(text)
        if check.loop is None or check.at is None:
            return
    pytest.fail(f"{text!r} never ends it")


@SLOWLY
@given(st.lists(st.sampled_from(["yes", "no", "unsure"]), min_size=8, max_size=8))
def test_answers_never_make_the_result_milder_than_one_of_them(values: list[str]) -> None:
    state = course.begin(CHECK, {})
    highest = 0
    for value in values:
        if state.at is None:
            break
        at = state.at
        state = course.answer(CHECK, state, value)
        outcome = course.question(CHECK, at).outcomes.get(state.answers[at])
        highest = max(highest, outcome.level.rank if outcome else 0)
    assert state.at is None
    assert course.level(CHECK, state).rank == highest


def test_all_answers_are_either_asked_for_or_told() -> None:
    assert {said.value for said in ANSWERS} == {"yes", "no", "unsure"}
    assert Level.SOON in CHECK.results
