"""Candidates of our own making: linear models and neighbours on sparse or dense features."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from assistant.nlu.encoder import WEIGHTS
from assistant.nlu.letters import SEED
from assistant.nlu.ranker import Ranker
from assistant.nlu.types import Floats
from content.model import family_of
from lab.understanding.cache import HOME
from lab.understanding.encoders import ORIGINAL, OURS, SPACY_MD, STATIC, plain, remembering
from lab.understanding.packages import MINILM, SPACY

FILES = {OURS: WEIGHTS, ORIGINAL: MINILM, STATIC: HOME / "static.npy", SPACY_MD: SPACY}
LEARNT = "learnt.pickle"
REGULARISATION = 3.0
NEIGHBOURS, LIKENESS = 12, 0.06


class Letters:
    """Character n-grams alone, as the ranker's view on spelling: a linear SVM."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self._ngrams = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self._model = LinearSVC(C=0.5, random_state=SEED)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn from texts, one label each."""
        self._model.fit(self._ngrams.fit_transform(texts), labels)
        self.labels = [str(label) for label in self._model.classes_]

    def rank(self, texts: Sequence[str]) -> Floats:
        """Softmax of four times the margins, the ranker's scale."""
        margins = self._model.decision_function(self._ngrams.transform(texts))
        return np.asarray(softmax(4.0 * margins, axis=1))

    def save(self, folder: Path) -> None:
        """Keep what was learnt."""
        learnt = (self.labels, self._ngrams, self._model)
        (folder / LEARNT).write_bytes(pickle.dumps(learnt))

    def load(self, folder: Path, *, remember: bool = True) -> None:
        """Read what was learnt: our own file alone, never one from elsewhere."""
        self.labels, self._ngrams, self._model = pickle.loads((folder / LEARNT).read_bytes())

    def needs(self) -> list[Path]:
        """Nothing."""
        return []


class Dense:
    """What the candidates on sentence vectors share."""

    def __init__(self, encoder: str) -> None:
        """Use the encoder of that name."""
        self.labels: list[str] = []
        self.encoder = encoder
        self._vectors = remembering(encoder)
        self._learnt: Any = None

    def save(self, folder: Path) -> None:
        """Keep what was learnt."""
        (folder / LEARNT).write_bytes(pickle.dumps((self.labels, self._learnt)))

    def load(self, folder: Path, *, remember: bool = True) -> None:
        """Read what was learnt: our own file alone, never one from elsewhere."""
        self.labels, self._learnt = pickle.loads((folder / LEARNT).read_bytes())
        self._vectors = (remembering if remember else plain)(self.encoder)

    def needs(self) -> list[Path]:
        """The encoder's weights."""
        return [FILES[self.encoder]]


class Linear(Dense):
    """Multinomial logistic regression on sentence vectors."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn from texts, one label each."""
        self._learnt = _regression(self._vectors.encode(texts), labels)
        self.labels = [str(label) for label in self._learnt.classes_]

    def rank(self, texts: Sequence[str]) -> Floats:
        """The model's probabilities."""
        return np.asarray(self._learnt.predict_proba(self._vectors.encode(texts)))


class Nearest(Dense):
    """The nearest examples vote for their labels, near ones more."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Remember every example."""
        self.labels = sorted(set(labels))
        place = {label: at for at, label in enumerate(self.labels)}
        targets = np.array([place[label] for label in labels])
        self._learnt = (self._vectors.encode(texts), targets)

    def rank(self, texts: Sequence[str]) -> Floats:
        """The share of the votes of each label."""
        vectors, targets = self._learnt
        found = np.zeros((len(texts), len(self.labels)))
        likeness = self._vectors.encode(texts) @ vectors.T
        nearest = np.argpartition(-likeness, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        votes = softmax(np.take_along_axis(likeness, nearest, axis=1) / LIKENESS, axis=1)
        for row, (places, weights) in enumerate(zip(targets[nearest], votes, strict=True)):
            np.add.at(found[row], places, weights)
        return found


class Hierarchy(Dense):
    """First the family, then the topic inside it: the probabilities are multiplied."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn the families, and inside each its labels."""
        vectors = self._vectors.encode(texts)
        members: dict[str, list[int]] = defaultdict(list)
        for at, label in enumerate(labels):
            members[family_of(label)].append(at)
        families = _regression(vectors, [family_of(label) for label in labels])
        inside: dict[str, Any] = {}
        for family, places in members.items():
            own = [labels[at] for at in places]
            inside[family] = own[0] if len(set(own)) == 1 else _regression(vectors[places], own)
        self._learnt = (families, inside)
        self.labels = sorted(set(labels))

    def rank(self, texts: Sequence[str]) -> Floats:
        """The family's probability times the label's within it."""
        vectors = self._vectors.encode(texts)
        families, inside = self._learnt
        found = np.zeros((len(texts), len(self.labels)))
        place = {label: at for at, label in enumerate(self.labels)}
        for family, share in zip(families.classes_, families.predict_proba(vectors).T, strict=True):
            model = inside[str(family)]
            if isinstance(model, str):
                found[:, place[model]] = share
            else:
                columns = [place[str(label)] for label in model.classes_]
                found[:, columns] = model.predict_proba(vectors) * share[:, None]
        return found


class Joined(Dense):
    """Dorsi's own ranker: meaning and spelling, their log probabilities added."""

    def __init__(self, encoder: str) -> None:
        """Use the encoder of that name."""
        super().__init__(encoder)
        self.ranker = Ranker(self._vectors, {})  # type: ignore[arg-type]

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn both views with the component's settings."""
        # Not at the top: Rasa would count in the memory and the loading time of every candidate.
        from assistant.nlu.component import RANKER_SETTINGS, Understand

        defaults = Understand.get_default_config()
        settings = {name: defaults[name] for name in RANKER_SETTINGS}
        self.ranker = Ranker(self._vectors, settings)  # type: ignore[arg-type]
        self.ranker.fit(texts, labels)
        self.labels = self.ranker.labels

    def rank(self, texts: Sequence[str]) -> Floats:
        """The softmax of the ranker's scores."""
        return np.asarray(softmax(self.ranker.scores(texts), axis=1))

    def save(self, folder: Path) -> None:
        """As the component saves it."""
        self.ranker.save(folder)

    def load(self, folder: Path, *, remember: bool = True) -> None:
        """As the component loads it."""
        vectors = (remembering if remember else plain)(self.encoder)
        self.ranker = Ranker.load(folder, vectors)  # type: ignore[arg-type]
        self.labels = self.ranker.labels


def _regression(vectors: Floats, labels: Sequence[str]) -> LogisticRegression:
    return LogisticRegression(C=REGULARISATION, max_iter=400).fit(vectors, labels)
