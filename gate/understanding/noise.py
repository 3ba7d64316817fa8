"""Examples that stand under the wrong label, found by confident learning.

Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 70
(2021), doi:10.1613/jair.1.12125, section 3. A label's threshold is the mean probability that its
own examples get; an example counts for the likeliest label whose threshold it reaches, and where
that is not its own it is suspect. Probabilities come from models that did not see the example.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gate.understanding.crossing import Judged


@dataclass(frozen=True)
class Doubt:
    """An example, by its place among those judged, and the label it seems to belong to."""

    at: int
    likely: str
    probability: float


def doubts(judged: Sequence[Judged]) -> list[Doubt]:
    """The examples that seem to belong elsewhere, the surest first.

    Args:
        judged: every example as a model judged it that did not see it.
    """
    bars = thresholds(judged)
    found = []
    for at, one in enumerate(judged):
        reached = [(p, label) for label, p in one.likeliest if p >= bars.get(label, 1.0)]
        if not reached:
            continue
        probability, likely = max(reached)
        if likely != one.label:
            found.append(Doubt(at, likely, probability))
    # The normalised margin of the paper: how much likelier the other label is than its own.
    return sorted(found, key=lambda doubt: judged[doubt.at].own - doubt.probability)


def thresholds(judged: Sequence[Judged]) -> dict[str, float]:
    """For each label the mean probability that its own examples get."""
    own: dict[str, list[float]] = defaultdict(list)
    for one in judged:
        own[one.label].append(one.own)
    return {label: sum(found) / len(found) for label, found in own.items()}
