"""A typed command as words that know their places, and phrases found among them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*|#|(?<=\d)\s*[-–—]\s*(?=\d)")
RANGE = "to"
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one first 1st", "two second 2nd", "three third 3rd", "four fourth 4th",
            "five fifth 5th", "six sixth 6th", "seven seventh 7th", "eight eighth 8th",
            "nine ninth 9th", "ten tenth 10th", "eleven eleventh 11th", "twelve twelfth 12th",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
LAST = -1
SURE, LONG = 5, 8  # letters from which one, and two, may be wrong


@dataclass(frozen=True)
class Token:
    """A word in small letters without apostrophes, and where it stands in the text."""

    word: str
    start: int
    end: int


def split(text: str) -> tuple[Token, ...]:
    """The words of a text; "#3" are two, and "2-4" are three."""
    return tuple(
        Token(_plain(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)
    )


def _plain(word: str) -> str:
    word = re.sub(r"['’`´]", "", word.lower())
    return word if word[0].isalnum() or word == "#" else RANGE


def number(word: str) -> int | None:
    """The number that a word is; -1 for "last"."""
    if word == "last":
        return LAST
    if word.isdecimal() and len(word) <= 3:
        return int(word)
    return _NUMBERS.get(word)


class Phrases:
    """Lists of phrases, found with a letter or two wrong in their longer words.

    Args:
        phrases: in small letters, without apostrophes.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        split_ones = {tuple(phrase.split()) for phrase in phrases}
        self._phrases = sorted(split_ones, key=len, reverse=True)

    def at(self, tokens: Sequence[Token], start: int = 0) -> int:
        """How many words the longest phrase has that begins at ``start``; 0 for none."""
        words = [token.word for token in tokens[start:]]
        exact = (one for one in self._phrases if tuple(words[: len(one)]) == one)
        alike = (one for one in self._phrases if _alike(words[: len(one)], one))
        return len(next(exact, None) or next(alike, ()))

    def is_all(self, tokens: Sequence[Token]) -> bool:
        """Whether the words are one of the phrases and no more."""
        words = [token.word for token in tokens]
        return any(len(one) == len(words) and _alike(words, one) for one in self._phrases)

    def skip(self, tokens: Sequence[Token], start: int = 0) -> int:
        """The place after all phrases that follow each other from ``start`` on."""
        while length := self.at(tokens, start):
            start += length
        return start

    def trimmed(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """The words without phrases at their end; one word at least is left."""
        while length := max(
            (len(one) for one in self._phrases if self._ends(tokens, one)), default=0
        ):
            tokens = tokens[:-length]
        return tokens

    def _ends(self, tokens: Sequence[Token], phrase: tuple[str, ...]) -> bool:
        ending = tuple(token.word for token in tokens[-len(phrase) :])
        return len(tokens) > len(phrase) and ending == phrase


def _alike(words: Sequence[str], phrase: Sequence[str]) -> bool:
    same = len(words) == len(phrase)
    return same and all(_same(*pair) for pair in zip(words, phrase, strict=True))


@lru_cache(maxsize=4096)
def _same(word: str, meant: str) -> bool:
    """Whether a word is another one, perhaps mistyped: "remvoe" is "remove"."""
    if word == meant:
        return True
    if len(meant) < SURE or len(word) < SURE - 1 or word[0] != meant[0]:
        return False
    return OSA.distance(word, meant) <= (2 if len(meant) >= LONG else 1)
