"""Folds for cross-validation in which variations of one phrase stay together."""

from __future__ import annotations

from collections.abc import Sequence

from sklearn.model_selection import StratifiedGroupKFold

from gate.understanding.variations import Integers, groups

SEED = 0


def folds(texts: Sequence[str], labels: Sequence[str], count: int) -> list[Integers]:
    """The indices of the texts that each of ``count`` folds leaves out for scoring."""
    split = StratifiedGroupKFold(count, shuffle=True, random_state=SEED)
    return [left_out for _, left_out in split.split(texts, labels, groups(texts, labels))]
