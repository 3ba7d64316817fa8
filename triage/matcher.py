"""Finding patterns among words, in time linear in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from triage.groups import CLAUSE, Places
from triage.pattern import Element, Pattern
from triage.text import Word

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Step:
    """An element of a pattern, its keys in a fixed order: sets have another in each process."""

    keys: tuple[str, ...]
    gap: int
    optional: bool


_Steps = tuple[_Step, ...]
_Home = Mapping[int, Sequence[int]]  # where a step may stand: start to ends
_Entry = tuple[T, Pattern, _Steps, int]  # with the needs of the pattern, a bit each


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``start`` to ``end`` (not included); ``used`` are those that the pattern names."""

    start: int
    end: int
    used: frozenset[int]


class _Text:
    """One text, as patterns look for their steps in it.

    Args:
        words: the text.
        places: where its words stand.
    """

    def __init__(self, words: Sequence[Word], places: Places) -> None:
        self._places = places
        self._merged: dict[tuple[str, ...], _Home] = {}
        self.ends = _ends(words)

    def homes(self, step: _Step) -> list[_Home]:
        """Where each key of a step stands."""
        return [self._places[key] for key in step.keys if key in self._places]

    def home(self, step: _Step) -> _Home:
        """Where any key of a step stands; many patterns ask for the same."""
        merged = self._merged.get(step.keys)
        if merged is None:
            homes = self.homes(step)
            merged = self._merged[step.keys] = homes[0] if len(homes) == 1 else _merge(homes)
        return merged


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
        bits: dict[frozenset[str], int] = {}
        self._by_key: dict[str, list[_Entry[T]]] = defaultdict(list)
        for name, pattern in known:
            for sequence in pattern.sequences:
                required = [element for element in sequence if not element.optional]
                rarest = min(required, key=lambda element: sum(uses[key] for key in element.keys))
                needs = 0
                for element in required:
                    if element is not rarest:
                        needs |= bits.setdefault(element.keys, 1 << len(bits))
                steps = _steps(sequence)
                for key in rarest.keys:
                    self._by_key[key].append((name, pattern, steps, needs))
        self._every = (1 << len(bits)) - 1
        self._meets: dict[str, int] = defaultdict(int)  # the needs that a key meets
        for keys, bit in bits.items():
            for key in keys:
                self._meets[key] |= bit

    def find(
        self, words: Sequence[Word], places: Places, most: int | None = None
    ) -> Iterator[tuple[T, Pattern, Span]]:
        """Every place where a pattern is met, the shortest way, the same on every run.

        Args:
            words: the text.
            places: where its words stand.
            most: of how many places a pattern is told; of more, the first and the last.
        """
        met = 0
        for key in places:
            met |= self._meets.get(key, 0)
        unmet = self._every ^ met
        text = _Text(words, places)
        tried: set[int] = set()
        for key in places:
            for name, pattern, steps, needs in self._by_key.get(key, ()):
                if needs & unmet or id(steps) in tried:
                    continue
                tried.add(id(steps))
                for span in _outer(list(_spans(steps, text)), most):
                    yield name, pattern, span


def _outer(spans: Sequence[Span], most: int | None) -> Sequence[Span]:
    if most is None or len(spans) <= most:
        return spans
    return [*spans[: most // 2], *spans[-(most // 2) :]]


def _steps(sequence: Iterable[Element]) -> _Steps:
    return tuple(_Step(tuple(sorted(one.keys)), one.gap, one.optional) for one in sequence)


def _ends(words: Sequence[Word]) -> list[int]:
    """From each word, and from the end of the text, where the next clause begins."""
    ends = [len(words)] * (len(words) + 1)
    for at in range(len(words) - 1, -1, -1):
        ends[at] = at if words[at].before >= CLAUSE else ends[at + 1]
    return ends


def _merge(homes: Iterable[_Home]) -> _Home:
    merged: dict[int, list[int]] = defaultdict(list)
    for home in homes:
        for start, ends in home.items():
            merged[start] += ends
    return merged


def _spans(steps: _Steps, text: _Text) -> Iterator[Span]:
    later = [(step, text.home(step)) for step in steps[1:]]
    for home in text.homes(steps[0]):
        for start, ends in home.items():
            for end in ends:
                rest = _follow(later, 0, end, text.ends)
                if rest is not None:
                    last, used = rest
                    yield Span(start, last, frozenset({*range(start, end), *used}))


def _follow(
    steps: Sequence[tuple[_Step, _Home]], index: int, at: int, clauses: Sequence[int]
) -> tuple[int, tuple[int, ...]] | None:
    """The end of the match of ``steps[index:]`` from word ``at`` on, with the words used."""
    if index == len(steps):
        return at, ()
    step, home = steps[index]
    for start in range(at, min(at + step.gap + 1, clauses[at])):
        for end in home.get(start, ()):
            rest = _follow(steps, index + 1, end, clauses)
            if rest is not None:
                return rest[0], (*range(start, end), *rest[1])
    return _follow(steps, index + 1, at, clauses) if step.optional else None
