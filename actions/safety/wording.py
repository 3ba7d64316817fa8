"""A typed reply as plain words. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

BREAK = ","
"""Stands for any punctuation between two words."""

Words = tuple[str, ...]

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_LONG = re.compile(r"([a-z])\1{2,}")
_TOKEN = re.compile(r"[^\W_]+|[.,;:!?\n()–—-]+")
_NOT = re.compile(
    r"\b(is|are|was|were|do|does|did|have|has|had|would|could|should|must|need)n'?t\b"
)
_SHORT = (
    (re.compile(r"\b(?:can'?t|cannot|carn'?t)\b"), "can not"),
    (re.compile(r"\bwon'?t\b"), "will not"),
    (re.compile(r"\bain'?t\b"), "is not"),
    (re.compile(r"\b(i|we|they|you)'?ve\b"), r"\1 have"),
    (re.compile(r"\bi'?m\b"), "i am"),
    (re.compile(r"\b(it|he|she|that|there|what|everything)'?s\b"), r"\1 is"),
    (re.compile(r"\b(they|you)'?re\b"), r"\1 are"),
    (re.compile(r"\bi'd\b"), "i would"),
    (re.compile(r"\blet'?s\b"), "let us"),
    (re.compile(r"(?:\btill?\b|'til\b)"), "until"),
)


def split(text: str) -> Words:
    """The words of ``text`` in small letters and written out; ``BREAK`` for punctuation."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES)
    plain = _LONG.sub(r"\1", plain)
    plain = _NOT.sub(r"\1 not", plain)
    for short, long in _SHORT:
        plain = short.sub(long, plain)
    plain = plain.replace("'", "")
    found = [BREAK if not token[0].isalnum() else token for token in _TOKEN.findall(plain)]
    return tuple(found)


def spoken(words: Sequence[str]) -> Words:
    """The words alone."""
    return tuple(word for word in words if word != BREAK)


def longest(words: Words, phrases: Iterable[Words]) -> int:
    """How many words the longest of ``phrases`` has with which ``words`` begin; 0 for none."""
    return max((len(one) for one in phrases if one and words[: len(one)] == one), default=0)


def places(words: Words, phrase: Words) -> list[int]:
    """Where ``phrase`` stands in ``words``."""
    return [at for at in range(len(words)) if words[at : at + len(phrase)] == phrase]


def trimmed(words: Words, front: frozenset[Words], end: frozenset[Words]) -> Words:
    """``words`` without punctuation and fillers at the ``front`` and at the ``end``."""
    turned = frozenset(filler[::-1] for filler in end)
    return _front(_front(words, front)[::-1], turned)[::-1]


def _front(words: Words, fillers: frozenset[Words]) -> Words:
    while words:
        length = 1 if words[0] == BREAK else longest(words, fillers)
        if not length:
            break
        words = words[length:]
    return words
