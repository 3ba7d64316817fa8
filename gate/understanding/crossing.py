"""Cross-validation: each example is judged by a model that learnt two thirds of the others.

The model is the ranker of ``assistant.nlu`` with its own settings, fitted as training fits it;
what is mended, read in context or decided behind it is left out. Variations of one phrase stay
together. The folds follow from the texts alone, so that two versions of the content have the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from assistant.nlu import letters, meaning, ranker
from assistant.nlu.component import RANKER_SETTINGS, REMEMBERED, Understand
from assistant.nlu.embeddings import Embeddings
from assistant.nlu.encoder import Encoder
from assistant.nlu.gate import probabilities
from assistant.nlu.ranker import Ranker
from assistant.nlu.text import normalise, tidy
from assistant.nlu.types import Floats
from content import Catalogue
from content.examples import labelled_examples
from deploy.train import home
from gate.model import component_config, thresholds
from gate.remembering import checksum, of_files, remembered
from gate.understanding.variations import groups

FOLDS = 3
KEPT = 5
"""How many of the likeliest labels of an example are kept."""

Pair = tuple[str, str]
"""A label and a text."""


@dataclass(frozen=True)
class Judged:
    """An example as a model judged it that did not see it.

    Attributes:
        label: where it stands.
        text: as it is learnt.
        own: how likely the model finds that label.
        likeliest: the likeliest labels with their probabilities, the likeliest first.
    """

    label: str
    text: str
    own: float
    likeliest: tuple[tuple[str, float], ...]

    @property
    def taken_for(self) -> str:
        """The label that the model finds likeliest."""
        return self.likeliest[0][0]

    @property
    def right(self) -> bool:
        """Whether that is where it stands."""
        return self.taken_for == self.label


def pairs(catalogue: Catalogue) -> list[Pair]:
    """What is learnt from: each label with its text, each pair once."""
    return list(dict.fromkeys((label, tidy(text)) for label, text in labelled_examples(catalogue)))


def folds(*versions: Sequence[Pair]) -> Mapping[Pair, int]:
    """The fold of each example of several versions of the content.

    A phrase of the first version keeps its fold whatever variations the others add to it.
    """
    everything = list(dict.fromkeys(pair for version in versions for pair in version))
    first = set(versions[0])
    roots = groups([text for _, text in everything], [label for label, _ in everything]).tolist()
    named: dict[int, tuple[bool, bytes]] = {}
    for root, pair in zip(roots, everything, strict=True):
        digest = hashlib.sha256(normalise(pair[1]).encode()).digest()
        name = (pair not in first, digest)
        named[root] = min(named.get(root, name), name)
    return {pair: named[root][1][0] % FOLDS for root, pair in zip(roots, everything, strict=True)}


def judged(
    examples: Sequence[Pair], fold_of: Mapping[Pair, int], say: Callable[[float, str], None]
) -> list[Judged]:
    """Every example, judged by a model that did not see it; what was judged before is read.

    Args:
        examples: all of one version of the content.
        fold_of: the fold of each.
        say: told how far it is, 0 to 1.
    """
    settings = _settings()
    key = checksum(
        [[label, text, fold_of[label, text]] for label, text in examples],
        settings,
        thresholds().temperature,
        of_files([Path(str(m.__file__)) for m in (ranker, meaning, letters)]),
        Encoder().checksum,
    )
    rows = remembered("judged", key, lambda: _judge(examples, fold_of, settings, say))
    return [
        Judged(label, text, own, tuple((name, p) for name, p in likeliest))
        for (label, text), (own, likeliest) in zip(examples, rows, strict=True)
    ]


def _judge(
    examples: Sequence[Pair],
    fold_of: Mapping[Pair, int],
    settings: dict[str, float],
    say: Callable[[float, str], None],
) -> list[tuple[float, list[tuple[str, float]]]]:
    say(0.0, "reads every example")
    texts = [text for _, text in examples]
    vectors = Embeddings(Encoder(), home() / REMEMBERED).of(texts)
    known = _Known(dict(zip(texts, vectors, strict=True)))
    rows: list[tuple[float, list[tuple[str, float]]]] = [(0.0, [])] * len(examples)
    for fold in range(FOLDS):
        say((fold + 0.2) / FOLDS, f"learns without part {fold + 1} of {FOLDS}")
        left = [at for at, pair in enumerate(examples) if fold_of[pair] == fold]
        learnt = [at for at, pair in enumerate(examples) if fold_of[pair] != fold]
        model = Ranker(cast(Encoder, known), settings)
        model.fit([texts[at] for at in learnt], [examples[at][0] for at in learnt], vectors[learnt])
        scores = probabilities(model.scores([texts[at] for at in left]), thresholds())
        column = {label: at for at, label in enumerate(model.labels)}
        best = np.argsort(-scores, axis=1)[:, :KEPT]
        for at, row, order in zip(left, scores, best, strict=True):
            own = column.get(examples[at][0])
            likeliest = [(model.labels[one], round(float(row[one]), 4)) for one in order]
            rows[at] = (round(float(row[own]), 4) if own is not None else 0.0, likeliest)
    return rows


def _settings() -> dict[str, float]:
    config = {**Understand.get_default_config(), **component_config()}
    return {name: config[name] for name in RANKER_SETTINGS}


class _Known:
    """Stands for the encoder where every text has its vector already."""

    def __init__(self, vectors: Mapping[str, Floats]) -> None:
        """Know these texts."""
        self._vectors = vectors

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of known texts."""
        return np.stack([self._vectors[text] for text in texts])
