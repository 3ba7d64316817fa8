"""The laboratory's own messages out of scope are nobody else's."""

from __future__ import annotations

from collections import Counter

from rapidfuzz import fuzz, process

from assistant.nlu.text import normalise
from content import load
from content.examples import labelled_examples
from gate.heldout.questions import HELDOUT, VALIDATION, aspects, others, topics
from gate.understanding.variations import ALIKE
from lab.understanding.data import own


def test_no_stranger_is_like_a_message_of_another_set() -> None:
    measured = [
        message.text
        for folder in (HELDOUT, VALIDATION)
        for message in (*topics(folder), *others(folder), *aspects(folder))
    ]
    known = {normalise(text) for text in measured}
    known |= {normalise(text) for _, text in labelled_examples(load())}
    strangers = [normalise(text) for _, text in own()]
    alike = process.cdist(
        strangers, sorted(known), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE
    )
    assert [text for text, row in zip(strangers, alike, strict=True) if row.any()] == []


def test_no_stranger_stands_twice() -> None:
    counted = Counter(normalise(text) for _, text in own())
    assert [text for text, count in counted.items() if count > 1] == []


def test_there_are_strangers_enough_of_each_kind() -> None:
    kinds = Counter(kind for kind, _ in own())
    assert sum(kinds.values()) >= 400
    assert min(kinds.values()) >= 20
