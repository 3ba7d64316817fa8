"""A bare word of our field, as people type it into a search box: "brace"."""

from __future__ import annotations

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from assistant.nlu.text import normalise
from content import Catalogue


class Keywords:
    """Knows the words that topics are titled with."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Read the titles."""
        self._titled: dict[str, list[str]] = {}
        for topic in catalogue.topics.values():
            for word in set(normalise(topic.title).split()) - ENGLISH_STOP_WORDS:
                self._titled.setdefault(word, []).append(topic.id)

    def topics(self, message: str) -> list[str]:
        """The topics whose titles hold this word, if the message is one word and nothing else."""
        return self._titled.get(normalise(message), [])
