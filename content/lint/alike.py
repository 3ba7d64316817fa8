"""Which of many texts are spelt nearly alike."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz import fuzz, process

BLOCK = 512
MOST = 4
"""So many times as many texts as are asked about may be remembered."""


class Alike:
    """Finds pairs of texts, and compares none twice.

    Args:
        least: how like two texts must be, by rapidfuzz's ``ratio``: 100 is equal.
    """

    def __init__(self, least: float) -> None:
        self._least = least
        # Texts can only be so alike if the longer has at most this many times the letters.
        self._stretch = 200 / least - 1
        self._known: dict[str, set[str]] = {}

    def pairs(self, texts: Collection[str]) -> Iterator[tuple[str, str]]:
        """Every pair of like texts, once; none with itself.

        Args:
            texts: each is there once.
        """
        wanted = set(texts)
        if len(self._known) > MOST * len(wanted):
            self._known = {text: found & wanted for text, found in self._known.items()}
            self._known = {text: self._known[text] for text in wanted & self._known.keys()}
        new = sorted(wanted - self._known.keys(), key=len)
        old = sorted(self._known, key=len)
        self._known.update((text, set()) for text in new)
        self._compare(new, old)
        self._compare(new, new)
        for text in texts:
            for other in self._known[text]:
                if text < other and other in wanted:
                    yield text, other

    def _compare(self, new: Sequence[str], others: Sequence[str]) -> None:
        """Compare texts of about the same length, a block at a time, in rapidfuzz's threads."""
        lengths = [len(text) for text in others]
        for start in range(0, len(new), BLOCK):
            block = new[start : start + BLOCK]
            first = bisect_left(lengths, len(block[0]) / self._stretch - 1)
            # Of themselves, what comes before was compared with these already.
            first = start if others is new else first
            last = bisect_right(lengths, len(block[-1]) * self._stretch)
            found = process.cdist(
                block,
                others[first:last],
                scorer=fuzz.ratio,
                score_cutoff=self._least,
                workers=-1,
            )
            for row, column in zip(*found.nonzero(), strict=True):
                text, other = block[row], others[first + column]
                if text != other:
                    self._known[text].add(other)
                    self._known[other].add(text)
