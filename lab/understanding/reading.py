"""A candidate read as the assistant reads: slips mended, the end of a story by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.nlu.reading import Reader, reading
from assistant.nlu.types import Floats
from content import load
from lab.understanding.candidate import Candidate
from lab.understanding.metrics import TINY


class AsRanker:
    """A candidate behind the interface of :class:`assistant.nlu.ranker.Ranker`."""

    def __init__(self, candidate: Candidate, known: dict[str, Floats] | None = None) -> None:
        """Ask ``candidate``, but for texts whose probabilities are ``known``."""
        self.labels = candidate.labels
        self._candidate = candidate
        self._known = known or {}

    def scores(self, texts: Sequence[str]) -> Floats:
        """Log probabilities of every label."""
        rows = [
            self._known[text] if text in self._known else self._candidate.rank([text])[0]
            for text in texts
        ]
        return np.log(np.maximum(np.vstack(rows), TINY))


class Read:
    """A candidate behind the assistant's reader."""

    def __init__(self, candidate: Candidate) -> None:
        """Let ``candidate`` rank what the reader makes of a text."""
        self._candidate = candidate
        self._reader: Reader | None = None

    @property
    def labels(self) -> list[str]:
        """What the columns of :meth:`rank` are."""
        return self._candidate.labels

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn from texts as they are, one label each."""
        self._candidate.fit(texts, labels)

    def rank(self, texts: Sequence[str]) -> Floats:
        """Probabilities of texts as the reader reads them."""
        if self._reader is None:
            self._reader = reading(AsRanker(self._candidate), load())
        return np.exp(self._reader.scores(texts))

    def save(self, folder: Path) -> None:
        """Keep what was learnt."""
        self._candidate.save(folder)

    def load(self, folder: Path, *, remember: bool = True) -> None:
        """Read what was learnt."""
        self._candidate.load(folder, remember=remember)
        self._reader = None

    def needs(self) -> list[Path]:
        """What the candidate needs."""
        return self._candidate.needs()
