"""Messages as patients write them, read so that the ranker sees what they ask.

What is clear as it was typed is taken so. Else it is looked at again with its slips mended, and of
a long message the question at its end is ranked by itself. The views are mixed, the surer one
counting more: two that are sure of different things make a question, not an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from scipy.special import log_softmax, logsumexp

from assistant.nlu.spelling import Speller
from assistant.nlu.text import is_question, segments, words
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
        found = np.asarray(log_softmax(self._ranker.scores(texts), axis=1))
        for row, text in enumerate(texts):
            if np.exp(found[row].max()) < SURE and (others := self._others(text)):
                views = log_softmax(self._ranker.scores(others), axis=1)
                found[row] = _mixed(np.vstack([found[row], views]))
        return found

    def _others(self, text: str) -> list[str]:
        """Other ways to read a text: mended, and the question at its end alone."""
        mended = self._mend(text)
        views = (mended if mended != text else None, end_of(mended))
        return [view for view in views if view is not None]


def reading(ranker: Ranks, catalogue: Catalogue) -> Reader:
    """A reader whose speller knows the words of a catalogue's examples."""
    examples = (text for _, text in labelled_examples(catalogue))
    return Reader(ranker, Speller(examples, catalogue.words).mend)


def end_of(text: str) -> str | None:
    """The last question of a long message with what goes before it, None where it is short.

    Where nothing is asked the last sentences, where nothing parts the sentences the last words.
    """
    if len(words(text)) <= LONG:
        return None
    pieces = segments(text)
    asked = [at for at, piece in enumerate(pieces) if is_question(piece)]
    if asked:
        # What follows is thanks, or an aside.
        pieces = pieces[: asked[-1] + 1]
    end = pieces.pop()
    if len(words(end)) > LONG:
        return " ".join(end.split()[-RUN_ON:])
    while pieces and len(words(pieces[-1])) + len(words(end)) <= END:
        end = f"{pieces.pop()} {end}"
    return end


def _mixed(views: Floats) -> Floats:
    """The views' probabilities, each weighed by the square of its surest."""
    weights = 2 * views.max(axis=1)
    return np.asarray(logsumexp(views + (weights - logsumexp(weights))[:, None], axis=0))
