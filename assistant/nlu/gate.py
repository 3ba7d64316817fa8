"""When to answer, when to ask, when to say "I do not know": a pure decision over probabilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy.special import softmax

from assistant.nlu.types import Floats

MAX_CANDIDATES = 3


class Decision(str, Enum):
    """What to do with a message."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    FALLBACK = "fallback"


@dataclass(frozen=True)
class Thresholds:
    """Where the gate opens; tuned on validation messages, set in ``config.yml``.

    Attributes:
        temperature: what log scores are divided by, so that probabilities are calibrated
            (temperature scaling, Guo 2017, arXiv:1706.04599).
        answer: the least probability of the best label to act on it.
        margin: how much the best label must lead the next one.
        clarify: the least probability of a topic to be offered in a question.
        covered: the least probability that the offered topics hold the right one.
        act: the least probability of an act (greeting, out of scope …) to follow it.
    """

    temperature: float = 1.0
    answer: float = 0.5
    margin: float = 0.15
    clarify: float = 0.05
    covered: float = 0.3
    act: float = 0.4


@dataclass(frozen=True)
class Verdict:
    """The decision, its label (for an answer) and the candidates, best first."""

    decision: Decision
    label: str
    confidence: float
    candidates: tuple[str, ...] = ()


def probabilities(scores: Floats, thresholds: Thresholds) -> Floats:
    """Calibrated probabilities from log scores; the last axis sums to 1."""
    return np.asarray(softmax(scores / thresholds.temperature, axis=-1))


def decide(
    ranking: Sequence[tuple[str, float]],
    is_topic: Callable[[str], bool],
    thresholds: Thresholds,
) -> Verdict:
    """Decide on a message.

    Args:
        ranking: labels with their probabilities, best first.
        is_topic: tells a topic from an act.
        thresholds: where the gate opens.

    Returns:
        ANSWER with the best label, CLARIFY with one to three topics, or FALLBACK.
    """
    (best, confidence), *others = ranking
    runner_up = others[0][1] if others else 0.0
    if is_topic(best):
        if confidence >= thresholds.answer and confidence - runner_up >= thresholds.margin:
            return Verdict(Decision.ANSWER, best, confidence)
    elif confidence >= thresholds.act:
        return Verdict(Decision.ANSWER, best, confidence)
    topics = [(label, p) for label, p in ranking if is_topic(label)][:MAX_CANDIDATES]
    offered = [(label, p) for label, p in topics if p >= thresholds.clarify]
    if sum(p for _, p in offered) >= thresholds.covered:
        return Verdict(Decision.CLARIFY, best, confidence, tuple(label for label, _ in offered))
    return Verdict(Decision.FALLBACK, best, confidence)
