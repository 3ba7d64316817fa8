"""What a message says during an exercise: a command, a sign of the body, or something else.

Two views are joined. Patterns find signs of the body word by word, and see what is denied; the
trained reader knows how people put things that no list has. Where they differ the body wins: pain
or dizziness is never taken for "next".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from actions.exercises.feeling import MOST_COUNT, single
from content.coach import Coach
from content.coach.model import Sign
from content.names import Command, Spoken
from content.patterns import Found, Patterns

SURE = 0.5
MAYBE_SIGN = 0.25


class Grade(str, Enum):
    """What a sign asks for, the gravest first."""

    STOP = "stop"
    ASK = "ask"
    WAIT = "wait"
    EASE = "ease"


GRAVITY = [grade.value for grade in Grade]


SURELY = 0.7
ONWARD = (Command.NEXT.value, Command.RESUME.value)
PASSING = (Grade.WAIT.value, Grade.EASE.value)
"""Grades of signs that pass by themselves."""

_DENIAL = re.compile(r"\b(?:no|not|nothing|without|none|never|nor)\b|n'?t\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:i|im|i'm|ive|i've|my|me)\b", re.IGNORECASE)
_OVER = re.compile(r"\b(?:gone|went|passed|over|better|stopped|eased|off|fine|ok|okay)\b", re.I)

Read = tuple[str, Sequence[tuple[str, float]]]
"""A message or a part of it, with labels and their probabilities."""


@dataclass(frozen=True)
class Heard:
    """What was heard.

    Attributes:
        sign: the sign of the body, if one is told.
        command: the command, or yes, no, unsure or aside; None where nothing is clear.
        number: a number that was told.
        doubt: whether a sign may have been meant.
    """

    sign: Sign | None = None
    command: str | None = None
    number: int | None = None
    doubt: bool = False


class Hearer:
    """Joins patterns with what the trained reader ranked.

    Args:
        coach: the commands and the signs.
    """

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._signs = Patterns({sign.id: sign.patterns for sign in coach.signs.values()})

    def hear(self, text: str, read: Sequence[Read], *, asks: bool) -> Heard:
        """What a message says.

        Args:
            text: as it was typed.
            read: what the trained reader says: the whole message and then each of its parts, with
                commands, signs, yes, no and aside and their probabilities.
            asks: whether the message is a question.
        """
        found = self._signs.find(text)
        parts = [(part, self._heeding(dict(ranking), found)) for part, ranking in read]
        chances: Mapping[str, float] = parts[0][1] if parts else {}
        best = _best(chances)
        number = single(text, MOST_COUNT)
        if found.there:
            sign = self._gravest(found.there, chances)
            beside = asks and best == Spoken.ASIDE.value and chances[best] >= SURE
            # "Does it matter that I fell just now?" asks, and tells of a fall.
            own = sign.grade == Grade.STOP and _OWN.search(text)
            if (own or not beside) and not self._is_over(sign, text, chances):
                return Heard(sign=sign, number=number)
        told = [one for one in (self._sign_of(part) for _, part in parts) if one is not None]
        if not told or best == Spoken.ASIDE.value:
            of_body = sum(chance for label, chance in chances.items() if self._is_sign(label))
            if of_body >= MAYBE_SIGN and not found.there:
                return Heard(number=number, doubt=True)
            return Heard(command=best if chances.get(best, 0.0) >= SURE else None, number=number)
        denied = None if found.there else self._beside_denied(parts[1:])
        if denied is not None:
            return Heard(command=denied, number=number)
        if found.there:
            return Heard(command=best if chances.get(best, 0.0) >= SURE else None, number=number)
        return Heard(sign=self._gravest(told, chances), number=number)

    def _is_sign(self, label: str) -> bool:
        return label in self._coach.signs

    def _is_over(self, sign: Sign, text: str, chances: Mapping[str, float]) -> bool:
        """Whether a cramp is named that has passed: "the cramp has gone, carry on"."""
        onward = max(chances.get(one, 0.0) for one in ONWARD)
        return sign.grade in PASSING and onward >= SURELY and bool(_OVER.search(text))

    def _beside_denied(self, parts: Sequence[tuple[str, Mapping[str, float]]]) -> str | None:
        """The command of a message whose other parts deny what they name.

        "Nothing sore, on to the next" names soreness only to say that there is none.
        """
        commands = [_best(part) for _, part in parts if self._sign_of(part) is None]
        signs = [text for text, part in parts if self._sign_of(part) is not None]
        if not commands or not all(_DENIAL.search(text) for text in signs):
            return None
        return commands[0] if set(commands) <= set(ONWARD) else None

    def _sign_of(self, part: Mapping[str, float]) -> str | None:
        """The sign that a part of a message surely tells."""
        best = _best(part)
        of_body = sum(chance for label, chance in part.items() if self._is_sign(label))
        return best if self._is_sign(best) and of_body >= SURE else None

    def _heeding(self, chances: Mapping[str, float], found: Found) -> dict[str, float]:
        """The chances without the signs that the text denies, scaled to what they were."""
        denied = set(found.denied) - set(found.there)
        if not denied:
            return dict(chances)
        # "No pain" denies each kind of pain.
        kin = {self._kin(one) for one in denied}
        kept = {
            label: chance
            for label, chance in chances.items()
            if label not in self._coach.signs or self._kin(label) not in kin
        }
        total, before = sum(kept.values()), sum(chances.values())
        return {label: chance * before / total for label, chance in kept.items()} if total else {}

    def _kin(self, sign: str) -> str:
        """The sign whose question leads to this one; else the sign itself."""
        for one in self._coach.signs.values():
            if sign in (one.worse, one.milder):
                return one.id
        return sign

    def _gravest(self, named: Sequence[str], chances: Mapping[str, float]) -> Sign:
        """Of several signs the gravest, and of equals the likelier."""
        signs = [self._coach.signs[one] for one in named]
        return min(signs, key=lambda one: (GRAVITY.index(one.grade), -chances.get(one.id, 0.0)))


def _best(chances: Mapping[str, float]) -> str:
    return max(chances, key=chances.__getitem__, default=Spoken.ASIDE.value)
