"""What a candidate's probabilities come to in a conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np

from assistant.nlu.gate import Decision
from assistant.nlu.types import Floats
from assistant.nlu.understanding import Context, Understander, Understanding
from content import load
from gate.model import thresholds
from lab.understanding.candidate import Candidate
from lab.understanding.data import led
from lab.understanding.reading import AsRanker

LEAST, LEAD = 0.3, 0.1
"""Rasa's FallbackClassifier as `rasa init` sets it."""
NOTHING_BEFORE = Context()


class Decides(Protocol):
    """Decides on messages."""

    def understand(self, message: str, context: Context = NOTHING_BEFORE) -> Understanding:
        """What is understood and done."""


def gated(
    candidate: Candidate, temperature: float, known: dict[str, Floats] | None = None
) -> Understander:
    """The candidate in the ranker's place, behind Dorsi's gate with its own temperature."""
    gate = replace(thresholds(), temperature=temperature)
    return Understander(AsRanker(candidate, known), load(), gate)


class AsLeft:
    """The candidate behind Rasa's own fallback, as `rasa init` leaves it."""

    def __init__(self, candidate: Candidate, known: dict[str, Floats] | None = None) -> None:
        """Ask ``candidate``, but for texts whose probabilities are ``known``."""
        self._candidate = candidate
        self._known = known or {}
        self._topics = load().topics

    def understand(self, message: str, context: Context = NOTHING_BEFORE) -> Understanding:
        """The likeliest label, or a fallback; it knows no context and asks nothing."""
        row = self._known.get(message)
        if row is None:
            row = self._candidate.rank([message])[0]
        first, second = np.sort(row)[::-1][:2]
        found, labels = led(row[None], self._candidate.labels)
        label = labels[int(found[0].argmax())]
        confidence = float(min(found[0].max(), 1.0))
        if first < LEAST or first - second < LEAD:
            return Understanding(Decision.FALLBACK, label, confidence)
        return Understanding(
            Decision.ANSWER, label, confidence, label if label in self._topics else None
        )
