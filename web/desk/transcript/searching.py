"""Where the words of a search stand in a text: as the search itself finds them, nearly. Pure.

The search knows the stems of English words; here an ending or two is taken off each word and the
words of the text that go on from there are found. A reader may see a word marked too many; which
conversations are found is not decided here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from desk.transcript.marks import Mark, Piece, Sign

MAX_WORDS = 20
_WORD = re.compile(r"\w+")
_ENDINGS = ("ing", "ed", "es", "ly", "s")
_SHORTEST = 3
# What is doubled at the end of a stem before an ending, as in "dragging".
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


def stems(query: str) -> list[str]:
    """What the words of a search begin with, in small letters and without accents."""
    words = [folded(word) for word in _WORD.findall(query)][:MAX_WORDS]
    return [_stem(word) for word in words if word]


def found(parts: Iterable[Piece], wanted: Sequence[str]) -> Iterator[Mark]:
    """A mark for each word that is shown and begins with one of the stems.

    Args:
        parts: the text; hidden words are never found.
        wanted: what `stems` gave.
    """
    if not wanted:
        return
    for part in parts:
        if part.is_hidden:
            continue
        for match in _WORD.finditer(part.shown):
            if folded(match[0]).startswith(tuple(wanted)):
                yield Mark(part.start + match.start(), part.start + match.end(), Sign.FOUND)


def folded(word: str) -> str:
    """A word in small letters and without accents."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return _DOUBLED.sub(r"\1", word.removesuffix(ending))
    return word
