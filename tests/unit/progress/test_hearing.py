"""What patients say of what they can do, of what got better, and of erasing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.progress import hearing
from content.progress import the_progress

WORDS = the_progress().words


@pytest.mark.parametrize(
    ("text", "able"),
    [
        ("more", "more"),
        ("a bit better", "more"),
        ("stairs are easier", "more"),
        ("the same", "same"),
        ("about the same", "same"),
        ("no better", "same"),
        ("not worse", "same"),
        ("no more than before", "same"),
        ("I can't do more", "same"),
        ("less", "less"),
        ("worse", "less"),
        ("I can't do as much", "less"),
        ("more tired", None),
        ("no", None),
        ("", None),
    ],
)
def test_more_the_same_and_less_are_told_apart(text: str, able: str | None) -> None:
    assert hearing.function(text, WORDS) == able


def test_better_at_one_thing_and_worse_at_another_is_less() -> None:
    assert hearing.function("better on stairs but worse at walking", WORDS) == "less"


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("balance", {"balance"}),
        ("strength and balance", {"balance", "strength"}),
        ("it is less numb, and not so stiff", {"feeling", "stiffness"}),
        ("the stiffness is gone", {"stiffness"}),
        ("all of them", {"balance", "strength", "feeling", "stiffness"}),
        ("none of these", set()),
    ],
)
def test_signs_of_healing_are_named_freely(text: str, signs: set[str]) -> None:
    told = hearing.healing(text, WORDS)
    assert told is not None
    assert set(told) == signs


@pytest.mark.parametrize(
    "text", ["it is still numb", "not the balance", "more numbness", "all but the stiffness", "eh"]
)
def test_what_is_bad_or_left_out_is_no_sign_of_healing(text: str) -> None:
    assert hearing.healing(text, WORDS) is None


def test_what_got_worse_leaves_what_got_better() -> None:
    told = hearing.healing("my balance is better but my strength is worse", WORDS)
    assert told == frozenset({"balance"})


@pytest.mark.parametrize("text", ["yes but not the falls", "yes, keep it", "wait"])
def test_a_yes_with_a_but_is_no_plain_yes(text: str) -> None:
    assert not hearing.is_plain_yes(text, WORDS)


@given(st.text())
def test_any_text_can_be_heard(text: str) -> None:
    assert hearing.function(text, WORDS) in (None, "more", "same", "less")
    assert (hearing.healing(text, WORDS) or frozenset()) <= set(hearing.SIGNS)
