"""Screening a text for red flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from triage.cues import Cues, cue_matcher
from triage.files import HOME
from triage.groups import Groups
from triage.judgement import ALARMING, Verdict, chance, doubts, weigh
from triage.knowledge import Knowledge, RedFlag, Sign
from triage.load import load
from triage.matcher import Matcher, Span
from triage.model import Candidate, Context, Flag, Level, Screening, Status, highest
from triage.opinion import Opinion, opinion
from triage.rules import Affirmed, Signs, joined, raise_flags, raise_in_pieces
from triage.text import Piece, Word, asking, pieces

NO_CUE: frozenset[Status] = frozenset()
OFTEN = 150  # no person names one sign more often in a piece of a text; who tries to, waits less


@dataclass(frozen=True)
class RuleFindings:
    """What the rules found in a text.

    Attributes:
        candidates: every sign that was named.
        affirmed: those that count, by sign.
        flags: the flags that they raise.
        halves: ids of the flags that only an earlier message made whole.
        alone: the flags that this text raises without any earlier one.
    """

    candidates: tuple[Candidate, ...]
    affirmed: Signs
    flags: tuple[Flag, ...]
    halves: frozenset[str] = frozenset()
    alone: tuple[Flag, ...] = ()

    @property
    def level(self) -> Level:
        """The most urgent level of the flags."""
        return highest(flag.level for flag in self.flags)

    @property
    def plain(self) -> frozenset[str]:
        """The signs that are told outright: they alone are to be remembered.

        Some signs heed no cue: "can baclofen be stopped suddenly" affirms one, and tells of none.
        """
        return frozenset(_plain(self.affirmed))


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
        self._could_alarm = frozenset[str]().union(
            *(flag.signs for flag in knowledge.flags.values() if _may_alarm(flag))
        )

    def screen(self, text: str, context: Context | None = None) -> Screening:
        """Notice red flags in what somebody wrote.

        Args:
            text: any string at all. Rules read all of it; of a very long one, the second opinion
                reads where rules found something, both ends, and parts of the rest.
            context: what earlier messages of the session told.

        Returns:
            The level, the flags, and why every candidate was kept or dropped.
        """
        found = self.by_rules(text, context)
        if self._opinion is None or not any(letter.isalpha() for letter in text):
            return _screening(found, Verdict(found.flags))
        judged = self._opinion.judge(text, self._alarming(found))
        doubted = self._doubted(text, found, context) if context and found.halves else ()
        flags = _without(doubted, found)
        # What the second opinion had no time to read, it cannot overrule.
        stand = found.halves - _ids(doubted) if judged.complete else _ids(flags)
        return _screening(found, weigh(flags, judged, self._opinion.thresholds, stand, doubted))

    def _doubted(self, text: str, found: RuleFindings, context: Context) -> tuple[Flag, ...]:
        """The flags of two halves that are none to the second opinion once it reads them together.

        "My foot is floppy" and, later, "I take baclofen" are halves of too much medicine by their
        words. A half whose message is not at hand makes a flag stand, as does one that is sure.
        """
        assert self._opinion is not None, "only the second opinion doubts"
        doubted = []
        for flag in found.flags:
            signs = self._knowledge.flags[flag.id].signs
            if flag.id not in found.halves or flag.sure or not context.has_words_for(signs):
                continue
            earlier = [one for one in context.told if one.signs & signs & context.signs]
            both = self._opinion.judge("\n".join([*(one.text for one in earlier), text]))
            if both.complete and doubts(flag, both, self._opinion.thresholds):
                doubted.append(replace(flag, chance=chance(flag.id, both)))
        return tuple(doubted)

    def _alarming(self, found: RuleFindings) -> list[tuple[int, int]]:
        """Where the signs stand that raised an alarm, or else those that could."""
        known = self._knowledge.flags
        raised = [known[one.id].signs for one in found.flags if one.level.rank >= ALARMING.rank]
        signs = frozenset[str]().union(*raised) if raised else self._could_alarm
        return [
            (one.candidate.start, one.candidate.end)
            for sign, places in found.affirmed.items()
            if sign in signs
            for one in places
        ]

    def by_rules(self, text: str, context: Context | None = None) -> RuleFindings:
        """What the rules alone find."""
        candidates: list[Candidate] = []
        found: list[Signs] = []
        for piece in pieces(text):
            found.append({})
            for candidate, place in self._candidates(text, piece):
                candidates.append(candidate)
                if candidate.status is Status.AFFIRMED:
                    found[-1].setdefault(candidate.sign, []).append(place)
        affirmed = joined(found)
        flags = raise_in_pieces(self._knowledge.flags.values(), found)
        halves = self._halves(affirmed, flags, context) if context else []
        alone = [flag for flag in flags if flag.id not in _ids(halves)]
        return RuleFindings(
            tuple(candidates), affirmed, (*alone, *halves), _ids(halves), tuple(flags)
        )

    def _halves(self, affirmed: Signs, alone: Iterable[Flag], context: Context) -> list[Flag]:
        """The flags that this text and earlier ones raise together, and neither does alone.

        Only plain statements add a half: "what is foot drop" names a foot, and tells of none. And
        only new ones: who says the same again has been told, or has been found not to mean it.
        """
        known = context.signs
        plain = _plain(affirmed)
        new = plain.keys() - known
        flags = self._knowledge.flags
        ranks = {flag.id: flag.level.rank for flag in alone}
        return [
            flag
            for flag in raise_flags(flags.values(), plain, known)
            if new & flags[flag.id].signs
            and flag.level.rank > ranks.get(flag.id, 0)
            and (
                flag.level.rank > flags[flag.id].level_of(known).rank
                or self._is_open(flag, context)
            )
        ]

    def _is_open(self, flag: Flag, context: Context) -> bool:
        """Whether known signs alone would raise a flag of which nobody was told: it was doubted.

        Only where the second opinion can read them all once more.
        """
        signs = self._knowledge.flags[flag.id].signs
        has_words = bool(context.told) and context.has_words_for(signs)
        return self._opinion is not None and flag.id not in context.settled and has_words

    def _candidates(self, text: str, piece: Piece) -> Iterator[tuple[Candidate, Affirmed]]:
        """The signs that start in a piece of a text; their places are those of the whole text."""
        words = self._knowledge.reader.read(text[piece.start : piece.end])
        places = self._groups.places(words)
        cues = Cues(self._cues, words, places)
        asked = asking(words)
        for sign, pattern, span in self._signs.find(words, places, OFTEN):
            status, cue = cues.status(span, sign.ignored)
            start, end = _place(words, span, piece)
            if not piece.first <= start < piece.last:
                continue
            said = "" if cue is None else text[slice(*_place(words, cue, piece))]
            found = Candidate(sign.id, text[start:end], start, end, status, said, pattern.source)
            plain = (
                status is Status.AFFIRMED
                and span.start not in asked
                and (not sign.ignored or cues.status(span, NO_CUE)[0] is Status.AFFIRMED)
            )
            # No two sentences get one number: a piece has fewer sentences than characters.
            yield found, Affirmed(found, piece.first + cues.sentence(span), plain)


def _may_alarm(flag: RedFlag) -> bool:
    return any(rule.level.rank >= ALARMING.rank for rule in flag.rules)


def _place(words: Sequence[Word], span: Span, piece: Piece) -> tuple[int, int]:
    """From where to where a span reaches in the whole text, in characters."""
    return piece.start + words[span.start].start, piece.start + words[span.end - 1].end


def _plain(affirmed: Signs) -> Signs:
    """The affirmed signs without the places that some cue speaks of."""
    plain = {sign: [one for one in places if one.plain] for sign, places in affirmed.items()}
    return {sign: places for sign, places in plain.items() if places}


def _without(doubted: Iterable[Flag], found: RuleFindings) -> list[Flag]:
    """The flags of the rules, with what the text alone raises in place of a doubted half."""
    gone = _ids(doubted)
    kept = [flag for flag in found.flags if flag.id not in gone]
    return [*kept, *(flag for flag in found.alone if flag.id in gone)]


def _ids(flags: Iterable[Flag]) -> frozenset[str]:
    return frozenset(flag.id for flag in flags)


def _screening(found: RuleFindings, verdict: Verdict) -> Screening:
    return Screening(
        level=highest(flag.level for flag in verdict.flags),
        flags=_urgent_first(verdict.flags),
        candidates=tuple(sorted(found.candidates, key=lambda one: (one.start, one.end, one.sign))),
        signs=found.plain,
        dropped=_urgent_first(verdict.dropped),
        unsure=verdict.unsure,
        alarm=verdict.alarm,
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
