"""Choosing by words among the buttons just offered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.offers import chosen_by_words

TITLES = {"a/first": "Kinds of brace", "b/second": "What's FES?", "c/third": "Surgery"}
OFFERED = tuple(TITLES)


def chosen(text: str, offered: tuple[str, ...] = OFFERED) -> str | None:
    return chosen_by_words(text, offered, TITLES.__getitem__)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("the first one", "a/first"),
        ("1", "a/first"),
        ("one", "a/first"),
        ("option one", "a/first"),
        ("Number 1 please", "a/first"),
        ("the second one please", "b/second"),
        ("yes, the 2nd", "b/second"),
        ("two", "b/second"),
        ("B", "b/second"),
        ("I meant the third", "c/third"),
        ("the last one", "c/third"),
    ],
)
def test_a_place_names_the_button_there(typed: str, expected: str) -> None:
    assert chosen(typed) == expected


@pytest.mark.parametrize("typed", ["kinds of brace", "Kinds of brace.", "KINDS  OF  BRACE"])
def test_a_title_typed_out_names_its_button(typed: str) -> None:
    assert chosen(typed) == "a/first"


def test_a_title_is_known_without_its_apostrophe() -> None:
    assert chosen("whats fes") == "b/second"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "yes",
        "no",
        "that one",
        "not the first",
        "the fourth one",
        "brace",
        "my first fall was on the second step",
    ],
)
def test_what_names_no_button_chooses_none(typed: str) -> None:
    assert chosen(typed) is None


def test_a_place_beyond_the_buttons_chooses_none() -> None:
    assert chosen("the third", OFFERED[:2]) is None


@pytest.mark.parametrize("typed", ["the last one", "1", "the first"])
def test_without_buttons_nothing_is_chosen(typed: str) -> None:
    assert chosen(typed, ()) is None


@given(st.text(), st.lists(st.sampled_from(OFFERED), unique=True).map(tuple))
def test_only_what_was_offered_can_be_chosen(typed: str, offered: tuple[str, ...]) -> None:
    assert chosen(typed, offered) in (None, *offered)
