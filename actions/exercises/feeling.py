"""Numbers that patients give: how much it hurt, how hard it was, how many, how long. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.safety import wording
from content.coach.model import Feeling

MOST_PAIN = 10
MOST_COUNT = 200
MOST_SECONDS = 600
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
WORDS = {word: value for value, word in enumerate(_UNITS)} | _TENS
_NUMBER = re.compile(rf"\b(\d+|{'|'.join(WORDS)})\b")
_ALONE = frozenset({"no", "right", "good", "some", "hard", "light", "fine", "ok", "okay"})
_OUT_OF = re.compile(r"(?:/|\bout of|\bon a scale of|\bfrom)\s*(?:\d+|ten)(?:\s*to\s*(?:\d+|ten))?")


def numbers(text: str) -> list[int]:
    """The whole numbers that a text names, in figures or in words; "of 10" is no such number."""
    plain = _OUT_OF.sub(" ", text.lower())
    return [int(one) if one.isdigit() else WORDS[one] for one in _NUMBER.findall(plain)]


def single(text: str, most: int) -> int | None:
    """The only number of a text, at most ``most``; of a range the higher; None for none."""
    found = [one for one in numbers(text) if one <= most]
    return max(found) if found and len(found) == len(numbers(text)) else None


def felt(text: str, feelings: Sequence[Feeling]) -> int | None:
    """How it felt, 0 to 10: by a number, or by the longest of the words that a reply holds."""
    number = single(text, MOST_PAIN)
    if number is not None:
        return number
    words = wording.spoken(wording.split(text))
    best: tuple[int, int] | None = None
    for feeling in feelings:
        for phrase in feeling.words:
            said = wording.spoken(wording.split(phrase))
            # A word says something anywhere; "no" alone, or in "no pain", only by itself.
            bare = len(said) == 1 and said[0] in _ALONE
            held = said == words if bare else bool(said and wording.places(words, said))
            if held and (best is None or (len(said), feeling.value) > best):
                best = (len(said), feeling.value)
    return best[1] if best else None
