"""A text's words, each with what the lists of names make of it."""

import re
from typing import NamedTuple

from desk.privacy.masking.folding import folded
from desk.privacy.masking.lexicon import Sense, listed, senses

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-\u2011][^\W\d_]+)*")
_OWNED = re.compile(r"['\u2019]s?$", re.IGNORECASE)
_CONTRACTED = re.compile(r"(?:.+n't|.+'(?:ve|ll|re|all|am|em))")
_PARTS = re.compile(r"['\-\u2011]")
# Small words inside names: van, de, al.
PARTICLES = listed("particles.txt")


class Word(NamedTuple):
    """One word of a text.

    Attributes:
        start: where it begins.
        end: where it ends, without a possessive s.
        folded: in small letters and without accents.
        capital: whether a capital letter sets it off, in a text that has small ones too. That of
            an abbreviation does not.
        sense: what the lists make of it.
    """

    start: int
    end: int
    folded: str
    capital: bool
    sense: Sense

    @property
    def initial(self) -> bool:
        """Whether it is a letter that stands for a name."""
        return len(self.folded) == 1 and self.capital and self.folded not in "ia"

    @property
    def small(self) -> bool:
        """Whether it only joins parts of a name, or stands for one."""
        return self.initial or self.folded in PARTICLES


def words(text: str) -> list[Word]:
    """Read the words of a text."""
    shouted = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    return [_word(found, shouted) for found in _WORD.finditer(text)]


def _word(found: re.Match[str], shouted: bool) -> Word:
    raw = found.group()
    if "'" in raw or "\u2019" in raw:
        raw = _OWNED.sub("", raw) or raw
    small = folded(raw)
    what = sense(small)
    capital = raw[0].isupper() and not shouted
    if capital and 1 < len(raw) < 6 and what not in (Sense.GIVEN, Sense.FAMILY):
        capital = not raw.isupper()
    return Word(found.start(), found.start() + len(raw), small, capital, what)


def sense(word: str) -> Sense:
    """What a folded word is; of words with a hyphen or an apostrophe, what their parts are."""
    if word.isalpha():
        return _sense(word)
    joined = _sense(word.replace("'", ""))
    if _CONTRACTED.fullmatch(word) or joined is Sense.STOP:
        return Sense.STOP
    if joined in (Sense.GIVEN, Sense.FAMILY):
        return joined
    parts = [_sense(part) for part in _PARTS.split(word) if part]
    if Sense.FAMILY in parts and Sense.STOP not in parts[1:]:
        return Sense.GIVEN if parts[0] is Sense.GIVEN else Sense.FAMILY
    if parts[0] in (Sense.GIVEN, Sense.GIVEN_OR_WORD, Sense.GIVEN_OR_PLACE):
        return parts[0]
    if parts[-1] is Sense.FAMILY_OR_WORD:
        return Sense.FAMILY_OR_WORD
    return Sense.STRANGE if Sense.STRANGE in parts else Sense.ENGLISH


def _sense(word: str) -> Sense:
    if len(word) < 2 and word.isascii():
        return Sense.STOP
    return senses().get(word, Sense.STRANGE)
