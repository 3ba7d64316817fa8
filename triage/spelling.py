"""Mending slips of the keyboard, towards the words that patterns know.

A word of the English dictionary is left alone, whatever it looks like: "number" is not "numb".
The dictionary and the search are SymSpell's (Garbe 2012, https://github.com/wolfgarbe/SymSpell).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from symspellpy import SymSpell, Verbosity

DICTIONARY = "frequency_dictionary_en_82_765.txt"
COMMON = 12_000
SHORTEST = 4
TWO_SLIPS_FROM = 7
LONGEST = 24
OURS_COUNT_MORE = 200


class Speller:
    """Mends single words.

    Args:
        ours: the words that patterns use; they are preferred to others as near.
    """

    def __init__(self, ours: Iterable[str]) -> None:
        counts = dictionary()
        wanted = {word for word in ours if word.isalpha()}
        self._ours = frozenset(wanted)
        self._known = frozenset(counts) | wanted
        self._search = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        common = sorted(counts, key=counts.__getitem__, reverse=True)[:COMMON]
        for word in {*common, *wanted}:
            weight = OURS_COUNT_MORE if word in wanted else 1
            self._search.create_dictionary_entry(word, weight * max(counts.get(word, 0), 100_000))

    def mend(self, word: str) -> tuple[str, ...]:
        """The word meant, or the two words run together; the word itself if nothing is near."""
        if len(word) < SHORTEST or word in self._known or not word.isalpha() or len(word) > LONGEST:
            return (word,)
        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        near = self._search.lookup(word, Verbosity.CLOSEST, max_edit_distance=slips)
        if near and near[0].distance == 1:
            return (str(near[0].term),)
        parts = self._apart(word)
        if parts:
            return parts
        return (str(near[0].term),) if near else (word,)

    def _apart(self, word: str) -> tuple[str, ...]:
        """The two known words, one of them ours, that ``word`` is made of."""
        for cut in range(2, len(word) - 1):
            parts = (word[:cut], word[cut:])
            if all(part in self._known for part in parts) and any(
                part in self._ours and len(part) > 3 for part in parts
            ):
                return parts
        return ()


@lru_cache(maxsize=1)
def dictionary() -> dict[str, int]:
    """The words of English with how often each was counted."""
    lines = (files("symspellpy") / DICTIONARY).read_text("utf-8-sig").splitlines()
    return {word: int(count) for word, _, count in (line.partition(" ") for line in lines)}
