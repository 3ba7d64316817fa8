"""A text's words, each with what the lists of names make of it."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from desk.privacy.masking import lexicon
from desk.privacy.masking.folding import folded

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-\u2011][^\W\d_]+)*")
_OWNED = re.compile(r"['\u2019]s?$", re.IGNORECASE)
_CONTRACTED = re.compile(r"(?:.+n't|.+'(?:ve|ll|re|all|am|em))")
_PARTS = re.compile(r"['\-\u2011]")
PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "del",
        "della",
        "da",
        "di",
        "dos",
        "du",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "abu",
        "der",
        "den",
        "ter",
        "mac",
        "mc",
        "o",
        "ni",
        "nic",
        "ap",
    ]
)


class Sense(Enum):
    """What a word is, by the lists."""

    GIVEN = auto()
    GIVEN_OR_WORD = auto()
    GIVEN_OR_PLACE = auto()
    FAMILY = auto()
    FAMILY_OR_WORD = auto()
    STRANGE = auto()
    ENGLISH = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Word:
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


def words(text: str) -> list[Word]:
    """Read the words of a text."""
    shouted = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    return [_word(found, shouted) for found in _WORD.finditer(text)]


def _word(found: re.Match[str], shouted: bool) -> Word:
    raw = _OWNED.sub("", found.group()) or found.group()
    small = folded(raw)
    what = sense(small)
    short = (
        1 < len(raw) < 6 and raw.isupper() and what in (Sense.STRANGE, Sense.ENGLISH, Sense.STOP)
    )
    capital = raw[0].isupper() and not shouted and not short
    return Word(found.start(), found.start() + len(raw), small, capital, what)


def sense(word: str) -> Sense:
    """What a folded word is; of words with a hyphen or an apostrophe, what their parts are."""
    if lexicon.is_stop(word) or (len(word) < 2 and word.isascii()) or _CONTRACTED.fullmatch(word):
        return Sense.STOP
    parts = [part for part in _PARTS.split(word) if part]
    if lexicon.is_given(parts[0]):
        return Sense.GIVEN
    if any(lexicon.is_surname(part) for part in parts) and not any(map(lexicon.is_stop, parts)):
        return Sense.FAMILY
    if lexicon.is_given_or_word(parts[0]):
        return Sense.GIVEN_OR_WORD
    if lexicon.is_given_or_place(parts[0]):
        return Sense.GIVEN_OR_PLACE
    if lexicon.is_surname_or_word(parts[-1]):
        return Sense.FAMILY_OR_WORD
    if all(lexicon.is_english(part) for part in parts):
        return Sense.ENGLISH
    return Sense.STRANGE
