"""The second opinion: the network that comes with the library."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage import Level
from triage.opinion import (
    ENDS,
    WINDOW,
    WINDOWS,
    Label,
    _chosen,
    _telling,
    _windows,
    opinion,
)


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


def test_windows_cover_every_piece() -> None:
    for length in (0, 1, WINDOW, WINDOW + 1, 500, 1500, 20_000):
        windows = _windows(length)
        covered = {at for start, end in windows for at in range(start, end)}
        assert covered == set(range(length))


FILLER = "I like my garden and the birds in it. " * 1_300
ALARM = "Half of my mum's face just fell and her speech is all slurry. "


def test_of_a_very_long_text_the_place_it_is_told_of_is_read() -> None:
    for share in (0.1, 0.37, 0.5, 0.82):
        cut = round(len(FILLER) * share)
        text = FILLER[:cut] + ALARM + FILLER[cut:]
        assert opinion().judge(text, [(cut, cut + len(ALARM))]).alarm > 0.5


def test_of_a_very_long_text_both_ends_are_read_unasked() -> None:
    assert opinion().judge(ALARM + FILLER).alarm > 0.5
    assert opinion().judge(FILLER + ALARM).alarm > 0.5


def test_it_says_whether_it_read_every_place_it_was_told_of() -> None:
    places = [(at, at + 9) for at in range(0, len(FILLER), 1_000)]
    assert opinion().judge(FILLER, places[:WINDOWS]).complete
    assert not opinion().judge(FILLER, places).complete
    assert opinion().judge(FILLER[:4_000], places[:4]).complete


def test_of_too_many_windows_those_told_of_come_first_then_the_ends_then_the_rest() -> None:
    few = _chosen(500, {77, 333})
    assert {77, 333} <= set(few)
    assert {*range(ENDS), *range(500 - ENDS, 500)} <= set(few)
    assert max(later - sooner for sooner, later in pairwise(few)) < 60
    assert set(_chosen(500, range(100, 100 + WINDOWS))) == set(range(100, 100 + WINDOWS))


@given(st.sets(st.integers(0, 99)), st.integers(WINDOWS + 1, 100))
def test_as_many_windows_are_read_as_there_is_time_for(told: set[int], count: int) -> None:
    chosen = _chosen(count, {at for at in told if at < count})
    assert len(chosen) == len(set(chosen)) == WINDOWS
    assert set(chosen) <= set(range(count))


def test_where_no_word_speaks_for_a_flag_none_is_quoted() -> None:
    quiet, loud = np.array([-1, -2], np.float32), np.array([-1, 2], np.float32)
    assert _telling("my foot", [(0, 2), (3, 7)], quiet) == ""
    assert _telling("my foot", [(0, 2), (3, 7)], loud) == "foot"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_judged(text: str) -> None:
    assert 0 <= opinion().judge(text).alarm <= 1.0001
