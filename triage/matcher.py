"""Finding patterns among words, in time linear in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from triage.pattern import Element, Pattern
from triage.text import Break, Word

T = TypeVar("T")
Places = Mapping[str, Mapping[int, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class _Step:
    """An element of a pattern, its keys in a fixed order: sets have another in each process."""

    keys: tuple[str, ...]
    gap: int
    optional: bool


_Steps = tuple[_Step, ...]
_Homes = Sequence[Mapping[int, Sequence[int]]]  # the places of a step's keys
_Entry = tuple[T, Pattern, _Steps, tuple[frozenset[str], ...]]


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``start`` to ``end`` (not included); ``used`` are those that the pattern names."""

    start: int
    end: int
    used: frozenset[int]


class _Node:
    """What a group's members, read word by word, may go on with, and the groups that end here."""

    __slots__ = ("keys", "next")

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.next: dict[str, _Node] = {}


class Groups:
    """Words and phrases under a common name.

    Args:
        groups: a name's members, each a sequence of lemmas.
    """

    def __init__(self, groups: Mapping[str, Iterable[Sequence[str]]]) -> None:
        self._root = _Node()
        for name, members in groups.items():
            for member in {tuple(member) for member in members}:
                node = self._root
                for lemma in member:
                    node = node.next.setdefault(lemma, _Node())
                node.keys.append(f"{{{name}}}")

    def places(self, words: Sequence[Word]) -> Places:
        """Where each key stands: key to start to ends, over lemmas, forms and groups."""
        found: dict[str, dict[int, list[int]]] = defaultdict(dict)
        for at, word in enumerate(words):
            found[word.lemma].setdefault(at, []).append(at + 1)
            found["=" + word.form].setdefault(at, []).append(at + 1)
            node, end = self._root.next.get(word.lemma), at + 1
            while node is not None:
                for key in node.keys:
                    found[key].setdefault(at, []).append(end)
                if not node.next or end == len(words) or words[end].before >= Break.CLAUSE:
                    break
                node, end = node.next.get(words[end].lemma), end + 1
        return found


class Matcher(Generic[T]):
    """Looks for many patterns at once; each is tried only if the words that it needs are there.

    Args:
        patterns: patterns, each with what it is called when found.
    """

    def __init__(self, patterns: Iterable[tuple[T, Pattern]]) -> None:
        known = list(patterns)
        uses: dict[str, int] = defaultdict(int)
        for _, pattern in known:
            for sequence in pattern.sequences:
                for element in sequence:
                    for key in element.keys:
                        uses[key] += 1
        self._by_key: dict[str, list[_Entry[T]]] = defaultdict(list)
        for name, pattern in known:
            for sequence in pattern.sequences:
                required = [element for element in sequence if not element.optional]
                rarest = min(required, key=lambda element: sum(uses[key] for key in element.keys))
                others = tuple(element.keys for element in required if element is not rarest)
                steps = _steps(sequence)
                for key in rarest.keys:
                    self._by_key[key].append((name, pattern, steps, others))

    def find(
        self, words: Sequence[Word], places: Places, most: int | None = None
    ) -> Iterator[tuple[T, Pattern, Span]]:
        """Every place where a pattern is met, the shortest way, the same on every run.

        Args:
            words: the text.
            places: where its words stand.
            most: of how many places a pattern is told; of more, the first and the last.
        """
        tried: set[int] = set()
        present = places.keys()
        for key in present:
            for name, pattern, steps, others in self._by_key.get(key, ()):
                if id(steps) in tried:
                    continue
                tried.add(id(steps))
                if any(map(present.isdisjoint, others)):
                    continue
                for span in _outer(list(_spans(steps, words, places)), most):
                    yield name, pattern, span


def _outer(spans: Sequence[Span], most: int | None) -> Sequence[Span]:
    if most is None or len(spans) <= most:
        return spans
    return [*spans[: most // 2], *spans[-(most // 2) :]]


def _steps(sequence: Iterable[Element]) -> _Steps:
    return tuple(_Step(tuple(sorted(one.keys)), one.gap, one.optional) for one in sequence)


def _spans(steps: _Steps, words: Sequence[Word], places: Places) -> Iterator[Span]:
    homes = [[places[key] for key in step.keys if key in places] for step in steps]
    for home in homes[0]:
        for start, ends in home.items():
            for end in ends:
                rest = _follow(steps, 1, end, words, homes)
                if rest is not None:
                    last, used = rest
                    yield Span(start, last, frozenset({*range(start, end), *used}))


def _follow(
    steps: _Steps, index: int, at: int, words: Sequence[Word], homes: Sequence[_Homes]
) -> tuple[int, tuple[int, ...]] | None:
    """The end of the match of ``steps[index:]`` from word ``at`` on, with the words used."""
    if index == len(steps):
        return at, ()
    step = steps[index]
    for start in range(at, min(at + step.gap + 1, len(words))):
        if words[start].before >= Break.CLAUSE:
            break
        for home in homes[index]:
            for end in home.get(start, ()):
                rest = _follow(steps, index + 1, end, words, homes)
                if rest is not None:
                    return rest[0], (*range(start, end), *rest[1])
    return _follow(steps, index + 1, at, words, homes) if step.optional else None
