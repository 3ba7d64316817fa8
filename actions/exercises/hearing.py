"""What a message says during an exercise: a command, a sign of the body, or something else.

Two views are joined. Patterns find signs of the body word by word, and see what is denied; the
trained reader knows how people put things that no list has. Where they differ the body wins: pain
or dizziness is never taken for "next".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.exercises.feeling import MOST_COUNT, single
from actions.patterns import Found, Patterns
from content.coach import Coach
from content.coach.model import Sign
from content.names import Spoken

SURE = 0.5
MAYBE_SIGN = 0.25
GRAVITY = ("stop", "ask", "wait", "ease")
"""The grades of signs, the gravest first."""


Ranking = Sequence[tuple[str, float]]


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

    def hear(self, text: str, rankings: Sequence[Ranking], *, asks: bool) -> Heard:
        """What a message says.

        Args:
            text: as it was typed.
            rankings: commands, signs, yes, no and aside with their probabilities, for the whole
                message and then for each of its parts.
            asks: whether the message is a question.
        """
        found = self._signs.find(text)
        whole, *parts = [self._heeding(dict(one), found) for one in rankings] or [{}]
        chances = whole
        best = max(chances, key=chances.__getitem__, default=Spoken.ASIDE.value)
        sure = chances.get(best, 0.0) >= SURE
        number = single(text, MOST_COUNT)
        if found.there and not (asks and sure and best not in self._coach.signs):
            return Heard(sign=self._gravest(found.there, chances), number=number)
        of_body = sum(chance for label, chance in chances.items() if label in self._coach.signs)
        if best in self._coach.signs and of_body >= SURE:
            return Heard(sign=self._coach.signs[best], number=number)
        if best != Spoken.ASIDE.value:
            # "Did seven then it started hurting": in one of its parts the body speaks.
            told = [self._sign_of(part) for part in parts]
            signs = [one for one in told if one is not None]
            if signs:
                return Heard(sign=self._gravest(signs, chances), number=number)
        if of_body >= MAYBE_SIGN:
            return Heard(number=number, doubt=True)
        return Heard(command=best if sure else None, number=number)

    def _sign_of(self, part: Mapping[str, float]) -> str | None:
        """The sign that a part of a message surely tells."""
        best = max(part, key=part.__getitem__, default="")
        return best if best in self._coach.signs and part[best] >= SURE else None

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
