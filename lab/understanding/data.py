"""What candidates learn from and are scored on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml

from assistant.nlu.text import tidy
from assistant.nlu.types import Floats
from content import load
from content.examples import labelled_examples
from content.model import family_of
from content.names import ActId, Intent
from gate.heldout.questions import VALIDATION, Message, others, topics, unseen
from gate.understanding.variations import Integers
from lab.understanding.folds import folds

FOLDS = 3
QUICK, SHORT = 8, 20
"""``--quick`` learns from this many examples a label, and knows messages of so many words alone."""
STRANGE = (ActId.OUT_OF_SCOPE.value, ActId.MEDICAL_UNKNOWN.value)
"""Acts whose messages no topic may answer, whatever else they are called."""
OUT_OF_SCOPE = Path(__file__).parent / "out_of_scope"


@dataclass(frozen=True)
class Examples:
    """Texts with their labels."""

    texts: list[str]
    labels: list[str]

    def at(self, indices: Integers) -> Examples:
        """Those at ``indices``."""
        return Examples([self.texts[i] for i in indices], [self.labels[i] for i in indices])


@dataclass(frozen=True)
class Scored:
    """Messages to score: each with the ids that are right, none where it is out of scope."""

    texts: list[str]
    right: list[frozenset[str]]


@lru_cache
def examples(quick: bool = False) -> Examples:
    """The training examples, tidied as the assistant does; with ``quick`` a few a label."""
    pairs = list(labelled_examples(load()))
    if quick:
        pairs = [(label, text) for label, text in pairs if is_short(text)]
        random.Random(0).shuffle(pairs)
        left = {label: QUICK for label, _ in pairs}
        kept = []
        for label, text in pairs:
            if left[label]:
                left[label] -= 1
                kept.append((label, text))
        pairs = kept
    return Examples([tidy(text) for _, text in pairs], [label for label, _ in pairs])


@lru_cache
def left_out(quick: bool = False) -> list[Integers]:
    """For each fold the indices of the examples it leaves out."""
    known = examples(quick)
    return folds(known.texts, known.labels, FOLDS)


@lru_cache
def in_scope(quick: bool = False) -> Scored:
    """Validation messages that a topic answers."""
    return _scored(unseen(topics(VALIDATION), VALIDATION), quick)


@lru_cache
def acts(quick: bool = False) -> Scored:
    """Validation messages that no topic answers, each with its act."""
    return _scored(unseen(others(VALIDATION), VALIDATION), quick)


@lru_cache
def out_of_scope(quick: bool = False) -> Scored:
    """Messages that no topic may answer: the laboratory's own, and the validation set's."""
    known = [m.text for m in unseen(others(VALIDATION), VALIDATION) if m.label in STRANGE]
    texts = [tidy(text) for text in [*known, *(text for _, text in own())]]
    texts = [text for text in texts if not quick or is_short(text)]
    return Scored(texts, [frozenset()] * len(texts))


def is_short(text: str) -> bool:
    """Whether a message has at most ``SHORT`` words."""
    return len(text.split()) <= SHORT


def _scored(messages: list[Message], quick: bool) -> Scored:
    kept = [m for m in messages if not quick or is_short(m.text)]
    return Scored([tidy(m.text) for m in kept], [frozenset(m.accepted) for m in kept])


def own() -> list[tuple[str, str]]:
    """The laboratory's own messages out of scope, each with the file that holds it."""
    return [
        (path.stem, str(text))
        for path in sorted(OUT_OF_SCOPE.glob("*.yml"))
        for text in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def is_topic(label: str) -> bool:
    """Whether the label is answered with a topic, by its name alone."""
    return "/" in label and family_of(label) != Intent.ASPECT.value


def led(probabilities: Floats, labels: list[str]) -> tuple[Floats, list[str]]:
    """Each aspect's probability added to the topic that answers it where nothing went before.

    Args:
        probabilities: of shape (messages, labels).
        labels: what the columns are.

    Returns:
        Probabilities of topics, acts, and aspects that nothing answers; their labels.
    """
    leads = _leads()
    targets = [leads.get(label, label) for label in labels]
    kept = sorted(set(targets))
    place = {label: at for at, label in enumerate(kept)}
    moved = np.zeros((len(labels), len(kept)), dtype=np.float32)
    moved[np.arange(len(labels)), [place[target] for target in targets]] = 1.0
    return probabilities @ moved, kept


@lru_cache
def _leads() -> dict[str, str]:
    """Where each aspect's label leads."""
    found = ((name, one.resolve(None)) for name, one in load().aspects.items())
    return {f"{Intent.ASPECT.value}/{name}": target for name, target in found if target}
