"""Words as they were meant: slips of the keyboard mended, words run together parted.

The search for near words and the parting are SymSpell's (Garbe 2012,
https://github.com/wolfgarbe/SymSpell). A word that the English dictionary or any example knows is
left alone, and so is what has many words that nobody knows: it is in another language, or has
names in it. Near and parted words compete by how common they are in both.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Set

from symspellpy import SymSpell, Verbosity

from triage.spelling import dictionary

COMMON, OFTEN = 12_000, 3
"""So many words of the dictionary, and ours from so many times on, are what may be meant."""
OURS_WEIGH = 0.7
SHORTEST, TWO_SLIPS_FROM, LONGEST_SLIP, LONGEST = 4, 7, 24, 40
AN_ACRONYM = 5
"""In capitals, so many letters at most stand for something."""
MOST_STRANGE = 0.5
"""The share of a text's words, at most, that may be mended; one always may."""
A_SLIP = 2.0
"""What each slip costs a near word, in powers of ten of its frequency."""
A_LETTER = 1.2
"""The most that a parted word may cost a letter, so that chance scraps are no words."""
SCALE = 10**12
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class Speller:
    """Mends the words of a text."""

    def __init__(self, examples: Iterable[str], stay: Set[str] = frozenset()) -> None:
        """Count the words of ``examples``, which are preferred to others as near.

        The words of ``stay`` are left alone, too.
        """
        english = dictionary()
        ours = Counter(word for text in examples for word in _WORD.findall(text.lower()))
        self._known = english.keys() | ours.keys() | stay
        self._search = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        common = sorted(english, key=english.__getitem__, reverse=True)[:COMMON]
        often = [word for word, count in ours.items() if count >= OFTEN and word.isalpha()]
        all_english, all_ours = sum(english.values()), max(1, ours.total())
        for word in {*common, *often}:
            if len(word) > 1 or word in "ai":
                share = OURS_WEIGH * ours[word] / all_ours
                share += (1 - OURS_WEIGH) * english.get(word, 0) / all_english
                self._search.create_dictionary_entry(word, max(1, int(share * SCALE)))

    def mend(self, text: str) -> str:
        """``text`` with every word that nobody knows as it was likely meant; the rest as it is."""
        found = _WORD.findall(text)
        strange = sum(map(self._is_strange, found))
        if strange > max(1, MOST_STRANGE * len(found)):
            return text
        return _WORD.sub(lambda word: self._meant(word[0]), text)

    def _is_strange(self, word: str) -> bool:
        """Whether nobody knows a word that is long enough to be mended."""
        return (
            SHORTEST <= len(word) <= LONGEST
            and "'" not in word
            and word.lower() not in self._known
            and not (word.isupper() and len(word) <= AN_ACRONYM)
        )

    def _meant(self, word: str) -> str:
        small = word.lower()
        if not self._is_strange(word):
            return word
        found = [option for option in (self._near(small), self._parted(small)) if option]
        return max(found)[1] if found else word

    def _near(self, word: str) -> tuple[float, str] | None:
        """The likeliest word a slip or two away, with the logarithm of its chance."""
        if len(word) > LONGEST_SLIP:
            return None
        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        near = self._search.lookup(word, Verbosity.CLOSEST, max_edit_distance=slips)
        if not near:
            return None
        # Who misses the first letter as well as another meant some other word.
        alike = (one for one in near if one.distance < 2 or one.term[0] == word[0])
        best = next(alike, None)
        if best is None:
            return None
        return math.log10(best.count / SCALE) - A_SLIP * best.distance, str(best.term)

    def _parted(self, word: str) -> tuple[float, str] | None:
        """The known words that ``word`` is made of, with the logarithm of their chance."""
        found = self._search.word_segmentation(word, max_edit_distance=0)
        parts = found.corrected_string.split()
        if len(parts) < 2 or not all(part in self._search.words for part in parts):
            return None
        chance = sum(math.log10(self._search.words[part] / SCALE) for part in parts)
        return (chance, " ".join(parts)) if chance >= -A_LETTER * len(word) else None
