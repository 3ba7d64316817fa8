"""What the two experts learn is what scikit-learn would, whoever computes it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from assistant.nlu import letters, meaning
from assistant.nlu.types import Floats

LABELS, TEXTS, WIDTH = 7, 300, 20
C, MANY = 2.0, 500
SETTLING = 0.1
"""A C with which a linear SVM settles in as many steps as it may have."""


@pytest.fixture(scope="module")
def labels() -> list[str]:
    return [f"label {number % LABELS}" for number in range(TEXTS)]


@pytest.fixture(scope="module")
def vectors(labels: list[str]) -> Floats:
    """Vectors that spread far more in some directions than in others, as embeddings do."""
    chance = np.random.default_rng(3)
    centres = {label: chance.normal(size=WIDTH) for label in sorted(set(labels))}
    spread = np.logspace(0, -2, WIDTH)
    rows = [spread * (centres[label] + 2 * chance.normal(size=WIDTH)) for label in labels]
    return np.array(rows, dtype=np.float32)


def test_meaning_is_what_scikit_learn_finds(vectors: Floats, labels: list[str]) -> None:
    names, weights, bias = meaning.fitted(vectors, labels, C, MANY)
    theirs = LogisticRegression(C=C, max_iter=MANY, tol=1e-6).fit(vectors, labels)
    assert names == list(theirs.classes_)
    mine = vectors @ weights + bias
    mine = np.exp(mine) / np.exp(mine).sum(axis=1, keepdims=True)
    assert np.abs(mine - theirs.predict_proba(vectors)).max() < 0.005


def test_meaning_settles_in_few_steps(vectors: Floats, labels: list[str]) -> None:
    _, soon, _ = meaning.fitted(vectors, labels, C, 20)
    _, late, _ = meaning.fitted(vectors, labels, C, MANY)
    assert np.abs(vectors @ (soon - late)).max() < 0.05


def test_the_same_vectors_mean_the_same_to_the_last_bit(vectors: Floats, labels: list[str]) -> None:
    _, one, _ = meaning.fitted(vectors, labels, C, 20)
    _, other, _ = meaning.fitted(vectors, labels, C, 20)
    assert np.array_equal(one, other)


@pytest.mark.parametrize("part", [1, 3, LABELS])
def test_letters_are_what_scikit_learn_finds_whatever_the_parts(
    vectors: Floats, labels: list[str], part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "PART", part)
    weights, bias = letters.fitted(csr_matrix(vectors), labels, SETTLING)
    theirs = LinearSVC(C=SETTLING, random_state=letters.SEED).fit(vectors, labels)
    assert weights.shape == theirs.coef_.shape
    assert np.abs(vectors @ (weights - theirs.coef_).T + bias - theirs.intercept_).max() < 0.02


def test_letters_are_the_same_on_any_number_of_processors(
    vectors: Floats, labels: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "PART", 3)
    found = []
    for processors in (1, 2):
        monkeypatch.setattr("os.cpu_count", lambda processors=processors: processors)
        found.append(letters.fitted(csr_matrix(vectors), labels, C))
    (one, one_bias), (two, two_bias) = found
    assert np.array_equal(one, two)
    assert np.array_equal(one_bias, two_bias)


def test_of_two_labels_each_has_its_weights(vectors: Floats) -> None:
    labels = ["even" if number % 2 else "odd" for number in range(TEXTS)]
    weights, bias = letters.fitted(csr_matrix(vectors), labels, C)
    assert weights.shape == (2, WIDTH)
    assert np.array_equal(weights[0], -weights[1])
    assert bias[0] == -bias[1]
