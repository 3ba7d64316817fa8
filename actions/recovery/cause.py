"""Which causes a text names. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions.safety import wording
from content.recovery import Cause
from triage.knowledge import Sign
from triage.load import load
from triage.model import Status
from triage.pattern import parse
from triage.screening import Screener

DENIED = frozenset({Status.NEGATED})


class Finder:
    """Finds causes in what patients type; slips of the keyboard are mended.

    Args:
        causes: what to look for, with their patterns.
        doubt: words that make a cause a guess: "maybe a disc".
    """

    def __init__(self, causes: Mapping[str, Cause], doubt: Sequence[str]) -> None:
        knowledge = load()
        signs = {
            cause.id: Sign(
                cause.id,
                tuple(parse(one.lower(), knowledge.reader.lemma) for one in cause.patterns),
                # Other cues do not matter: who asks "after my stroke?" names a stroke.
                frozenset(Status) - DENIED if not cause.unknown else frozenset(Status),
            )
            for cause in causes.values()
        }
        self._causes = causes
        self._doubt = frozenset(doubt)
        self._screener = Screener(replace(knowledge, signs=signs, flags={}))

    def named(self, text: str) -> tuple[str, ...]:
        """The ids of the causes that ``text`` names, in the order of the file.

        A cause gives way to one that is ``over`` it: "an operation on my disc" names the disc.
        Where it is said that nobody knows, what is named beside is a guess.
        """
        candidates = self._screener.screen(text).candidates
        found = {one.sign for one in candidates if one.status is Status.AFFIRMED}
        if any(self._causes[one].unknown for one in found):
            return tuple(one for one in found if self._causes[one].unknown)
        below = {name for one in found for name in self._causes[one].over}
        return tuple(one for one in self._causes if one in found - below)

    def doubts(self, text: str) -> bool:
        """Whether the text only guesses."""
        return bool(self._doubt & set(wording.split(text)))
