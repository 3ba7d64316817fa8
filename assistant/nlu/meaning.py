"""What labels mean: multinomial logistic regression on sentence embeddings, fitted in few steps.

It minimises what scikit-learn's ``LogisticRegression`` does, C Σ log loss + ½‖W‖², by the same
L-BFGS (scipy's), but in single precision and in coordinates in which the embeddings spread alike
in every direction. Embeddings spread in some directions far more than in others, which is what
L-BFGS takes its many steps for (a preconditioner: Nocedal & Wright, Numerical Optimization, 2006,
section 5.1). The weights are the same but for rounding, in a fifth of the time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from assistant.nlu.types import Floats

EVENED = 0.1
"""By how much of their mean all spreads are raised, so that the least of them is not blown up."""
SMALL = 1e-5
"""The greatest slope, of the mean loss, at which nothing is left to learn.

A tenth of scikit-learn's, for it is a slope along other axes: so the loss ends no higher than its.
"""


def fitted(
    vectors: Floats, labels: Sequence[str], c: float, steps: int
) -> tuple[list[str], Floats, Floats]:
    """Learn to tell labels by vectors.

    Args:
        vectors: one a text.
        labels: one a text.
        c: how much the texts count beside the wish for small weights.
        steps: of L-BFGS, at the most.

    Returns:
        The labels in order, float32 weights of shape (width of a vector, labels), and float32
        biases. ``vectors @ weights + biases`` are log probabilities, not normalised.
    """
    names, own = np.unique(np.asarray(labels), return_inverse=True)
    rows = np.hstack([vectors, np.ones((len(vectors), 1))]).astype(np.float32)
    axes = _evening(rows)
    weighed = axes.copy()
    weighed[-1] = 0  # the biases may be of any size
    problem = _Problem(rows @ axes, own, len(names), (axes.T @ weighed) / np.float32(c))
    found = minimize(
        problem.loss,
        np.zeros(rows.shape[1] * len(names)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": steps, "gtol": SMALL},
    )
    weights = axes @ found.x.reshape(-1, len(names)).astype(np.float32)
    # In the order in which they are read again: products differ by it in their last bits.
    return [str(name) for name in names], np.ascontiguousarray(weights[:-1]), weights[-1].copy()


def _evening(rows: Floats) -> Floats:
    """New axes, as columns, along which the rows spread about alike."""
    spread, axes = np.linalg.eigh((rows.T @ rows).astype(np.float64) / len(rows))
    return np.asarray(axes * (spread + EVENED * spread.mean()) ** -0.5, dtype=np.float32)


class _Problem:
    """The mean loss of weights, and its slope."""

    def __init__(self, rows: Floats, own: Floats, labels: int, size: Floats) -> None:
        """Tell ``own``, of so many labels, by ``rows``; ``size`` says what weights cost."""
        self._rows, self._own, self._labels, self._size = rows, own, labels, size
        self._each = np.arange(len(rows))

    def loss(self, flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(-1, self._labels).astype(np.float32)
        scores = self._rows @ weights
        scores -= scores.max(axis=1, keepdims=True)
        right = scores[self._each, self._own].copy()
        np.exp(scores, out=scores)
        total = scores.sum(axis=1, keepdims=True)
        missed = np.log(total[:, 0]) - right
        scores /= total
        scores[self._each, self._own] -= 1
        cost = self._size @ weights
        # Sums of many numbers need double precision.
        loss = missed.sum(dtype=np.float64) + np.vdot(weights, cost).astype(np.float64) / 2
        slope = (self._rows.T @ scores + cost).astype(np.float64)
        return float(loss / len(self._rows)), slope.ravel() / len(self._rows)
