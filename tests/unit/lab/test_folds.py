"""Variations of one phrase stay in one fold."""

from __future__ import annotations

from gate.understanding.variations import groups
from lab.understanding.folds import folds

TEXTS = [
    "how long does it take",
    "how long does it take then",
    "so how long does it take then",
    "can I drive with a brace",
    "who do I see about it",
    "Can I drive, with a brace?",
]


def test_variations_share_a_group_also_through_one_between_them() -> None:
    found = groups(TEXTS[:4], ["a"] * 4)
    assert found[0] == found[1] == found[2] != found[3]


def test_variations_under_two_labels_are_kept_apart_but_equal_texts_are_not() -> None:
    found = groups([TEXTS[0], TEXTS[1], TEXTS[3], TEXTS[5]], ["a", "b", "a", "b"])
    assert found[0] != found[1]
    assert found[2] == found[3]


def test_no_group_is_torn_and_each_text_is_left_out_once() -> None:
    words = ["ankle", "brace", "calf", "dose", "energy", "fall", "gait", "heel", "insole", "joint"]
    plain = [f"{one} {two}" for one in words for two in words if one < two]
    texts = plain + [f"{text}s please" for text in plain]
    labels = [text.split()[0] for text in texts]
    known = groups(texts, labels)
    found = folds(texts, labels, 3)
    assert sorted(int(place) for fold in found for place in fold) == list(range(len(texts)))
    homes = [{int(known[place]) for place in fold} for fold in found]
    assert sum(map(len, homes)) == len(set.union(*homes))
    assert len(set(known.tolist())) > 3
