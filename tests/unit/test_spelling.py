"""Words are read as they were meant; what anybody knows is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.spelling import Speller
from content import load

EXAMPLES = ["how long does foot drop last", "my splint rubs my ankle", "can physiotherapy help"] * 3


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(EXAMPLES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wat helps my splnt", "wat helps my splint"),
        ("physiotherpy", "physiotherapy"),
        ("howlongdoes it last", "how long does it last"),
        ("it is onthe leftside", "it is on the left side"),
        ("my Ankel or FOOT", "my ankle or FOOT"),
    ],
)
def test_slips_are_mended_and_joined_words_parted(speller: Speller, typed: str, meant: str) -> None:
    assert speller.mend(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("the number of my splint", "can't lift it", "AFO", "bothersome", "qzxvkj", "x" * 500, ""),
        *("does KAFO fit", "wann wird es besser", "puedo nadar", "can i take ketamine"),
    ],
)
def test_known_words_short_ones_and_those_like_none_stay(speller: Speller, text: str) -> None:
    assert speller.mend(text) == text


def test_words_that_the_editors_name_stay_as_they_are() -> None:
    stay = load().words
    assert {"lyrica", "couldt", "sucidal"} <= stay
    named = Speller(EXAMPLES, stay)
    assert {word for word in stay if named.mend(f"it is {word}") != f"it is {word}"} == set()


def test_a_word_of_the_examples_is_known_however_rare() -> None:
    assert Speller(["the exoband"]).mend("exoband") == "exoband"
    assert Speller([]).mend("exoband") != "exoband"


@given(st.text(max_size=80))
def test_any_text_is_read_and_what_is_no_word_stays(speller: Speller, text: str) -> None:
    mended = speller.mend(text)
    assert [sign for sign in mended if not sign.isalpha() and sign != " "] == [
        sign for sign in text if not sign.isalpha() and sign != " "
    ]
