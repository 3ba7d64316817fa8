"""Which examples are variations of one phrase: they stay together where a model is tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from assistant.nlu.text import normalise

ALIKE = 80
"""From which likeness (rapidfuzz's token_sort_ratio, 0 to 100) two texts are variations."""
Integers = npt.NDArray[np.integer[Any]]


def groups(texts: Sequence[str], labels: Sequence[str]) -> Integers:
    """The group of each text: variations of one phrase under one label share theirs.

    "How long does it take" and "how long does it take then" are variations; so are those that
    are linked by others between them. Equal texts share a group whatever their label.
    """
    plain = [normalise(text) for text in texts]
    parents = list(range(len(texts)))

    def root(item: int) -> int:
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    by_label, by_text = defaultdict(list), defaultdict(list)
    for item, (label, text) in enumerate(zip(labels, plain, strict=True)):
        by_label[label].append(item)
        by_text[text].append(item)
    for members in by_text.values():
        for item in members[1:]:
            parents[root(item)] = root(members[0])
    for members in by_label.values():
        words = [plain[item] for item in members]
        alike = process.cdist(words, words, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        for one, other in np.argwhere(np.triu(alike, k=1) > 0):
            parents[root(members[one])] = root(members[other])
    return np.array([root(item) for item in range(len(texts))])
