"""Messages as patients write them, read so that the ranker sees what they ask.

Slips are mended first. Of a long message that is not clear as a whole, the end is ranked by itself
too, for that is where people ask; the two views are mixed, the surer one counting more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from scipy.special import log_softmax, logsumexp

from assistant.nlu.spelling import Speller
from assistant.nlu.text import segments, words
from assistant.nlu.types import Floats
from content import Catalogue
from content.examples import labelled_examples

LONG, END = 30, 20
"""In words: from where on a message may be a story, and how much of it may be its end."""
RUN_ON = 16
"""How many words of a long message without sentences are its end."""
SURE = 0.85
"""What is as likely as this as a whole needs no second look."""


class Ranks(Protocol):
    """What scores labels for texts: see :class:`assistant.nlu.ranker.Ranker`."""

    @property
    def labels(self) -> list[str]:
        """What the columns of :meth:`scores` are."""

    def scores(self, texts: Sequence[str]) -> Floats:
        """Log scores of shape (len(texts), len(labels))."""


class Reader:
    """A ranker that reads what patients type."""

    def __init__(self, ranker: Ranks, mend: Callable[[str], str]) -> None:
        """Use ``ranker`` for likeness and ``mend`` for slips of the keyboard."""
        self._ranker = ranker
        self._mend = mend

    @property
    def labels(self) -> list[str]:
        """What the columns of :meth:`scores` are."""
        return self._ranker.labels

    def scores(self, texts: Sequence[str]) -> Floats:
        """Log probabilities of every label.

        Args:
            texts: any number of tidied texts.

        Returns:
            float of shape (len(texts), len(labels)).
        """
        mended = [self._mend(text) for text in texts]
        found = np.asarray(log_softmax(self._ranker.scores(mended), axis=1))
        for row, text in enumerate(mended):
            end = end_of(text) if np.exp(found[row].max()) < SURE else None
            if end is not None:
                alone = log_softmax(self._ranker.scores([end])[0])
                found[row] = _mixed(np.stack([found[row], alone]))
        return found


def reading(ranker: Ranks, catalogue: Catalogue) -> Reader:
    """A reader whose speller knows the words of a catalogue's examples."""
    return Reader(ranker, Speller(text for _, text in labelled_examples(catalogue)).mend)


def end_of(text: str) -> str | None:
    """The last sentences of a long message, None where it is short or one sentence.

    Where nothing parts the sentences, as in what was dictated, the last words.
    """
    if len(words(text)) <= LONG:
        return None
    pieces = segments(text)
    end = pieces.pop()
    if len(words(end)) > LONG:
        return " ".join(text.split()[-RUN_ON:])
    while pieces and len(words(pieces[-1])) + len(words(end)) <= END:
        end = f"{pieces.pop()} {end}"
    return end


def _mixed(views: Floats) -> Floats:
    """The views' probabilities, each weighed by the square of its surest."""
    weights = 2 * views.max(axis=1)
    return np.asarray(logsumexp(views + (weights - logsumexp(weights))[:, None], axis=0))
