"""Messages used for measuring are not messages used for training."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.nlu.text import normalise
from content import load
from content.examples import labelled_examples
from gate.heldout.questions import HELDOUT, VALIDATION, others, topics, unseen


def texts(folder: Path) -> set[str]:
    return {normalise(m.text) for m in unseen(topics(folder) + others(folder), folder)}


@pytest.mark.parametrize("folder", [HELDOUT, VALIDATION], ids=lambda folder: folder.name)
def test_no_measured_message_is_a_training_example(folder: Path) -> None:
    assert not texts(folder) & {normalise(text) for _, text in labelled_examples(load())}


def test_the_gate_is_not_tuned_on_held_out_messages() -> None:
    assert not texts(HELDOUT) & texts(VALIDATION)


def test_enough_messages_are_left() -> None:
    by_topic: dict[str, int] = {}
    for message in unseen(topics(HELDOUT), HELDOUT):
        by_topic[message.label] = by_topic.get(message.label, 0) + 1
    assert len(by_topic) == len(load().topics)
    assert min(by_topic.values()) >= 8
    assert len(unseen(others(HELDOUT), HELDOUT)) >= 300
