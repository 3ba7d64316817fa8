"""Questions that lean on the topic before: "and how long does that take?"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from assistant.nlu.text import normalise
from content import Catalogue
from content.names import Intent

ASPECT_PREFIX = f"{Intent.ASPECT.value}/"
MAX_LEANING_WORDS = 14
MAX_TITLES = 3
CONDITIONS = {"drop", "ms", "foot", "leg", "ankle"}


class ContextReader:
    """Leads labels that lean on a topic to the topic that answers them."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Learn which words name a subject: those of topic titles that no aspect is asked with."""
        self._aspects = catalogue.aspects
        titles = Counter(
            word
            for topic in catalogue.topics.values()
            for word in set(normalise(topic.title).split())
        )
        asked_with = {
            word
            for aspect in catalogue.aspects.values()
            for example in aspect.examples
            for word in normalise(example).split()
        }
        # "Feet" stands in so many titles that it names none; the conditions name themselves.
        named = {word for word, count in titles.items() if count <= MAX_TITLES}
        self._subjects = (named - asked_with) | CONDITIONS

    def leans(self, message: str) -> bool:
        """Whether a message is short and names no subject of its own."""
        words = normalise(message).split()
        return len(words) <= MAX_LEANING_WORDS and not self._subjects & set(words)

    def read(
        self, message: str, probabilities: Mapping[str, float], topic: str | None
    ) -> dict[str, float]:
        """Probabilities with every aspect led to the topic that answers it.

        Args:
            message: the patient's words.
            probabilities: of every label.
            topic: the topic last answered, if any.

        Returns:
            Probabilities of topics and acts; an aspect stays where nothing answers it.
        """
        leads = self._leads(probabilities, topic)
        if topic is not None and self.leans(message):
            leads.update(self._defaults(probabilities, topic))
        read: dict[str, float] = {}
        for label, probability in probabilities.items():
            target = leads.get(label, label)
            read[target] = read.get(target, 0.0) + probability
        return read

    def _leads(self, probabilities: Mapping[str, float], topic: str | None) -> dict[str, str]:
        leads = {}
        for name, aspect in self._aspects.items():
            target = aspect.resolve(topic)
            if target is not None:
                leads[ASPECT_PREFIX + name] = target
        return leads

    def _defaults(self, probabilities: Mapping[str, float], topic: str) -> dict[str, str]:
        """Where the general topic of an aspect leads when the message names no subject.

        "Recovery time?" fits the topic on recovery in general, yet after an operation it means
        the operation. Of several aspects with one general topic the likeliest decides.
        """
        leads: dict[str, str] = {}
        likeliest = sorted(
            self._aspects, key=lambda name: probabilities.get(ASPECT_PREFIX + name, 0.0)
        )
        for name in likeliest:
            aspect = self._aspects[name]
            target = aspect.resolve(topic)
            if aspect.default is not None and target is not None and aspect.default != topic:
                leads[aspect.default] = target
        return leads
