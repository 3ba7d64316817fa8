"""How good probabilities are. Pure functions over arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp
from scipy.stats import rankdata

from assistant.nlu.types import Floats

BINS = 10
DRAWS = 300
SEED = 0
TEMPERATURES = np.geomspace(0.1, 5.0, 40)
TINY = 1e-9


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """What answering costs at every bar, from the strictest bar to none.

    Attributes:
        bar: the least confidence that is answered, falling.
        coverage: the share of messages answered at that bar.
        wrong: the share of all messages that is answered wrongly at that bar.
    """

    bar: Floats
    coverage: Floats
    wrong: Floats


def bins(confidence: Floats, right: Floats) -> list[tuple[float, float, int]]:
    """A reliability diagram: ten equal bins of confidence.

    Args:
        confidence: probabilities claimed, 0 to 1.
        right: 1 where the claim was right, else 0.

    Returns:
        Mean confidence, share of right ones and count of every bin that is not empty.
    """
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return [
        (float(confidence[at].mean()), float(right[at].mean()), int(at.sum()))
        for at in (place == number for number in range(BINS))
        if at.any()
    ]


def calibration_error(confidence: Floats, right: Floats) -> float:
    """Expected calibration error over ten equal bins (Naeini 2015): 0 is perfect."""
    gaps = [abs(claimed - true) * count for claimed, true, count in bins(confidence, right)]
    return float(sum(gaps) / len(confidence))


def auroc(inside: Floats, outside: Floats) -> float:
    """The chance that a random message in scope scores above a random one out of scope.

    Args:
        inside: scores of messages in scope.
        outside: scores of messages out of scope.

    Returns:
        The area under the ROC curve (Hanley 1982); equal scores count half.
    """
    ranks = rankdata(np.concatenate([inside, outside]))
    above = ranks[: len(inside)].sum() - len(inside) * (len(inside) + 1) / 2
    return float(above / (len(inside) * len(outside)))


def bar_at(inside: Floats, acceptance: float) -> float:
    """The highest bar that at least a share ``acceptance`` of ``inside`` reaches."""
    needed = int(np.ceil(acceptance * len(inside) - TINY))
    return float(np.sort(inside)[::-1][max(needed, 1) - 1])


def rejection(inside: Floats, outside: Floats, acceptance: float) -> float:
    """The share of ``outside`` below the bar that accepts ``acceptance`` of ``inside``."""
    return float((outside < bar_at(inside, acceptance)).mean())


def bootstrap(
    figure: Callable[[Floats, Floats], float], inside: Floats, outside: Floats
) -> Estimate:
    """A figure of two samples with its percentile interval (Efron 1979), the chance seeded."""
    draw = np.random.default_rng(SEED)
    drawn = [
        figure(draw.choice(inside, len(inside)), draw.choice(outside, len(outside)))
        for _ in range(DRAWS)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(figure(inside, outside), float(low), float(high))


def curve(confidence: Floats, right: Floats) -> Curve:
    """Coverage against wrong answers while the bar is lowered; see :class:`Curve`."""
    order = np.argsort(-confidence, kind="stable")
    falling = confidence[order]
    # Equal confidences are answered together or not at all.
    last = np.append(falling[1:] != falling[:-1], True)
    answered = np.arange(1, len(order) + 1) / len(order)
    wrong = np.cumsum(1 - right[order]) / len(order)
    return Curve(falling[last], answered[last], wrong[last])


def wrong_at(found: Curve, coverage: float) -> float:
    """The share answered wrongly where at least ``coverage`` of the messages is answered."""
    return float(found.wrong[int(np.searchsorted(found.coverage, coverage - TINY))])


def tempered(probabilities: Floats, temperature: float) -> Floats:
    """Probabilities flattened (above 1) or sharpened (below 1); the last axis sums to 1."""
    logs = np.log(np.maximum(probabilities, TINY)) / temperature
    return np.asarray(np.exp(logs - logsumexp(logs, axis=-1, keepdims=True)))


def best_temperature(probabilities: Floats, right: Floats) -> float:
    """The temperature of least log loss (Guo 2017, arXiv:1706.04599).

    Args:
        probabilities: of shape (messages, labels).
        right: of the same shape, True at every label that is right.
    """

    def loss(temperature: float) -> float:
        found = np.where(right, tempered(probabilities, temperature), 0.0).sum(axis=1)
        return float(-np.log(np.maximum(found, TINY)).mean())

    return float(min(TEMPERATURES, key=loss))
