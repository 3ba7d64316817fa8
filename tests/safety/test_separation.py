"""Messages that safety is measured on were learnt by nothing, and chose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.safety.messages import (
    HELDOUT,
    VALIDATION,
    learnt,
    near_misses,
    ordinary,
    plain,
    positives,
)
from triage import Level
from triage.load import load


def texts(folder: Path) -> set[str]:
    return {plain(message.text) for message in positives(folder) + near_misses(folder)}


@pytest.mark.parametrize("folder", [HELDOUT, VALIDATION], ids=lambda folder: folder.name)
def test_no_measured_message_was_learnt(folder: Path) -> None:
    assert not texts(folder) & learnt()


def test_bars_were_chosen_on_no_measured_message() -> None:
    assert not texts(HELDOUT) & texts(VALIDATION)


def test_no_ordinary_message_was_learnt() -> None:
    assert not {plain(message.text) for message in ordinary()} & learnt()


def test_enough_messages_are_left() -> None:
    alarming = [m for m in positives() if m.level.rank >= Level.URGENT.rank]
    assert len(alarming) >= 400
    assert {message.group for message in positives()} == set(load().flags)
    assert len(near_misses()) >= 400
    assert len(ordinary()) >= 1600
