"""What a candidate's probabilities come to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.nlu.gate import Decision
from content import load
from lab.understanding.data import led
from lab.understanding.deciding import AsLeft

FIRST, SECOND, *_ = sorted(load().topics)
LABELS = [FIRST, SECOND, "out_of_scope"]


class Fixed:
    """A candidate that says the same of everything."""

    labels = LABELS

    def __init__(self, *row: float) -> None:
        self._row = np.array(row)

    def rank(self, texts: list[str]) -> np.ndarray:
        return np.tile(self._row, (len(texts), 1))

    def fit(self, texts: object, labels: object) -> None: ...

    def save(self, folder: Path) -> None: ...

    def load(self, folder: Path, *, remember: bool = True) -> None: ...

    def needs(self) -> list[Path]:
        return []


def test_rasas_fallback_refuses_what_is_unlikely_or_close() -> None:
    for row in ((0.29, 0.1, 0.1), (0.45, 0.36, 0.1)):
        assert AsLeft(Fixed(*row)).understand("x").decision is Decision.FALLBACK


def test_rasas_fallback_answers_everything_else() -> None:
    understood = AsLeft(Fixed(0.31, 0.2, 0.1)).understand("x")
    assert (understood.decision, understood.topic) == (Decision.ANSWER, FIRST)


def test_an_act_is_no_topic() -> None:
    assert AsLeft(Fixed(0.1, 0.1, 0.8)).understand("x").topic is None


def test_an_aspect_adds_to_the_topic_that_answers_it() -> None:
    aspect, target = next(
        (name, one.resolve(None)) for name, one in load().aspects.items() if one.resolve(None)
    )
    found, labels = led(np.array([[0.5, 0.3, 0.2]]), [f"aspect/{aspect}", str(target), "greet"])
    assert labels == sorted([str(target), "greet"])
    assert found[0, labels.index(str(target))] == pytest.approx(0.8)
