"""What exercise a patient asks for: by name, by goal, by position, by time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from content.coach import Coach
from content.patterns import Patterns

ALIKE = 88
"""How like a name has to be, 0 to 100: one slip of the pen in a short name."""

_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
    "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
_MINUTES = re.compile(rf"\b(\d+|{'|'.join(_NUMBERS)})\s*(?:-\s*)?(?:minutes?|mins?|minuites|min)\b")
_QUARTER = re.compile(r"\bquarter of an hour\b")
_HALF = re.compile(r"\bhalf an hour\b|\bhalf hour\b")
MOST_MINUTES = 30


@dataclass(frozen=True)
class Wanted:
    """What a message asks for.

    Attributes:
        exercises: named ones.
        goals: what it should be good for.
        positions: how the patient wants to be.
        minutes: how long it may take.
        denied: positions that the patient does not want.
    """

    exercises: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    minutes: int | None = None
    denied: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing in particular is asked for."""
        return self == Wanted()


class Chooser:
    """Reads what is wanted.

    Args:
        coach: the exercises, with their names, goals and positions.
    """

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._names = [
            (utils.default_process(name), exercise.id)
            for exercise in coach.exercises.values()
            for name in (exercise.name, exercise.title, *exercise.also_known_as)
        ]
        self._goals = Patterns({one.id: one.patterns for one in coach.goals.values()})
        self._positions = Patterns({one.id: one.patterns for one in coach.positions.values()})

    def wanted(self, text: str) -> Wanted:
        """What a message asks for; nothing where it names none of it."""
        positions = self._positions.find(text)
        return Wanted(
            exercises=self._named(text),
            goals=_told(self._goals, text),
            positions=(*positions.there, *positions.other),
            minutes=minutes(text),
            denied=positions.denied,
        )

    def _named(self, text: str) -> tuple[str, ...]:
        """The exercise that a message names, or those that it may name."""
        plain = utils.default_process(text)
        found: dict[str, float] = {}
        names = [name for name, _ in self._names]
        for name, score, at in process.extract(
            plain, names, scorer=fuzz.partial_ratio, score_cutoff=ALIKE, limit=None
        ):
            # The longer the name, the more it says: "heel raises" beats "raises".
            if len(name) <= len(plain) + 2:
                identifier = self._names[at][1]
                found[identifier] = max(found.get(identifier, 0), score * len(name))
        best = max(found.values(), default=0)
        return tuple(one for one, score in found.items() if score == best)


def matching(coach: Coach, wanted: Wanted, among: Sequence[str]) -> list[str]:
    """The exercises ``among`` these that serve all that is wanted, those of most goals first."""
    chosen = [coach.exercises[one] for one in among]
    if wanted.positions:
        chosen = [one for one in chosen if one.position in wanted.positions]
    chosen = [one for one in chosen if one.position not in wanted.denied]
    if wanted.minutes is not None:
        chosen = [one for one in chosen if one.minutes <= wanted.minutes]
    if wanted.goals:
        served = {one.id: len(set(one.goals) & set(wanted.goals)) for one in chosen}
        chosen = [one for one in chosen if served[one.id]]
        chosen.sort(key=lambda one: -served[one.id])
    return [one.id for one in chosen]


def minutes(text: str) -> int | None:
    """The minutes that a message names, at most half an hour; None for none."""
    plain = text.lower()
    if _QUARTER.search(plain):
        return 15
    if _HALF.search(plain):
        return MOST_MINUTES
    found = _MINUTES.search(plain)
    if not found:
        return None
    number = found.group(1)
    return min(MOST_MINUTES, int(number) if number.isdigit() else _NUMBERS[number])


def _told(patterns: Patterns, text: str) -> tuple[str, ...]:
    """What is named at all: "help me to lift my toes" is a wish, "I cannot lift" a denial."""
    found = patterns.find(text)
    return tuple(dict.fromkeys((*found.there, *found.denied, *found.other)))
