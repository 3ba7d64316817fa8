"""Screening a text for red flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from triage.cues import Cues, cue_matcher
from triage.files import HOME
from triage.judgement import Verdict, weigh
from triage.knowledge import Knowledge, Sign
from triage.load import load
from triage.matcher import Groups, Matcher
from triage.model import Candidate, Context, Flag, Level, Screening, Status, highest
from triage.opinion import Opinion, opinion
from triage.rules import Affirmed, Signs, raise_flags

NO_CUE: frozenset[Status] = frozenset()
LONGEST = 16_000  # the chat takes 4,000; more than this is a mistake or an attack


@dataclass(frozen=True)
class RuleFindings:
    """What the rules found in a text.

    Attributes:
        candidates: every sign that was named.
        affirmed: those that count, by sign.
        flags: the flags that they raise.
        halves: ids of the flags that only an earlier message made whole.
    """

    candidates: tuple[Candidate, ...]
    affirmed: Signs
    flags: tuple[Flag, ...]
    halves: frozenset[str] = frozenset()

    @property
    def level(self) -> Level:
        """The most urgent level of the flags."""
        return highest(flag.level for flag in self.flags)


class Screener:
    """Notices red flags in texts; safe to use from several threads.

    Args:
        knowledge: what to look for.
        opinion: the second opinion; without it, rules decide alone.
    """

    def __init__(self, knowledge: Knowledge, opinion: Opinion | None = None) -> None:
        self._knowledge = knowledge
        self._opinion = opinion
        self._groups = Groups(knowledge.groups)
        self._cues = cue_matcher(knowledge.cues)
        self._signs: Matcher[Sign] = Matcher(
            (sign, pattern) for sign in knowledge.signs.values() for pattern in sign.patterns
        )

    def screen(self, text: str, context: Context | None = None) -> Screening:
        """Notice red flags in what somebody wrote.

        Args:
            text: any string at all; of one longer than ``LONGEST`` characters, the first and the
                last half of that many are read.
            context: what earlier messages of the session told.

        Returns:
            The level, the flags, and why every candidate was kept or dropped.
        """
        if len(text) > LONGEST:
            text = f"{text[: LONGEST // 2]}\n{text[-LONGEST // 2 :]}"
        found = self.by_rules(text, context)
        if self._opinion is None or not any(letter.isalpha() for letter in text):
            return _screening(found, Verdict(found.flags))
        judged = self._opinion.judge(text)
        return _screening(found, weigh(found.flags, judged, self._opinion.thresholds, found.halves))

    def by_rules(self, text: str, context: Context | None = None) -> RuleFindings:
        """What the rules alone find."""
        candidates: list[Candidate] = []
        affirmed: Signs = {}
        for candidate, place in self._candidates(text):
            candidates.append(candidate)
            if candidate.status is Status.AFFIRMED:
                affirmed.setdefault(candidate.sign, []).append(place)
        flags = list(raise_flags(self._knowledge.flags.values(), affirmed))
        halves = self._halves(affirmed, flags, context.signs) if context else []
        alone = [flag for flag in flags if flag.id not in _ids(halves)]
        return RuleFindings(tuple(candidates), affirmed, (*alone, *halves), _ids(halves))

    def _halves(self, affirmed: Signs, alone: Iterable[Flag], known: frozenset[str]) -> list[Flag]:
        """The flags that this text and earlier ones raise together, and neither does alone.

        Only plain statements add a half: "what is foot drop" names a foot, and tells of none.
        """
        plain = {sign: [one for one in places if one.plain] for sign, places in affirmed.items()}
        plain = {sign: places for sign, places in plain.items() if places}
        ranks = {flag.id: flag.level.rank for flag in alone}
        joint = raise_flags(self._knowledge.flags.values(), plain, known)
        return [
            flag
            for flag in joint
            if flag.level.rank > ranks.get(flag.id, 0)
            and flag.level.rank > self._knowledge.flags[flag.id].level_of(known).rank
        ]

    def _candidates(self, text: str) -> Iterator[tuple[Candidate, Affirmed]]:
        words = self._knowledge.reader.read(text)
        places = self._groups.places(words)
        cues = Cues(self._cues, words, places)
        for sign, pattern, span in self._signs.find(words, places):
            status, cue = cues.status(span, sign.ignored)
            start, end = words[span.start].start, words[span.end - 1].end
            said = "" if cue is None else text[words[cue.start].start : words[cue.end - 1].end]
            found = Candidate(sign.id, text[start:end], start, end, status, said, pattern.source)
            plain = cues.status(span, NO_CUE)[0] is Status.AFFIRMED
            yield found, Affirmed(found, cues.sentence(span), plain)


def _ids(flags: Iterable[Flag]) -> frozenset[str]:
    return frozenset(flag.id for flag in flags)


def _screening(found: RuleFindings, verdict: Verdict) -> Screening:
    return Screening(
        level=highest(flag.level for flag in verdict.flags),
        flags=_urgent_first(verdict.flags),
        candidates=tuple(sorted(found.candidates, key=lambda one: (one.start, one.end, one.sign))),
        signs=frozenset(found.affirmed),
        dropped=_urgent_first(verdict.dropped),
        unsure=verdict.unsure,
    )


def _urgent_first(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """The worst first; of the same level, the likeliest."""
    return tuple(sorted(flags, key=lambda flag: (-flag.level.rank, -flag.chance, flag.id)))


@lru_cache(maxsize=2)
def screener(home: Path = HOME) -> Screener:
    """The screener of the project's content files, made once a process."""
    return Screener(load(home), opinion())


def screen(text: str, context: Context | None = None) -> Screening:
    """Notice red flags in ``text``: see :meth:`Screener.screen`."""
    return screener().screen(text, context)
