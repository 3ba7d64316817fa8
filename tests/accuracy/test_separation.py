"""Messages used for measuring are not messages used for training."""

from __future__ import annotations

import pytest

from assistant.nlu.text import normalise
from catalogue import load
from catalogue.examples import labelled_examples
from tests.accuracy.messages import HELDOUT, VALIDATION, others, topics

SHORT = 3  # "thanks", "b12" or "is it serious" cannot be said in many ways


@pytest.mark.parametrize("folder", [HELDOUT, VALIDATION], ids=lambda folder: folder.name)
def test_no_longer_message_is_a_training_example(folder) -> None:
    trained = {normalise(text) for _, text in labelled_examples(load())}
    shared = {
        message.text
        for message in topics(folder) + others(folder)
        if normalise(message.text) in trained and len(message.text.split()) > SHORT
    }
    assert not shared


def test_held_out_and_validation_messages_differ() -> None:
    validation = {normalise(m.text) for m in topics(VALIDATION) + others(VALIDATION)}
    shared = {
        m.text
        for m in topics(HELDOUT) + others(HELDOUT)
        if normalise(m.text) in validation and len(m.text.split()) > SHORT
    }
    assert not shared
