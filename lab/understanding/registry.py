"""The candidates by name, the cheapest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lab.understanding.candidate import Candidate
from lab.understanding.encoders import ORIGINAL, OURS, SPACY_MD, STATIC
from lab.understanding.linear import Hierarchy, Joined, Letters, Linear, Nearest
from lab.understanding.rasa_run import RasaRun, default_pipeline, sparse_logistic
from lab.understanding.reading import Read

DEFAULT, UNREAD, PRESENT, DIET = "default", "unread", "present", "diet"
EPOCHS = 100
"""Of DIET, as `rasa init` sets them; `--epochs` stops earlier."""


@dataclass(frozen=True)
class Entry:
    """A candidate and what may be measured of it.

    Attributes:
        title: for the table.
        make: a new candidate; it takes the epochs of DIET.
        folds: whether it is cross-validated: not what takes too long to train again and again,
            nor an encoder that has seen every fold already.
        parts: the candidates whose probabilities it multiplies; its folds follow from theirs.
        voices: whether other voices are tried on it.
        trained_as: the candidate whose trained model it shares, by default its own.
        ranks_as: the candidate whose probabilities it shares, by default its own.
    """

    title: str
    make: Callable[[int], Candidate]
    folds: bool = True
    parts: tuple[str, ...] = ()
    voices: bool = True
    trained_as: str | None = None
    ranks_as: str | None = None


CANDIDATES = {
    "static": Entry("static embeddings + regression", lambda _: Linear(STATIC)),
    "spacy": Entry("spaCy vectors + regression", lambda _: Linear(SPACY_MD), folds=False),
    "nearest": Entry("MiniLM + nearest examples", lambda _: Nearest(ORIGINAL)),
    "hierarchy": Entry("MiniLM: family, then topic", lambda _: Hierarchy(ORIGINAL), folds=False),
    "minilm": Entry("MiniLM + regression", lambda _: Linear(ORIGINAL)),
    "letters": Entry("character n-grams + SVM", lambda _: Letters()),
    "joined": Entry(
        "MiniLM and n-grams joined", lambda _: Joined(ORIGINAL), parts=("minilm", "letters")
    ),
    UNREAD: Entry("Dorsi's ranker alone", lambda _: Joined(OURS), folds=False),
    PRESENT: Entry(
        "Dorsi's pipeline", lambda _: Read(Joined(OURS)), folds=False, trained_as=UNREAD
    ),
    "logistic": Entry(
        "Rasa: counts + regression", lambda _: RasaRun(sparse_logistic()), folds=False, voices=False
    ),
    DEFAULT: Entry(
        "`rasa init`'s default",
        lambda epochs: RasaRun(default_pipeline(epochs)),
        folds=False,
        voices=False,
    ),
    DIET: Entry(
        "Rasa: counts + DIET, our gate",
        lambda epochs: RasaRun(default_pipeline(epochs)),
        folds=False,
        voices=False,
        trained_as=DEFAULT,
        ranks_as=DEFAULT,
    ),
}
