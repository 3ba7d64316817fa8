"""Reads a reply to a question that yes or no answers; what is neither is left open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

APOSTROPHES = re.compile("['\u2018\u2019`]")  # phones type the curly ones

Words = tuple[str, ...]


class Replies:
    """How people say yes and no.

    Args:
        phrases: under ``yes`` and ``no``, how such a reply begins; under ``whole_yes``, what means
            yes if nothing else is said; under ``tail``, words that may stand around any of them.
    """

    def __init__(self, phrases: Mapping[str, Any]) -> None:
        self._yes, self._no, self._whole = (
            _longest_first(phrases.get(key) or ()) for key in ("yes", "no", "whole_yes")
        )
        self._tail = frozenset(phrases.get("tail") or ())

    def read(self, text: str) -> bool | None:
        """Whether ``text`` says yes or no; None if it says neither, or more than that."""
        words = _words(text)
        if words in self._whole or self._bare(words) in self._whole:
            return True
        yes, no = _beginning(words, self._yes), _beginning(words, self._no)
        if len(yes) > len(no):
            return True
        return False if no and self._says_only_no(words) else None

    def _says_only_no(self, words: Words) -> bool:
        """Whoever says no and goes on may be telling of something: "no feeling at all"."""
        while words:
            no = _beginning(words, self._no)
            if not no and words[0] not in self._tail:
                return False
            words = words[len(no) or 1 :]
        return True

    def _bare(self, words: Words) -> Words:
        """Without the words that mean nothing at either end."""
        while words and words[0] in self._tail:
            words = words[1:]
        while words and words[-1] in self._tail:
            words = words[:-1]
        return words


def _words(text: str) -> Words:
    return tuple(re.findall(r"[a-z]+|\d+", APOSTROPHES.sub("", text.lower())))


def _longest_first(phrases: Iterable[str]) -> Sequence[Words]:
    return sorted((_words(phrase) for phrase in phrases), key=len, reverse=True)


def _beginning(words: Words, phrases: Sequence[Words]) -> Words:
    """The longest phrase with which the words begin; empty if there is none."""
    return next((phrase for phrase in phrases if words[: len(phrase)] == phrase), ())
