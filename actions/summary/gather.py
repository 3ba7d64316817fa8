"""From what the patient typed to the lines of a draft, in their own words. Pure.

A line is a clause, or a short sentence, that tells of the patient. What is denied, asked, imagined
or another person's is left out; so is a list of search words that tells of nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from actions.summary.clauses import Clauses
from actions.summary.lines import distinct, ordered
from actions.summary.message import ASIDE, CAUSE, CUT, STORY, SUPPOSED, Message
from actions.summary.values import Diary, Item
from content.summary import Cause, Heading, SummaryTexts, Telling
from triage.knowledge import Knowledge, Sign
from triage.model import Candidate, Status
from triage.pattern import Pattern, parse
from triage.screening import Screener

BETWEEN = ":"
AS_NAMED = frozenset({Heading.BEGAN, Heading.SIDE})  # of these, only the words themselves
OLD = frozenset({Status.PAST, Status.UNCHANGED})
MOST = 30


class Gatherer:
    """Finds what is told.

    Args:
        summary: what to look for.
        knowledge: the words and cues of ``triage``.
    """

    def __init__(self, summary: SummaryTexts, knowledge: Knowledge) -> None:
        self._summary = summary
        self._reader = knowledge.reader

        def patterns(sources: Iterable[str]) -> tuple[Pattern, ...]:
            return tuple(parse(one.lower(), knowledge.reader.lemma) for one in sources)

        signs = [
            *(Sign(name, patterns(one.patterns), one.ignore) for name, one in summary.told.items()),
            *(
                Sign(f"{CAUSE}{BETWEEN}{cause.value}", patterns(sources), OLD)
                for cause, sources in summary.causes.items()
            ),
            Sign(ASIDE, patterns(summary.aside), frozenset(Status)),
            Sign(SUPPOSED, patterns(summary.supposed), frozenset(Status)),
            Sign(STORY, patterns(summary.story), OLD),
        ]
        known = {sign.id: sign for sign in signs}
        self._screener = Screener(replace(knowledge, signs=known, flags={}))
        self._asking = [tuple(phrase.split()) for phrase in summary.asking]

    def told(self, messages: Iterable[str]) -> list[Item]:
        """The lines that typed messages give, by heading and then in order of telling."""
        found = [item for message in messages for item, _ in self._message(message)]
        return ordered(distinct(found))[:MOST]

    def causes(self, messages: Iterable[str]) -> list[Cause]:
        """The causes that were told of, the first told first."""
        found = [cause for message in messages for _, cause in self._message(message) if cause]
        return list(dict.fromkeys(found))

    def questions(self, causes: Sequence[Cause]) -> list[Item]:
        """Questions to ask the doctor: of the first cause that was told of, and general ones."""
        asked, every = self._summary.asked, self._summary.questions
        special = every[causes[0]][: asked[CAUSE]] if causes else ()
        missing = asked[CAUSE] - len(special)
        common = every[Cause.GENERAL][: asked[Cause.GENERAL.value] + missing]
        return [Item(Heading.QUESTIONS, text, quoted=False) for text in (*special, *common)]

    def diary(self, diary: Diary) -> list[Item]:
        """The lines that exercises and the diary give."""
        texts, lines = self._summary.texts, []
        if diary.falls:
            said = texts["falls_week"].replace("{count}", str(diary.falls))
            lines.append(Item(Heading.FALLS, said, quoted=False))
        for done in diary.exercises:
            shape = "exercise" if done.repetitions is None else "exercise_repetitions"
            said = texts[shape].replace("{repetitions}", str(done.repetitions))
            said = said.replace("{name}", done.name)
            if done.pain is not None:
                hurt = texts["exercise_pain"].replace("{pain}", str(done.pain))
                said = hurt.replace("{line}", said)
            lines.append(Item(Heading.EXERCISES, said, quoted=False))
        return distinct(lines)

    def is_question(self, text: str) -> bool:
        """Whether a text begins with words that ask."""
        text = text.rstrip("? ")
        words = self._reader.read(text)
        return bool(words) and self._clauses(text).is_asked(0)

    def _message(self, text: str) -> Iterator[tuple[Item, Cause | None]]:
        """The lines of one message, each with the cause that it tells of."""
        candidates = sorted(
            self._screener.by_rules(text).candidates, key=lambda one: (one.start, one.end)
        )
        if not candidates:
            return
        message = Message(text, self._clauses(text), candidates)
        told = [one for one in candidates if one.sign not in CUT and message.is_told(one)]
        symptoms = {
            message.sentence(one)
            for one in told
            if one.sign == STORY or self._heading(one) is Heading.SYMPTOMS
        }
        for one in told:
            heading = self._heading(one)
            telling = self._summary.told.get(one.sign)
            if telling and telling.with_symptom and message.sentence(one) not in symptoms:
                continue
            if one.sign == STORY or (heading in AS_NAMED and message.is_part(one)):
                continue
            quoted = one.text.strip() if heading in AS_NAMED else message.quote(one)
            yield Item(heading, quoted), _cause(one)

    def _heading(self, one: Candidate) -> Heading:
        telling: Telling | None = self._summary.told.get(one.sign)
        return telling.heading if telling else Heading.HEALTH

    def _clauses(self, text: str) -> Clauses:
        words = self._reader.read(text)
        people, not_asking = self._summary.people, self._summary.not_asking
        return Clauses(text, words, people, self._asking, not_asking)


def _cause(one: Candidate) -> Cause | None:
    kind, _, name = one.sign.partition(BETWEEN)
    return Cause(name) if kind == CAUSE else None
