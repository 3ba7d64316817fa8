"""How often something happened, as patients put it: "twice", "none", "once or twice". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from actions.exercises.feeling import MOST_COUNT, WORDS
from actions.safety import wording
from content.progress import Words

NEAR = 3
_FIGURE = re.compile(r"(\d{1,9})(?:x|ish)?")
ARTICLE = "a"
PRONOUN = "one"
PRONOUN_AFTER = frozenset({"of", "foot", "leg", "side"})
PRONOUN_BEFORE = frozenset({"no", "which", "that", "this", "every"})


class Count(NamedTuple):
    """A number of times, and the places of its first word and after its last."""

    value: int
    start: int
    end: int


def read(text: str, words: Words, days: int, *, real: bool = False) -> int | None:
    """How often it happened.

    Args:
        text: any string at all.
        words: the lists by which it is read.
        days: how many days were asked about: "every day" is as many.
        real: whether a thing that nearly happened does not count.

    Returns:
        Of a range the higher, of "once on Monday and twice today" the sum; None where no number
        is told, or none that anybody counts.
    """
    said = wording.split(text)
    if real and _holds(said, words.lists["nearly"]):
        return None
    found = list(_counts(said, words, days))
    if not found:
        return days if _holds(said, words.lists["daily"]) else None
    told = [one for one in found if one.value and not _is_denied(said, one, found)]
    if not told:
        # "No, only on the stairs."
        return None if _holds(said, words.lists["turning"]) else 0
    if real and any(not one.value for one in found):
        # "I did not fall, I only tripped twice."
        return None
    total = told[0].value
    for before, one in pairwise(told):
        between = said[before.end : one.start]
        joined = any(word in words.lists["joining"] for word in between)
        total = total + one.value if joined else max(total, one.value)
    return total if total <= MOST_COUNT else None


def tells_of_a_fall(text: str, words: Words) -> bool:
    """Whether a fall is told, though perhaps not how many there were."""
    said = wording.split(text)
    return _holds(said, words.lists["fallen"]) and not _holds(said, words.lists["nearly"])


def _counts(said: Sequence[str], words: Words, days: int) -> Iterable[Count]:
    """The counts of a text, from left to right."""
    phrases = {wording.spoken(wording.split(one)): n for one, n in words.counts.items()}
    at = 0
    while at < len(said):
        found = _phrase(said, at, phrases) or _number(said, at, words)
        if found is None:
            at += 1
            continue
        yield found._replace(value=found.value * _rate(said, found.end, words, days))
        at = found.end


def _phrase(said: Sequence[str], at: int, phrases: dict[wording.Words, int]) -> Count | None:
    length = wording.longest(tuple(said[at:]), phrases)
    if not length:
        return None
    return Count(phrases[tuple(said[at : at + length])], at, at + length)


def _number(said: Sequence[str], at: int, words: Words) -> Count | None:
    """A figure or a word for a number that counts something, and is no date and no age."""
    word = said[at]
    figure = _FIGURE.fullmatch(word)
    value = int(figure[1]) if figure else WORDS.get(word)
    following = said[at + 1] if at + 1 < len(said) else ""
    if value is None or following in words.lists["not_counts"]:
        return None
    before = said[at - 1] if at else ""
    pronoun = word == PRONOUN and (before in PRONOUN_BEFORE or following in PRONOUN_AFTER)
    return None if pronoun else Count(value, at, at + 1)


def _is_denied(said: Sequence[str], one: Count, found: Iterable[Count]) -> bool:
    """Whether a no stands right before: "I did not have a fall"."""
    if said[one.start] != ARTICLE:
        return False
    return any(
        not other.value
        and 0 <= one.start - other.end <= NEAR
        and wording.BREAK not in said[other.end : one.start]
        for other in found
    )


def _rate(said: Sequence[str], at: int, words: Words, days: int) -> int:
    """How often a rate such as "a day" comes round in ``days``; 1 where none is told."""
    for where in range(at, min(at + NEAR, len(said) - 1)):
        every = said[where] in words.lists["per"]
        unit = words.units.get(said[where + 1])
        if every and unit:
            return max(1, round(days / unit))
    return 1


def _holds(said: wording.Words, phrases: Iterable[str]) -> bool:
    spoken = wording.spoken(said)
    return any(wording.places(spoken, wording.spoken(wording.split(one))) for one in phrases)
