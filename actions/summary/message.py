"""What one message tells of the patient, and the words to quote of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from actions.summary.clauses import OWN, SHORT, Clauses, Stretch
from content.summary import Heading
from triage.model import Candidate, Status

ASIDE, SUPPOSED, STORY, CAUSE = "aside", "supposed", "story", "cause"
CUT = frozenset({ASIDE, SUPPOSED})


class Message:
    """One message with the signs in it."""

    def __init__(self, text: str, clauses: Clauses, candidates: Sequence[Candidate]) -> None:
        self._text = text
        self._clauses = clauses
        self._candidates = candidates
        self._cut = {
            clauses.clause(at)
            for one in candidates
            if one.sign in CUT
            for at in [clauses.word_at(one.start)]
        }
        began = [one for one in candidates if one.sign == Heading.BEGAN.value]
        self._dated = {self.sentence(one) for one in began if one.status is Status.AFFIRMED}

    def sentence(self, one: Candidate) -> Stretch:
        """The sentence in which a sign starts."""
        return self._clauses.sentence(self._clauses.word_at(one.start))

    def is_told(self, one: Candidate) -> bool:
        """Whether a sign is there, now, and the patient's own."""
        first, last = self._clauses.words_of(one.start, one.end)
        if one.status is not Status.AFFIRMED or self._clauses.is_asked(first):
            return False
        if self._clauses.clause(first) in self._cut:
            return False
        dated = self.sentence(one) in self._dated
        if one.sign.startswith(CAUSE) and not dated:
            # "Some have MS" after "I asked around" is not of the patient.
            return self._clauses.names_own(self.sentence(one)) and self._is_own(first, last)
        # Without a date, words that name nobody are likelier looked up than told.
        return self._is_own(first, last) or (dated and self._clauses.person(first, last) is None)

    def _is_own(self, first: int, last: int) -> bool:
        return self._clauses.person(first, last) == OWN

    def quote(self, one: Candidate) -> str:
        """The sentence of a sign, if all of it tells of the patient; else the clause."""
        first, last = self._clauses.words_of(one.start, one.end)
        sentence = self._clauses.sentence(first)
        whole = sentence.end - sentence.start <= SHORT and self._clauses.only_own(sentence)
        whole = whole and not self._clauses.asks(sentence)
        if whole and all(map(_is_clear, self._within(sentence))):
            return self._clauses.quote(sentence)
        clause = self._clauses.clause(first)
        if any(other.status is not Status.AFFIRMED for other in self._within(clause)):
            part = self._clauses.part(first)
            clause = part if part.end >= last else clause
        short = self._clauses.shortened(clause, first, last)
        return self._clauses.quote(self._clauses.told(short))

    def is_part(self, one: Candidate) -> bool:
        """Whether the words of a sign are part of longer ones: "yesterday" in "since yesterday"."""
        return any(
            other.sign == one.sign
            and other.start <= one.start
            and one.end <= other.end
            and len(other.text) > len(one.text)
            for other in self._candidates
        )

    def _within(self, stretch: Stretch) -> list[Candidate]:
        return [
            one
            for one in self._candidates
            if stretch.start <= self._clauses.word_at(one.start) < stretch.end
        ]


def _is_clear(one: Candidate) -> bool:
    """Whether a sign is no reason to quote less than its sentence."""
    return one.sign not in CUT and one.status is Status.AFFIRMED
