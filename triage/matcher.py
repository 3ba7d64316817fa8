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
_Entry = tuple[T, Pattern, tuple[Element, ...], tuple[frozenset[str], ...]]


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
    """Looks for many patterns at once; each is tried only where its rarest word stands.

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
                for key in rarest.keys:
                    self._by_key[key].append((name, pattern, sequence, others))

    def find(self, words: Sequence[Word], places: Places) -> Iterator[tuple[T, Pattern, Span]]:
        """Every place where a pattern is met, the shortest way, in no special order."""
        tried: set[int] = set()
        present = set(places)
        for key in self._by_key.keys() & present:
            for name, pattern, sequence, others in self._by_key[key]:
                if id(sequence) in tried:
                    continue
                tried.add(id(sequence))
                if any(map(present.isdisjoint, others)):
                    continue
                for span in _spans(sequence, words, places):
                    yield name, pattern, span


def _spans(sequence: tuple[Element, ...], words: Sequence[Word], places: Places) -> Iterator[Span]:
    for key in sequence[0].keys & places.keys():
        for start, ends in places[key].items():
            for end in ends:
                rest = _follow(sequence, 1, end, words, places)
                if rest is not None:
                    last, used = rest
                    yield Span(start, last, frozenset({*range(start, end), *used}))


def _follow(
    sequence: tuple[Element, ...], index: int, at: int, words: Sequence[Word], places: Places
) -> tuple[int, tuple[int, ...]] | None:
    """The end of the match of ``sequence[index:]`` from word ``at`` on, with the words used."""
    if index == len(sequence):
        return at, ()
    element = sequence[index]
    for start in range(at, min(at + element.gap + 1, len(words))):
        if words[start].before >= Break.CLAUSE:
            break
        for key in element.keys:
            for end in places.get(key, {}).get(start, ()):
                rest = _follow(sequence, index + 1, end, words, places)
                if rest is not None:
                    return rest[0], (*range(start, end), *rest[1])
    return _follow(sequence, index + 1, at, words, places) if element.optional else None
