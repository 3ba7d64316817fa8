"""Answers that fit the questions of another topic: two of them may have changed places.

Of each topic the mean of its examples' vectors stands for its questions, of each answer the mean
of its sentences'. In the live content 95% of the answers are nearest to their own questions. An
answer is told of only where it changed for the worse, and where its words say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.nlu.component import REMEMBERED
from assistant.nlu.embeddings import Embeddings
from assistant.nlu.encoder import Encoder
from assistant.nlu.text import tidy
from assistant.nlu.types import Floats
from content import Catalogue
from content.examples import labelled_examples
from content.lint.problems import Severity
from content.lint.reading import sentences
from content.model import Topic
from deploy.train import home
from gate.places import Places
from gate.report import Finding

BETTER = 0.08
"""How much nearer another topic's questions must be, as a cosine; docs/gate.md has the figures."""
WORSE = 0.15
"""And how much nearer to them than the live answer was."""
MEND = "Look whether two answers, or the examples, changed places."


class Questions:
    """The questions of every topic of one version of the content."""

    def __init__(self, catalogue: Catalogue, encoder: Encoder) -> None:
        """Learn where the questions stand."""
        self.topics = list(catalogue.topics.values())
        texts = [tidy(text) for _, text in labelled_examples(catalogue)]
        vectors = dict(zip(texts, Embeddings(encoder, home() / REMEMBERED).of(texts), strict=True))
        means = [np.mean([vectors[tidy(t)] for t in one.examples], 0) for one in self.topics]
        self._means = _units(np.stack(means))
        self._encoder = encoder
        self._words = TfidfVectorizer(stop_words="english", sublinear_tf=True)
        self._asked = self._words.fit_transform([_asked(topic) for topic in self.topics])

    def lead(self, topic: Topic) -> tuple[float, Topic]:
        """How much nearer an answer is to its own questions than to the nearest others'."""
        said = [part for text in topic.answer for part in sentences(text) if part.strip()]
        near = self._means @ _units(self._encoder.encode(said).mean(0))
        own = self._at(topic)
        mine = float(near[own])
        near[own] = -1.0
        return mine - float(near.max()), self.topics[int(near.argmax())]

    def words_agree(self, topic: Topic, rival: Topic) -> bool:
        """Whether an answer shares more telling words with another topic's questions."""
        shared = self._asked @ self._words.transform([" ".join(topic.answer)]).T
        found: Sequence[float] = shared.toarray()[:, 0]
        return found[self._at(rival)] > found[self._at(topic)]

    def _at(self, topic: Topic) -> int:
        return next(at for at, one in enumerate(self.topics) if one.id == topic.id)


def misplaced(live: Catalogue, data: Catalogue, places: Places) -> Iterator[Finding]:
    """Answers that belong elsewhere since they, or their examples, changed."""
    changed = [topic for topic in data.topics.values() if _belonging(topic) != _known(live, topic)]
    if not changed:
        return
    encoder = Encoder()
    before, after = Questions(live, encoder), Questions(data, encoder)
    for topic in changed:
        lead, rival = after.lead(topic)
        if lead > -BETTER or not after.words_agree(topic, rival):
            continue
        path, line = places.of(topic.id)
        wrong = f"the answer fits the questions of “{rival.title}” (`{rival.id}`) better than those"
        wrong += " of its own topic"
        old = live.topics.get(topic.id)
        if old is None:
            yield Finding(path, line, wrong, MEND, Severity.WARNING, ("answer",))
        elif lead < before.lead(old)[0] - WORSE:
            yield Finding(path, line, wrong, MEND, key=("answer",))


def _belonging(topic: Topic) -> tuple[Sequence[str], Sequence[str]]:
    return topic.answer, topic.examples


def _known(live: Catalogue, topic: Topic) -> tuple[Sequence[str], Sequence[str]] | None:
    old: Mapping[str, Topic] = live.topics
    return _belonging(old[topic.id]) if topic.id in old else None


def _asked(topic: Topic) -> str:
    # What the topic is about, in few words, counts as much as some of its questions.
    return " ".join([*[topic.title, topic.scope] * 3, *topic.examples])


def _units(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))
