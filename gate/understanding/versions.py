"""Two versions of what is learnt from, and how their examples belong together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gate.understanding.crossing import Judged, Pair

RENAMED = 0.7
"""What share of a label's examples must stand under a new label for it to have a new name."""


@dataclass(frozen=True)
class Versions:
    """The live version and that of a change, every example judged by models that did not see it.

    Labels of the live version that have a new name are called by it.
    """

    live: Sequence[Judged]
    data: Sequence[Judged]

    @cached_property
    def common(self) -> list[tuple[Judged, Judged]]:
        """The examples that stand under the same label in both: before and after."""
        before = {(one.label, one.text): one for one in self.live}
        return [
            (before[one.label, one.text], one)
            for one in self.data
            if (one.label, one.text) in before
        ]

    @cached_property
    def new(self) -> list[Judged]:
        """The examples that the live version does not have under that label."""
        known = {(one.label, one.text) for one in self.live}
        return [one for one in self.data if (one.label, one.text) not in known]

    @cached_property
    def by_label(self) -> Mapping[str, list[tuple[Judged, Judged]]]:
        """The common examples by label."""
        found: dict[str, list[tuple[Judged, Judged]]] = defaultdict(list)
        for before, after in self.common:
            found[after.label].append((before, after))
        return found


def versions(live: Sequence[Judged], data: Sequence[Judged]) -> Versions:
    """Join two versions; labels that have a new name are led to it."""
    names = renamed([(j.label, j.text) for j in live], [(j.label, j.text) for j in data])
    return Versions([_called(one, names) for one in live], data)


def renamed(live: Sequence[Pair], data: Sequence[Pair]) -> dict[str, str]:
    """Labels that are gone, each with the new label most of its examples stand under."""
    before, after = {label for label, _ in live}, {label for label, _ in data}
    homes = {text: label for label, text in data if label not in before}
    found = {}
    for label in before - after:
        texts = [text for own, text in live if own == label]
        moved = Counter(homes[text] for text in texts if text in homes)
        for name, count in moved.most_common(1):
            if count >= RENAMED * len(texts):
                found[label] = name
    return found


def _called(one: Judged, names: Mapping[str, str]) -> Judged:
    if not names:
        return one
    likeliest = tuple((names.get(label, label), p) for label, p in one.likeliest)
    return replace(one, label=names.get(one.label, one.label), likeliest=likeliest)
