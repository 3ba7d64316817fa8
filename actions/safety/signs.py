"""What a text names of the check's questions: signs that are there, and signs that are denied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from actions.safety.answers import Reader
from actions.safety.course import GRAVER, YES
from actions.safety.values import Named
from content.model import SafetyCheck
from triage.knowledge import Sign
from triage.load import load
from triage.model import Candidate, Context, Flag, Level, Status
from triage.pattern import parse
from triage.screening import Screener

OWN = ("my", "mine")
SEPARATOR = ":"
_NO_STATEMENT = re.compile(
    r"^(\W*(?:no|nope|nah))\s(?=(?:i|im|i'm|i’m|ive|my|it|its|it's|it’s|the|he|she|his|her)\b)",
    re.I,
)


@dataclass(frozen=True)
class Told:
    """What a reply tells.

    Attributes:
        found: the answers it gives by itself, by question.
        named: what it names, for reading the rest.
    """

    found: dict[str, str]
    named: Named


class Finder:
    """Finds answers in texts that say neither yes nor no.

    Args:
        check: the questions.
        reader: tells questions from statements.
    """

    def __init__(self, check: SafetyCheck, reader: Reader) -> None:
        knowledge = load()
        signs = {
            f"{question.id}{SEPARATOR}{name}": Sign(
                f"{question.id}{SEPARATOR}{name}",
                tuple(parse(one.lower(), knowledge.reader.lemma) for one in outcome.patterns),
                frozenset(Status(cue) for cue in outcome.ignore),
            )
            for question in check.questions
            for name, outcome in question.outcomes.items()
            if outcome.patterns
        }
        self._check = check
        self._reader = reader
        self._screener = Screener(replace(knowledge, signs=signs, flags={}))
        # By rules alone: the second opinion names no sign, and the gateway has asked it already.
        self._red_flags = Screener(knowledge)

    def told(self, text: str, asked: str | None, *, half: bool = False) -> Told:
        """What a reply tells by itself.

        Args:
            text: the reply.
            asked: the question it replies to.
            half: whether that asked for the graver half alone.
        """
        text = _apart(text)
        there, denied = self._signs(text)
        # Said in passing "my foot is cold" is no alarm; after "Is the leg cold?" it is.
        grave = asked if half and not self._reader.is_old(text) else None
        there = [one for one in there if _name(one) != GRAVER or _question(one) == grave]
        by_rules = self._red_flags.by_rules(text)
        found = self._answers(by_rules.flags, by_rules.affirmed, there)
        for one in there:
            question, name = _question(one), _name(one)
            found[question] = min(found.get(question, name), name, key=_gravity)
        named = Named(
            rest=_blanked(text, [*there, *denied]),
            denied=bool(denied),
            other=any(question != asked for question in found),
        )
        return Told(found, named)

    def before(self, texts: Iterable[str]) -> dict[str, str]:
        """The answers that earlier messages gave, by question."""
        known: frozenset[str] = frozenset()
        found: dict[str, str] = {}
        for text in texts:
            if self._reader.is_question(text) and not _is_own(text):
                continue
            by_rules = self._red_flags.by_rules(text, Context(known))
            known |= by_rules.plain
            there, _ = self._signs(text)
            told = self._answers(by_rules.flags, by_rules.affirmed, there)
            for question, name in told.items():
                found[question] = min(found.get(question, name), name, key=_gravity)
        return found

    def _answers(
        self, flags: Iterable[Flag], signs: Iterable[str], there: Iterable[Candidate]
    ) -> dict[str, str]:
        """The answers that red flags and signs give, by question."""
        raised = {flag.id for flag in flags if flag.level.rank >= Level.URGENT.rank}
        affirmed = set(signs)
        named = {_question(one) for one in there}
        found: dict[str, str] = {}
        for question in self._check.questions:
            for name, outcome in question.outcomes.items():
                # Some signs heed no denial, for they are only halves of a red flag.
                told = outcome.signs & affirmed and question.id in named
                if outcome.flags & raised or told:
                    found[question.id] = min(found.get(question.id, name), name, key=_gravity)
        return found

    def _signs(self, text: str) -> tuple[list[Candidate], list[Candidate]]:
        """The questions' own signs in a text: those that are there, and those denied."""
        candidates = self._screener.screen(text).candidates
        denied = [
            one for one in candidates if one.status is Status.NEGATED or _follows_no(text, one)
        ]
        there = [
            one
            for one in candidates
            if self._is_told(one, text) and not any(_overlap(one, other) for other in denied)
        ]
        return there, denied

    def _is_told(self, one: Candidate, text: str) -> bool:
        """Whether a sign is there, and not only asked about."""
        if one.status is not Status.AFFIRMED:
            return False
        sentence = _sentence(text, one.start)
        return _is_own(sentence) or not self._reader.is_question(sentence)


def _question(one: Candidate) -> str:
    return one.sign.partition(SEPARATOR)[0]


def _name(one: Candidate) -> str:
    return one.sign.rpartition(SEPARATOR)[2]


def _is_own(text: str) -> bool:
    return any(word in OWN for word in text.lower().split())


def _overlap(one: Candidate, other: Candidate) -> bool:
    """Whether two signs of one question share words: "no trouble with bladder or bowels"."""
    together = one.start < other.end and other.start < one.end
    return together and _question(one) == _question(other)


def _follows_no(text: str, one: Candidate) -> bool:
    """Whether "no" stands right before a sign: "no change in bladder" is no cue of triage."""
    return text[: one.start].lower().split()[-1:] == ["no"]


def _gravity(name: str) -> int:
    """The gravest first."""
    return {GRAVER: 0, YES: 1}.get(name, 2)


def _apart(text: str) -> str:
    """``text`` with a comma after the "no" it begins with, where a statement follows.

    "No I leak" denies the question and not the leak.
    """
    return _NO_STATEMENT.sub(r"\1,", text, count=1)


def _sentence(text: str, at: int) -> str:
    """The sentence in which the character ``at`` stands."""
    ends = ".!?\n"
    start = max((text.rfind(end, 0, at) for end in ends), default=-1) + 1
    stops = [place for place in (text.find(end, at) for end in ends) if place >= 0]
    return text[start : min(stops) + 1 if stops else len(text)].strip()


def _blanked(text: str, signs: Iterable[Candidate]) -> str:
    """``text`` with the words of ``signs`` blanked out."""
    letters = list(text)
    for one in signs:
        letters[one.start : one.end] = " " * (one.end - one.start)
    return "".join(letters)
