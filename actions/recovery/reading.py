"""What a typed reply does in the talk about recovery. Pure: text in, reply out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from actions.recovery import since
from actions.recovery.cause import Finder
from actions.recovery.since import Since
from actions.safety import wording
from actions.safety.answers import Reader
from actions.safety.values import Said
from content.recovery import Recovery

BARE_QUESTION = 3
"""So few words are an answer still, though they ask: "is it MS?"."""


class Does(str, Enum):
    """What a reply does."""

    TELLS = "tells"
    ASKS = "asks"
    UNSURE = "unsure"
    YES = "yes"
    NO = "no"
    STOP = "stop"
    BACK = "back"
    WHY = "why"
    MEANING = "meaning"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Reply:
    """A reply as it was read: what it does, and what it tells of the cause and the time."""

    does: Does
    causes: tuple[str, ...] = ()
    since: Since | None = None


class Listener:
    """Reads replies.

    Args:
        recovery: the causes, and the words people tell a time by.
        words: the lists of words of the safety check, which know "stop", "back" and "not sure".
    """

    def __init__(self, recovery: Recovery, words: Mapping[str, Sequence[str]]) -> None:
        self._recovery = recovery
        self._reader = Reader(words)
        self._finder = Finder(recovery.causes, recovery.words["doubt"])
        self._asking, self._going_on = (
            frozenset(tuple(one.split()) for one in recovery.words[name])
            for name in ("asking", "go_on")
        )
        self._titles = {
            wording.spoken(wording.split(name)): cause.id
            for cause in recovery.causes.values()
            for name in (cause.id, cause.title)
        }

    def read(self, text: str, today: date) -> Reply:
        """Read one reply, typed on the day ``today``."""
        causes, told = self._causes(text), since.read(text, today, self._recovery.clock)
        does = self._does(text, bool(causes or told))
        if does is Does.UNSURE and causes and not self._finder.doubts(text):
            does = Does.TELLS
        if any(self._recovery.causes[one].unknown for one in causes):
            return Reply(Does.UNSURE, since=told)
        return Reply(does, causes if does is Does.TELLS else (), told)

    def opening(self, text: str, today: date) -> Reply:
        """What the message tells with which the talk is asked for.

        That nobody knows is not taken from there: "nobody tells me how long" is no cause.
        """
        causes = tuple(one for one in self._causes(text) if not self._recovery.causes[one].unknown)
        return Reply(Does.TELLS, causes, since.read(text, today, self._recovery.clock))

    def asks(self, text: str) -> bool:
        """Whether something is asked."""
        return self._reader.is_question(text)

    def _causes(self, text: str) -> tuple[str, ...]:
        titled = self._titles.get(wording.spoken(wording.split(text)))
        return (titled,) if titled else self._finder.named(text)

    def _does(self, text: str, tells: bool) -> Does:
        words = wording.split(text)
        said = self._reader.read(text).said
        if said in (Said.STOP, Said.BACK):
            return Does(said.value)
        if tells and wording.longest(words, self._asking) and len(words) > BARE_QUESTION:
            return Does.ASKS
        if tells and said is not Said.UNSURE:
            return Does.TELLS
        if wording.longest(wording.spoken(words), self._going_on):
            return Does.NO
        return Does(said.value)
