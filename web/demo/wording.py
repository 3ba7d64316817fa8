"""What a patient types in the end: words filled in, and slips of the finger."""

import random
import re
from collections.abc import Mapping, Sequence

from demo.scripts import PLACE

DEEP = 5
NEIGHBOURS = {
    **{"a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o"},
    **{"j": "k", "k": "l", "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "q": "w", "r": "t"},
    **{"s": "d", "t": "y", "u": "i", "v": "b", "w": "e", "x": "c", "y": "u", "z": "x"},
}
_WORD = re.compile(r"[a-z]{4,}")
WORDS_A_SLIP = 9


def filled(text: str, words: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    """A text with each of its places filled by one of the words for it, at any depth."""
    for _ in range(DEEP):
        if not PLACE.search(text):
            break
        text = PLACE.sub(lambda place: rng.choice(words[place[1]]), text)
    return text


def slipped(text: str, rng: random.Random) -> str:
    """The text as somebody in a hurry types it: about every ninth word has a slip, at least one."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    wrong = rng.sample(words, max(1, len(words) // WORDS_A_SLIP))
    for word in sorted(wrong, key=lambda found: found.start(), reverse=True):
        text = text[: word.start()] + _mistyped(word[0], rng) + text[word.end() :]
    return text


def _mistyped(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + NEIGHBOURS[word[at]] + word[at + 1 :],
    ]
    # Two like letters swapped are no slip.
    return rng.choice(slips + [swapped] * (swapped != word))
