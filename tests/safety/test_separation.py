"""Messages that safety is measured on were learnt by nothing, and chose nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from gate.heldout.questions import VALIDATION as TOPICS_VALIDATION
from tests.safety.messages import (
    HELDOUT,
    TOPICS,
    VALIDATION,
    asked,
    learnt,
    near_misses,
    ordinary,
    plain,
    positives,
    written,
)
from triage import Level
from triage.load import load

# Now and then two writers hit on the same few words. Such messages are left out when safety is
# measured; but whoever copies messages from one side to the other makes these numbers rise.
# They may only fall.
LEARNT_ANYWAY = {"held out": 29, "validation": 13, "topics": 105, "topics validation": 57}
CHOSEN_ANYWAY = 11
FOLDERS = {
    "held out": lambda: written(HELDOUT),
    "validation": lambda: written(VALIDATION),
    "topics": lambda: asked(TOPICS),
    "topics validation": lambda: asked(TOPICS_VALIDATION),
}


def words(texts: Iterable[str]) -> set[str]:
    return {plain(text) for text in texts}


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_message_kept_apart_was_copied_into_what_is_learnt(folder: str) -> None:
    both = [text for text in FOLDERS[folder]() if plain(text) in learnt()]
    assert len(both) <= LEARNT_ANYWAY[folder], both


def test_no_held_out_message_was_copied_into_what_bars_are_chosen_on() -> None:
    held_out = words(written(HELDOUT) + asked(TOPICS))
    both = held_out & words(written(VALIDATION) + asked(TOPICS_VALIDATION))
    assert len(both) <= CHOSEN_ANYWAY, both


def test_what_was_learnt_anyway_is_not_measured() -> None:
    measured = positives() + near_misses() + ordinary()
    assert not words(message.text for message in measured) & learnt()


def test_examples_of_topics_and_of_small_talk_count_as_learnt() -> None:
    assert {plain("what is foot drop"), plain("hello")} <= learnt()


def test_enough_messages_are_left() -> None:
    alarming = [m for m in positives() if m.level.rank >= Level.URGENT.rank]
    assert len(alarming) >= 400
    assert {message.group for message in positives()} == set(load().flags)
    assert len(near_misses()) >= 400
    assert len(ordinary()) >= 1600
