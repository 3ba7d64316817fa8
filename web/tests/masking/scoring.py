"""Counting what was found, what was missed and what was masked without need."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from desk.privacy.masking import Kind, Span
from tests.masking.messages import Message

Finder = Callable[[str], list[Span]]


@dataclass(frozen=True)
class Share:
    """A share with its 95% Wilson interval (Wilson 1927)."""

    count: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; 1 of nothing."""
        return self.count / self.total if self.total else 1.0

    def interval(self, z: float = 1.96) -> tuple[float, float]:
        """The Wilson score interval."""
        n, p = self.total, self.value
        if not n:
            return 0.0, 1.0
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, centre - half), min(1.0, centre + half)

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.value:.1%} ({low:.1%} to {high:.1%}; {self.count} of {self.total})"


@dataclass
class Score:
    """What became of the personal pieces, and of what was masked.

    Attributes:
        found: for each personal piece its kind, and how many of its characters are masked.
        named: whether each piece that is masked whole was given its own kind.
        masked: for each masked piece its kind, and whether it touches a personal one.
        clean: for each message with nothing personal whether nothing was masked.
        wrong: what was missed, or masked without need, for reading on the development messages.
    """

    found: list[tuple[Kind, float]] = field(default_factory=list)
    named: list[bool] = field(default_factory=list)
    masked: list[tuple[Kind, bool]] = field(default_factory=list)
    clean: list[bool] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def recall(self, kind: Kind | None = None) -> Share:
        """Of the personal pieces those that are masked whole."""
        covers = [cover for of, cover in self.found if kind in (None, of)]
        return Share(sum(cover == 1 for cover in covers), len(covers))

    def partial(self, kind: Kind | None = None) -> Share:
        """Of the personal pieces those that are masked in part."""
        covers = [cover for of, cover in self.found if kind in (None, of)]
        return Share(sum(0 < cover < 1 for cover in covers), len(covers))

    def precision(self, kind: Kind | None = None) -> Share:
        """Of the masked pieces those that hide something personal."""
        right = [hides for of, hides in self.masked if kind in (None, of)]
        return Share(sum(right), len(right))


def score(messages: Iterable[Message], find: Finder) -> Score:
    """Look through messages and count."""
    result = Score()
    for message in messages:
        found = find(message.text)
        hidden = {place for span in found for place in range(span.start, span.end)}
        personal = {place for span in message.personal for place in range(span.start, span.end)}
        for span in message.personal:
            places = [p for p in range(span.start, span.end) if message.text[p].isalnum()]
            cover = sum(place in hidden for place in places) / len(places)
            result.found.append((span.kind, cover))
            if cover == 1:
                over = [f.kind for f in found if f.start < span.end and span.start < f.end]
                result.named.append(span.kind in over)
            else:
                piece = message.text[span.start : span.end]
                result.wrong.append(f"missed {cover:.0%} {span.kind} «{piece}»: {message.text}")
        for span in found:
            hides = any(place in personal for place in range(span.start, span.end))
            result.masked.append((span.kind, hides))
            if not hides:
                piece = message.text[span.start : span.end]
                result.wrong.append(f"without need {span.kind} «{piece}»: {message.text}")
        if not message.personal:
            result.clean.append(not found)
    return result
