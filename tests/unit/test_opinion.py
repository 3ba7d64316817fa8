"""The second opinion: the network that comes with the library."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage import Level
from triage.opinion import WINDOW, WINDOWS, Label, _windows, opinion


def test_the_chances_of_a_text_are_probabilities() -> None:
    judged = opinion().judge("my face droops and I cannot speak")
    assert all(0 <= chance <= 1 for chance in judged.chances.values())
    assert 0 <= judged.alarm <= 1.0001


def test_it_tells_a_stroke_from_a_question_about_braces() -> None:
    stroke = opinion().judge("half of mums face just fell and her speech is all slurry")
    brace = opinion().judge("which brace fits into a normal shoe?")
    assert stroke.alarm > 0.8
    assert brace.alarm < 0.1
    assert max(stroke.chances, key=lambda label: stroke.chances[label]) == Label(
        "stroke", Level.EMERGENCY
    )


def test_the_words_that_speak_most_are_those_of_the_text() -> None:
    text = "Hello there, I have a question on shoes. My face is drooping on one side."
    judged = opinion().judge(text)
    assert judged.words[Label("stroke", Level.EMERGENCY)] in text


@pytest.mark.parametrize("filler", ["I like my garden and the birds in it. ", "shoe "])
def test_a_flag_is_seen_at_the_end_of_a_long_text(filler: str) -> None:
    judged = opinion().judge(filler * 40 + "My face has dropped on one side and I cannot speak.")
    assert judged.alarm > 0.5


def test_windows_cover_every_piece_and_are_not_too_many() -> None:
    for length in (0, 1, WINDOW, WINDOW + 1, 500, 1500):
        windows = _windows(length)
        covered = {at for start, end in windows for at in range(start, end)}
        assert covered == set(range(length))
    assert len(_windows(1_000_000)) == WINDOWS


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_judged(text: str) -> None:
    assert 0 <= opinion().judge(text).alarm <= 1.0001
