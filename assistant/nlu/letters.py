"""How labels are spelt: one-versus-rest linear SVMs on character n-grams, on every processor.

A machine tells one label from the rest, so that the labels can be shared out in parts. What is
found in a part depends on the data alone, wherever it is computed.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from sklearn.svm import LinearSVC

from assistant.nlu.types import Floats

PART = 100
"""The most labels of a part; each part costs some seconds more."""
REST = -1
SEED = 0

_given: dict[str, Any] = {}
"""In a process of the pool: what is learnt from, sent there once."""


def fitted(ngrams: Any, labels: Sequence[str], c: float) -> tuple[Floats, Floats]:
    """Learn to tell each label from the rest.

    Args:
        ngrams: a sparse row of numbers a text.
        labels: one a text.
        c: how much a text on the wrong side counts beside the wish for small weights.

    Returns:
        Weights of shape (labels, width of a row) in float16 and biases in float32, in the order
        of the labels.
    """
    names, own = np.unique(np.asarray(labels), return_inverse=True)
    parts = np.array_split(np.arange(len(names)), -(-len(names) // PART))
    processes = min(len(parts), os.cpu_count() or 1)
    if processes == 1:
        found = list(map(partial(_told, ngrams, own, c), parts))
    else:
        # Fresh processes: a copy of this one would hold its threads' locks.
        fresh = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, fresh, _keep, (ngrams, own, c)) as pool:
            found = list(pool.map(_part, parts))
    return np.vstack([weights for weights, _ in found]), np.hstack([bias for _, bias in found])


def _keep(ngrams: Any, own: Floats, c: float) -> None:
    _given.update(ngrams=ngrams, own=own, c=c)


def _part(part: Floats) -> tuple[Floats, Floats]:
    return _told(part=part, **_given)


def _told(ngrams: Any, own: Floats, c: float, part: Floats) -> tuple[Floats, Floats]:
    """The machines of some labels; to them all others are the rest."""
    told = LinearSVC(C=c, random_state=SEED).fit(ngrams, np.where(np.isin(own, part), own, REST))
    weights, bias = told.coef_, told.intercept_
    if len(told.classes_) == 2:
        # Of two there is one machine, which says how much it is the second.
        weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
    wanted = told.classes_ != REST
    return weights[wanted].astype(np.float16), bias[wanted].astype(np.float32)
