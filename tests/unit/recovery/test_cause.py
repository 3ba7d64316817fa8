"""Which cause a patient names."""

from __future__ import annotations

import pytest

from actions.recovery.cause import Finder

from .talking import RECOVERY

FINDER = Finder(RECOVERY.causes, RECOVERY.words["doubt"])


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("a trapped nerve", "nerve"), ("peronial nerve", "nerve"), ("I cross my legs", "nerve"),
        ("plaster cast on my leg", "nerve"), ("slipd disc", "disc"), ("siatica", "disc"),
        ("trapped nerve in my back", "disc"), ("the L5", "disc"), ("hip replacement", "operation"),
        ("I had a new knee", "operation"), ("storke", "stroke"), ("my mum had a stroke", "stroke"),
        ("MS", "ms"), ("mutliple sclerosis", "ms"), ("I'm diabetic", "diabetes"),
        ("diabetis", "diabetes"), ("something else", "other"), ("Charcot Marie Tooth", "other"),
        ("nobody knows", "unknown"), ("still waiting for the scan", "unknown"),
        ("they haven't told me", "unknown"), ("the doctors do not know", "unknown"),
    ],
)  # fmt: skip
def test_a_cause_is_known_by_patients_words(text: str, cause: str) -> None:
    assert FINDER.named(text) == (cause,)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("operation on my disc", "disc"),
        ("nerve hurt in the knee operation", "operation"),
        ("stroke after my hip operation", "stroke"),
    ],
)
def test_of_two_causes_the_one_that_tells_more_stands(text: str, cause: str) -> None:
    assert FINDER.named(text) == (cause,)


def test_two_causes_of_one_rank_are_both_named() -> None:
    assert FINDER.named("I have MS and diabetes") == ("ms", "diabetes")


def test_a_cause_that_is_denied_is_not_named() -> None:
    assert FINDER.named("I do not have MS, it was a stroke") == ("stroke",)


@pytest.mark.parametrize("text", ["", "purple elephants", "since march", "the other foot", "?"])
def test_what_names_no_cause_gives_none(text: str) -> None:
    assert FINDER.named(text) == ()


def test_only_a_guess_is_known_as_one() -> None:
    assert FINDER.doubts("maybe a disc")
    assert not FINDER.doubts("a disc")
