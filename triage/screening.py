"""Screening a text for red flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from triage.cues import Cues, cue_matcher
from triage.judgement import Verdict, weigh
from triage.knowledge import HOME, Knowledge, Sign, load
from triage.matcher import Groups, Matcher
from triage.model import Candidate, Context, Flag, Level, Screening, Status, highest
from triage.opinion import Opinion, opinion
from triage.rules import Affirmed, raise_flags

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
    affirmed: Mapping[str, list[Affirmed]]
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
        candidates = list(self._candidates(text))
        affirmed: dict[str, list[Affirmed]] = {}
        for candidate, sentence in candidates:
            if candidate.status is Status.AFFIRMED:
                affirmed.setdefault(candidate.sign, []).append(Affirmed(candidate, sentence))
        known = context.signs if context else frozenset()
        flags = self._raised(affirmed, known)
        halves = set(flags) - set(self._raised(affirmed, frozenset())) if known else set()
        return RuleFindings(
            tuple(one for one, _ in candidates),
            affirmed,
            tuple(flags.values()),
            frozenset(halves),
        )

    def _raised(
        self, affirmed: Mapping[str, list[Affirmed]], known: frozenset[str]
    ) -> dict[str, Flag]:
        raised = raise_flags(self._knowledge.flags.values(), affirmed, known)
        return {flag.id: flag for flag in raised}

    def _candidates(self, text: str) -> Iterator[tuple[Candidate, int]]:
        words = self._knowledge.reader.read(text)
        places = self._groups.places(words)
        cues = Cues(self._cues, words, places)
        for sign, pattern, span in self._signs.find(words, places):
            status, cue = cues.status(span, sign.ignored)
            start, end = words[span.start].start, words[span.end - 1].end
            said = "" if cue is None else text[words[cue.start].start : words[cue.end - 1].end]
            yield (
                Candidate(sign.id, text[start:end], start, end, status, said, pattern.source),
                cues.sentence(span),
            )


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
