"""Which label fits a text best: a linear model on meaning and one on spelling, multiplied.

Meaning is the sentence embedding (multinomial logistic regression); spelling is character
n-grams (one-versus-rest linear SVM), which forgive slips of the keyboard. The two views' log
probabilities are added, a product of experts (Hinton 2002, doi:10.1162/089976602760128018).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from scipy.special import log_softmax
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.nlu import letters, meaning
from assistant.nlu.encoder import Encoder
from assistant.nlu.types import Floats

WEIGHTS = "ranker.npz"
LABELS = "ranker.json"


class Ranker:
    """Scores every label for a text. Train with :meth:`fit` or read with :meth:`load`."""

    def __init__(self, encoder: Encoder, settings: dict[str, float]) -> None:
        """Start empty.

        Args:
            encoder: makes the embeddings.
            settings: ``meaning_c`` and ``spelling_c`` (regularisation), ``meaning_steps`` (after
                which the regression ends), ``spelling_scale`` (how a margin becomes a log
                probability) and ``spelling_weight``.
        """
        self._encoder = encoder
        self._settings = settings
        self.labels: list[str] = []
        self._meaning = np.zeros((0, 0), dtype=np.float32)
        self._meaning_bias = np.zeros(0, dtype=np.float32)
        self._spelling = np.zeros((0, 0), dtype=np.float32)
        self._spelling_bias = np.zeros(0, dtype=np.float32)
        self._ngrams = _vectorizer()

    def fit(
        self, texts: Sequence[str], labels: Sequence[str], vectors: Floats | None = None
    ) -> None:
        """Learn from labelled texts.

        Args:
            texts: what is learnt from.
            labels: one a text.
            vectors: the texts' embeddings, if they are there already.
        """
        settings = self._settings
        # One of them a time: liblinear has one source of chance for the whole process.
        with ThreadPoolExecutor(1) as beside:
            spelling = beside.submit(
                lambda: letters.fitted(
                    self._ngrams.fit_transform(texts), labels, settings["spelling_c"]
                )
            )
            if vectors is None:
                vectors = self._encoder.encode(texts)
            self.labels, self._meaning, self._meaning_bias = meaning.fitted(
                vectors, labels, settings["meaning_c"], int(settings["meaning_steps"])
            )
            spelt, self._spelling_bias = spelling.result()
        # As it is when it was read: in double precision.
        self._ngrams.idf_ = self._ngrams.idf_
        # Rows are n-grams, so that a message only touches the rows it holds.
        self._spelling = np.ascontiguousarray(spelt.T)

    def scores(self, texts: Sequence[str]) -> Floats:
        """Log scores of every label.

        Args:
            texts: any number of texts.

        Returns:
            float of shape (len(texts), len(labels)), not normalised: see ``temperature``.
        """
        meant = self._encoder.encode(texts) @ self._meaning + self._meaning_bias
        ngrams = self._ngrams.transform(texts)
        spelling = np.vstack(
            [row.data @ self._spelling[row.indices].astype(np.float32) for row in ngrams]
        )
        margin = (spelling + self._spelling_bias) * self._settings["spelling_scale"]
        weight = self._settings["spelling_weight"]
        return np.asarray(log_softmax(meant, axis=1) + weight * log_softmax(margin, axis=1))

    def save(self, folder: Path) -> None:
        """Write everything learnt into ``folder`` as arrays and JSON."""
        np.savez(
            folder / WEIGHTS,
            meaning=self._meaning,
            meaning_bias=self._meaning_bias,
            spelling=self._spelling,
            spelling_bias=self._spelling_bias,
            idf=self._ngrams.idf_,
        )
        vocabulary = sorted(self._ngrams.vocabulary_, key=self._ngrams.vocabulary_.__getitem__)
        document = {"labels": self.labels, "settings": self._settings, "ngrams": vocabulary}
        (folder / LABELS).write_text(json.dumps(document), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> Ranker:
        """Read what :meth:`save` wrote."""
        document = json.loads((folder / LABELS).read_text(encoding="utf-8"))
        ranker = cls(encoder, document["settings"])
        ranker.labels = document["labels"]
        with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
            ranker._meaning = arrays["meaning"]
            ranker._meaning_bias = arrays["meaning_bias"]
            ranker._spelling = arrays["spelling"]
            ranker._spelling_bias = arrays["spelling_bias"]
            idf = arrays["idf"]
        ranker._ngrams = _vectorizer({gram: index for index, gram in enumerate(document["ngrams"])})
        ranker._ngrams.idf_ = idf
        return ranker


def _vectorizer(vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 5),
        min_df=1 if vocabulary else 2,
        sublinear_tf=True,
        lowercase=True,
        strip_accents=None,
        vocabulary=vocabulary,
        dtype=np.float32,
    )
