"""The same message in other voices."""

from __future__ import annotations

import random
import string

import pytest
from rapidfuzz.distance import OSA

from lab.understanding.perturb import ERROR_RATE, PERTURBATIONS, perturbed, typos

TEXT = "Can't I drive my mum's car - with a moulded brace, on the left foot?"


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_a_voice_is_the_same_each_time(name: str) -> None:
    assert perturbed(TEXT, name) == perturbed(TEXT, name)


@pytest.mark.parametrize("name", [name for name in PERTURBATIONS if name != "typos"])
def test_every_voice_changes_the_message(name: str) -> None:
    assert perturbed(TEXT, name) != TEXT


def test_typos_are_as_frequent_as_people_leave_them() -> None:
    draw = random.Random(1)
    texts = ["".join(draw.choices(string.ascii_lowercase + " ", k=75)) for _ in range(2000)]
    slips = sum(OSA.distance(text, typos(text, draw)) for text in texts)
    assert slips / (75 * len(texts)) == pytest.approx(ERROR_RATE, rel=0.15)


def test_lost_spaces_lose_nothing_else() -> None:
    found = perturbed(TEXT, "lost spaces")
    assert found.replace(" ", "") == TEXT.replace(" ", "")
    assert found.count(" ") < TEXT.count(" ")


def test_what_is_dictated_has_no_signs_and_keeps_its_words() -> None:
    found = perturbed(TEXT, "dictated")
    assert not set(found) & set(string.punctuation + string.ascii_uppercase)
    assert {"cant", "drive", "mums", "moulded", "foot"} <= set(found.split())


def test_spelling_is_changed_both_ways() -> None:
    assert "mom's" in perturbed(TEXT, "other spelling")
    assert "molded" in perturbed(TEXT, "other spelling")
    assert perturbed("a gray curb", "other spelling") == "a grey kerb"


def test_the_question_stands_at_the_end_of_the_story() -> None:
    found = perturbed(TEXT, "after a story")
    assert found.endswith(TEXT)
    assert len(found) > 3 * len(TEXT)
