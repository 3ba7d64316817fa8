"""The values that screening a text gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Level(str, Enum):
    """How soon somebody needs help, from the most urgent to not at all."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SOON = "soon"
    NONE = "none"

    __hash__ = str.__hash__  # an enumeration's own is slow

    @property
    def rank(self) -> int:
        """0 for none, 3 for an emergency."""
        return RANKS[self]


RANKS = {Level.NONE: 0, Level.SOON: 1, Level.URGENT: 2, Level.EMERGENCY: 3}


def highest(levels: Iterable[Level]) -> Level:
    """The most urgent of ``levels``; none if there are none."""
    return max(levels, key=lambda level: level.rank, default=Level.NONE)


class Status(str, Enum):
    """What a text says of a sign that it names; only an affirmed one counts."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    PAST = "past"
    RELATIVE = "relative"
    HYPOTHETICAL = "hypothetical"
    INFORMATION = "information"
    UNCHANGED = "unchanged"
    IDIOM = "idiom"

    __hash__ = str.__hash__


@dataclass(frozen=True)
class Candidate:
    """A sign's words in a text, and why they count or do not.

    Attributes:
        sign: the sign's id.
        text: the words as they were typed.
        start: the place of the first of them, in characters.
        end: the place after the last of them.
        status: affirmed, or why the words do not count.
        cue: the words that decided the status; empty for an affirmed sign.
        pattern: the pattern that found it.
    """

    sign: str
    text: str
    start: int
    end: int
    status: Status
    cue: str
    pattern: str


@dataclass(frozen=True)
class Flag:
    """A red flag that was raised.

    Attributes:
        id: the flag's id, the name of its file.
        level: how urgent it is in this text.
        text: the words that raised it, as they were typed.
        reason: the rule that raised it, or the second opinion.
        chance: how likely the second opinion finds the flag, from 0 to 1.
        sure: whether the second opinion may not doubt it.
    """

    id: str
    level: Level
    text: str
    reason: str
    chance: float = 0.0
    sure: bool = False


@dataclass(frozen=True)
class Told:
    """An earlier message, and the ids of the signs that it affirmed."""

    text: str
    signs: frozenset[str]


@dataclass(frozen=True)
class Context:
    """What is known from earlier messages of the session.

    Attributes:
        signs: ids of signs that the patient affirmed before: two halves of a red flag may come
            in two messages.
        told: the messages that told of them, the oldest first, as far as they are at hand: with
            them both opinions judge what two halves mean together.
        settled: ids of the flags that the patient was told of or denied. Another one whose halves
            were doubted is looked at again once one more of its signs is told.
    """

    signs: frozenset[str] = frozenset()
    told: tuple[Told, ...] = ()
    settled: frozenset[str] = frozenset()

    def has_words_for(self, signs: frozenset[str]) -> bool:
        """Whether the messages are at hand that told of each of these signs that is known."""
        return signs & self.signs <= frozenset[str]().union(*(one.signs for one in self.told))


@dataclass(frozen=True)
class Screening:
    """What was noticed in one text.

    Attributes:
        level: the most urgent level of the flags.
        flags: most urgent first.
        candidates: every sign that was named, kept or dropped, in the order of the text.
        signs: ids of the affirmed signs, to be remembered for the next message.
        dropped: flags that rules raised and the second opinion overruled.
        unsure: the flag that may be meant; one gentle question should be asked.
        alarm: how likely the second opinion finds anything urgent or worse, from 0 to 1, whatever
            came of it; 0 where it was not asked.
    """

    level: Level = Level.NONE
    flags: tuple[Flag, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    signs: frozenset[str] = frozenset()
    dropped: tuple[Flag, ...] = ()
    unsure: Flag | None = None
    alarm: float = 0.0
