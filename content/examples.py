"""Every example of the catalogue with the label it teaches."""

from __future__ import annotations

from collections.abc import Iterator

from content.model import Catalogue
from content.names import Intent


def labelled_examples(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Pairs of a label (``family/name``, an act's id, ``aspect/name``) and a patient's text."""
    for topic in catalogue.topics.values():
        yield from ((topic.id, example) for example in topic.examples)
    for act in catalogue.acts.values():
        yield from ((act.id, example) for example in act.examples)
    for aspect in catalogue.aspects.values():
        label = f"{Intent.ASPECT.value}/{aspect.id}"
        yield from ((label, example) for example in aspect.examples)
