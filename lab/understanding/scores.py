"""The figures of one candidate, out of the probabilities it gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from assistant.nlu.types import Floats
from gate.heldout.outcomes import ASKED, MISSED, RIGHT, WRONG, Share, topic_outcome
from gate.heldout.questions import Message
from lab.understanding import metrics
from lab.understanding.data import Scored, is_topic, led
from lab.understanding.deciding import Decides

ACCEPTANCE = 0.92
OFFERED = 3
STEP = 0.02
"""Between two points of a curve that are kept."""


def share(right: Sequence[bool] | Floats) -> dict[str, float]:
    """A share with its Wilson interval."""
    found = Share(int(np.sum(right)), len(right))
    low, high = found.interval()
    return {"value": found.value, "low": low, "high": high, "of": len(right)}


def firsts(probabilities: Floats, labels: list[str], scored: Scored) -> tuple[Floats, Floats]:
    """For every message the confidence of the likeliest label, and 1 where that is right."""
    found, kept = led(probabilities, labels)
    best = found.argmax(axis=1)
    right = [kept[at] in accepted for at, accepted in zip(best, scored.right, strict=True)]
    return np.minimum(found.max(axis=1), 1.0), np.array(right, dtype=float)


def answerable(probabilities: Floats, labels: list[str]) -> Floats:
    """How likely one of the three likeliest topics is meant: what could be answered or asked."""
    found, kept = led(probabilities, labels)
    topics = found[:, [is_topic(label) for label in kept]]
    return np.asarray(np.sort(topics, axis=1)[:, -OFFERED:].sum(axis=1))


def right_labels(labels: list[str], scored: Scored) -> tuple[Floats, list[str]]:
    """A matrix with 1 at every label that is right, aspects led to their topics."""
    _, kept = led(np.zeros((1, len(labels))), labels)
    rows = [[label in accepted for label in kept] for accepted in scored.right]
    return np.array(rows), kept


def temperature(probabilities: Floats, labels: list[str], scored: Scored) -> float:
    """The temperature of least log loss on these messages."""
    right, _ = right_labels(labels, scored)
    found, _ = led(probabilities, labels)
    known = right.any(axis=1)
    return metrics.best_temperature(found[known], right[known])


def strangers(inside: Floats, outside: Floats) -> dict[str, Any]:
    """How well a score keeps messages out of scope apart from those in scope."""

    def kept_out(accepted: Floats, strange: Floats) -> float:
        return metrics.rejection(accepted, strange, ACCEPTANCE)

    return {
        "auroc": asdict(metrics.bootstrap(metrics.auroc, inside, outside)),
        "rejection": asdict(metrics.bootstrap(kept_out, inside, outside)),
    }


def decisions(model: Decides, inside: Scored, outside: Scored) -> dict[str, Any]:
    """What the candidate does: shares of messages in scope, and of strangers that it answers."""
    found = Counter(
        topic_outcome(Message(text, min(right), tuple(right)), model.understand(text))
        for text, right in zip(inside.texts, inside.right, strict=True)
    )
    answered = [model.understand(text).topic is not None for text in outside.texts]
    total = len(inside.texts)
    figures = {
        name: share([True] * found[name] + [False] * (total - found[name]))
        for name in (RIGHT, ASKED, WRONG, MISSED)
    }
    return {**figures, "strangers answered": share(answered)}


def operating(confidence: Floats, right: Floats) -> list[tuple[float, float]]:
    """Points of coverage and wrong answers, ``STEP`` of coverage between them at least."""
    curve = metrics.curve(confidence, right)
    points: list[tuple[float, float]] = []
    for coverage, wrong in zip(curve.coverage.tolist(), curve.wrong.tolist(), strict=True):
        if not points or coverage - points[-1][0] >= STEP or coverage == curve.coverage[-1]:
            points.append((round(coverage, 4), round(wrong, 4)))
    return points
