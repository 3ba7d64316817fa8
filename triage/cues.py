"""What a text says of a sign: it is there, denied, past, a relative's, supposed, asked about.

After NegEx (Chapman 2001, doi:10.1006/jbin.2001.1029) and ConText (Harkema 2009,
doi:10.1016/j.jbi.2009.05.002), with three changes for patients' own words: a negator that belongs
to the sign's own words ("cannot feel") is no negation; a cue ends with its clause; and every cue
but negation and idiom yields to words of the present ("now", "since this morning").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from triage.groups import Places
from triage.matcher import Matcher, Span
from triage.model import Status
from triage.pattern import Pattern
from triage.text import Break, Word


class Scope(str, Enum):
    """Which words a cue speaks of."""

    AFTER = "after"
    BEFORE = "before"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    MESSAGE = "message"
    HERE = "here"


@dataclass(frozen=True)
class Cue:
    """A kind of cue.

    Attributes:
        status: what it makes of a sign; None for a cue that lifts others.
        scope: the words it speaks of.
        yields: whether words of the present lift it.
        lifts: for a cue without a status: ``present`` or ``pseudo`` (looks like another cue).
    """

    status: Status | None
    scope: Scope
    yields: bool = True
    lifts: str = ""


ORDER = (
    Status.IDIOM,
    Status.NEGATED,
    Status.PAST,
    Status.RELATIVE,
    Status.HYPOTHETICAL,
    Status.INFORMATION,
    Status.UNCHANGED,
)
PRESENT, PSEUDO = "present", "pseudo"
REACH = 9
LONGEST_CLAUSE, LONGEST_SENTENCE = 60, 150


class Cues:
    """All cues of one text.

    Args:
        matcher: finds cues.
        words: the text.
        places: where its words stand.
    """

    def __init__(self, matcher: Matcher[Cue], words: Sequence[Word], places: Places) -> None:
        self._words = words
        self._clause, self._sentence = _numbered(words)
        found = [(cue, span) for cue, _, span in matcher.find(words, places)]
        pseudo = {at for cue, span in found if cue.lifts == PSEUDO for at in span.used}
        self._present: dict[int, list[Span]] = defaultdict(list)
        for cue, span in found:
            if cue.lifts == PRESENT:
                self._present[self._clause[span.start]].append(span)
        self._decided: dict[tuple[Span, frozenset[Status]], tuple[Status, Span | None]] = {}
        self._everywhere: list[tuple[Cue, Span]] = []
        self._of_sentence: dict[int, list[tuple[Cue, Span]]] = defaultdict(list)
        for cue, span in found:
            if cue.status is Status.IDIOM or (cue.status and not span.used & pseudo):
                if cue.scope is Scope.MESSAGE:
                    self._everywhere.append((cue, span))
                else:
                    self._of_sentence[self._sentence[span.start]].append((cue, span))

    def sentence(self, span: Span) -> int:
        """The number of the sentence in which ``span`` starts."""
        return self._sentence[span.start]

    def status(self, sign: Span, ignored: frozenset[Status]) -> tuple[Status, Span | None]:
        """What the text says of a sign.

        Args:
            sign: where the sign stands.
            ignored: cues that say nothing of this sign.

        Returns:
            The status, and the cue that decided it; None for an affirmed sign.
        """
        known = self._decided.get((sign, ignored))
        if known is None:
            known = self._decided[sign, ignored] = self._decide(sign, ignored)
        return known

    def _decide(self, sign: Span, ignored: frozenset[Status]) -> tuple[Status, Span | None]:
        sentences = {self._sentence[sign.start], self._sentence[sign.end - 1]}
        near = [one for number in sentences for one in self._of_sentence.get(number, ())]
        if not near and not self._everywhere:
            return Status.AFFIRMED, None
        present = self._is_present(sign)
        speaking = {
            cue.status: span
            for cue, span in [*near, *self._everywhere]
            if cue.status not in ignored
            and not (cue.yields and present)
            and self._speaks_of(cue, span, sign)
        }
        for status in ORDER:
            if status in speaking:
                return status, speaking[status]
        return Status.AFFIRMED, None

    def _is_present(self, sign: Span) -> bool:
        return any(
            not span.used & sign.used
            for clause in set(self._clause[sign.start : sign.end])
            for span in self._present.get(clause, ())
        )

    def _speaks_of(self, cue: Cue, span: Span, sign: Span) -> bool:
        if cue.scope is Scope.HERE:
            return bool(span.used & sign.used)
        if span.used & sign.used:
            return False
        if cue.scope is Scope.MESSAGE:
            return True
        if cue.scope is Scope.SENTENCE:
            return self._sentence[span.start] == self._sentence[sign.start]
        if self._clause[span.start] not in self._clause[sign.start : sign.end]:
            return False
        if cue.scope is Scope.CLAUSE:
            return True
        if cue.scope is Scope.BEFORE:
            return 0 <= span.start - sign.end + 1 <= REACH
        return span.start < sign.end and sign.start - span.end <= REACH


def _numbered(words: Sequence[Word]) -> tuple[list[int], list[int]]:
    """The number of each word's clause and sentence; nobody's are longer than the limits."""
    clauses: list[int] = []
    sentences: list[int] = []
    clause = sentence = in_clause = in_sentence = 0
    for word in words:
        in_clause, in_sentence = in_clause + 1, in_sentence + 1
        if word.before >= Break.SENTENCE or in_sentence > LONGEST_SENTENCE:
            sentence, in_sentence = sentence + 1, 0
        if word.before >= Break.CLAUSE or in_clause > LONGEST_CLAUSE:
            clause, in_clause = clause + 1, 0
        clauses.append(clause)
        sentences.append(sentence)
    return clauses, sentences


def cue_matcher(cues: Iterable[tuple[Cue, Pattern]]) -> Matcher[Cue]:
    """A matcher of cues."""
    return Matcher(cues)
