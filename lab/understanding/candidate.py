"""What a pipeline must be able to do to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from assistant.nlu.types import Floats


class Candidate(Protocol):
    """Learns labelled texts and says how likely each label is for a text."""

    labels: list[str]
    """What the columns of :meth:`rank` are; known after :meth:`fit` or :meth:`load`."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn from texts, one label each."""

    def rank(self, texts: Sequence[str]) -> Floats:
        """Probabilities of shape (len(texts), len(labels)), each row summing to 1 at most."""

    def save(self, folder: Path) -> None:
        """Keep what was learnt in an empty folder."""

    def load(self, folder: Path, *, remember: bool = True) -> None:
        """Read what :meth:`save` kept; with ``remember`` no text is encoded twice."""

    def needs(self) -> list[Path]:
        """The files beside the saved folder that it cannot do without."""
