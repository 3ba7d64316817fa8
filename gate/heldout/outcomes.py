"""Counting what became of messages, with intervals."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.nlu.gate import Decision
from assistant.nlu.understanding import Understanding
from gate.heldout.questions import Message

RIGHT, ASKED, WRONG, MISSED = "right topic", "right question", "wrong with confidence", "missed"
EXACT, HANDLED, ANSWERED = "right act", "refused or handled", "answered as a topic"
# A message about nothing we know is handled by any of these; which one hardly matters.
REFUSALS = {
    "out_of_scope",
    "medical_unknown",
    "medicine_change",
    "unclear_help",
    "other_language",
    "insult",
}


@dataclass(frozen=True)
class Share:
    """A share of messages with its 95% Wilson interval (Wilson 1927)."""

    count: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.count / self.total if self.total else 0.0

    def interval(self, z: float = 1.96) -> tuple[float, float]:
        """The Wilson score interval."""
        n, p = self.total, self.value
        if not n:
            return 0.0, 1.0
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, centre - half), min(1.0, centre + half)

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.value:.1%} ({low:.1%} to {high:.1%}; {self.count} of {self.total})"


def topic_outcome(message: Message, understood: Understanding) -> str:
    """What became of a message that a topic answers."""
    if understood.topic is not None:
        return RIGHT if understood.topic in message.accepted else WRONG
    if understood.decision is Decision.CLARIFY and message.accepted & set(understood.candidates):
        return ASKED
    return MISSED


def other_outcome(message: Message, understood: Understanding) -> str:
    """What became of a message that no topic answers."""
    if understood.topic is not None:
        return ANSWERED
    if understood.decision is Decision.ANSWER and understood.label == message.label:
        return EXACT
    refused = understood.decision is Decision.FALLBACK or (
        understood.decision is Decision.ANSWER and understood.label in REFUSALS
    )
    asked = understood.decision is Decision.CLARIFY
    if message.label in REFUSALS:
        return HANDLED if refused or (asked and message.label == "unclear_help") else MISSED
    return MISSED


def shares(outcomes: Iterable[str]) -> dict[str, Share]:
    """How often each outcome came."""
    counted = Counter(outcomes)
    return {name: Share(count, counted.total()) for name, count in counted.items()}
