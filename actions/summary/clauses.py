"""Who is spoken of in each clause of a text, and whether it tells something. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.text import Break, Word

OWN, OTHERS = "own", "others"
QUESTION_MARK = "?"
SHORT = 30  # words of a sentence that is quoted whole
# fmt: off
JOINING = frozenset({
    "and", "but", "so", "or", "because", "cos", "then", "please", "hi", "hello", "hey", "ok",
    "well",
})
# fmt: on
WINDOW = 20  # words on both sides, of what never ends


@dataclass(frozen=True)
class Stretch:
    """Some words of a text: from where to where, as places of words."""

    start: int
    end: int


class Clauses:
    """The sentences and clauses of one text.

    Args:
        text: as it was typed.
        words: its words.
        people: words for the patient (``own``) and for others (``others``).
        asking: how a question begins, as words.
        not_asking: words after the first that make a statement of it: "can barely lift".
    """

    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        people: Mapping[str, frozenset[str]],
        asking: Iterable[tuple[str, ...]],
        not_asking: frozenset[str],
    ) -> None:
        self._text = text
        self._words = words
        self._people = people
        self._asking = tuple(asking)
        self._not_asking = not_asking
        self._starts = [word.start for word in words]
        self.sentences = list(self._stretches(Break.SENTENCE))
        self._clauses = list(self._stretches(Break.CLAUSE))
        self._parts = list(self._stretches(Break.COMMA))
        self._asked = frozenset(
            at for sentence in self.sentences for at in self._questions(sentence)
        )

    def sentence(self, at: int) -> Stretch:
        """The sentence of a word."""
        return _around(self.sentences, at)

    def clause(self, at: int) -> Stretch:
        """The clause of a word."""
        return _around(self._clauses, at)

    def part(self, at: int) -> Stretch:
        """The part between two commas in which a word stands."""
        return _around(self._parts, at)

    def word_at(self, place: int) -> int:
        """The word that stands at a character."""
        return max(0, bisect_right(self._starts, place) - 1)

    def words_of(self, start: int, end: int) -> tuple[int, int]:
        """The first word from a character on, and the place after the last before another."""
        first = bisect_left(self._starts, start)
        return first, max(first + 1, bisect_left(self._starts, end))

    def is_asked(self, at: int) -> bool:
        """Whether a word belongs to a question."""
        return at in self._asked

    def person(self, first: int, last: int) -> str | None:
        """Who is spoken of at the words from ``first`` to ``last``: the person named last.

        "My husband says my foot drags" is of the patient; "my husband's foot drags" is not.
        """
        named = [self._named(at) for at in range(last)]
        within = [one for one in named[first:last] if one]
        before = [one for one in named[:first] if one]
        if OTHERS in within:
            return OTHERS
        if within or before:
            return [*before, *within][-1]
        after = [self._named(at) for at in range(last, self.clause(first).end)]
        return next((one for one in after if one), None)

    def names_own(self, stretch: Stretch) -> bool:
        """Whether the patient is named there."""
        return any(self._named(at) == OWN for at in range(stretch.start, stretch.end))

    def only_own(self, stretch: Stretch) -> bool:
        """Whether nobody else is named there."""
        return all(self._named(at) != OTHERS for at in range(stretch.start, stretch.end))

    def asks(self, stretch: Stretch) -> bool:
        """Whether something is asked there."""
        return not self._asked.isdisjoint(range(stretch.start, stretch.end))

    def told(self, stretch: Stretch) -> Stretch:
        """``stretch`` up to where it begins to ask, without small words at its edges."""
        end = min(self._asked.intersection(range(stretch.start, stretch.end)), default=stretch.end)
        start = stretch.start
        while start < end - 1 and self._words[start].form in JOINING:
            start += 1
        while end > start + 1 and self._words[end - 1].form in JOINING:
            end -= 1
        return Stretch(start, end)

    def quote(self, stretch: Stretch) -> str:
        """The words as they were typed, with what stands between them."""
        first, last = self._words[stretch.start], self._words[stretch.end - 1]
        return self._text[first.start : last.end].strip()

    def shortened(self, stretch: Stretch, first: int, last: int) -> Stretch:
        """``stretch``, or the words around ``first`` and ``last`` of one that never ends."""
        if stretch.end - stretch.start <= 2 * WINDOW:
            return stretch
        return Stretch(max(stretch.start, first - WINDOW), min(stretch.end, last + WINDOW))

    def _stretches(self, least: Break) -> Iterator[Stretch]:
        starts = [at for at, word in enumerate(self._words) if at == 0 or word.before >= least]
        ends = [*starts[1:], len(self._words)]
        return (Stretch(*pair) for pair in zip(starts, ends, strict=True) if pair[0] < pair[1])

    def _questions(self, sentence: Stretch) -> Iterable[int]:
        """The words of a sentence that ask.

        "My foot drags since Monday, what can I do?" tells up to the comma. A mark at the end of
        what never begins to ask makes a question of all of it.
        """
        begins = [
            at
            for at in range(sentence.start, sentence.end)
            if (at == sentence.start or self._words[at].before or self._joined(at))
            and self._begins_to_ask(at)
        ]
        if begins:
            return range(begins[0], sentence.end)
        end = self._words[sentence.end - 1].end
        mark = self._text[end:].lstrip(" \t\"'”’)!.")[:1]
        return range(sentence.start, sentence.end) if mark == QUESTION_MARK else ()

    def _joined(self, at: int) -> bool:
        return at > 0 and self._words[at - 1].form in JOINING

    def _begins_to_ask(self, at: int) -> bool:
        forms = [word.form for word in self._words[at : at + 5]]
        for phrase in self._asking:
            if tuple(forms[: len(phrase)]) == phrase:
                after = forms[len(phrase) : len(phrase) + 1]
                return len(phrase) > 1 or self._not_asking.isdisjoint(after)
        return False

    def _named(self, at: int) -> str | None:
        form = self._words[at].form
        if form in self._people[OTHERS]:
            return OTHERS
        return OWN if form in self._people[OWN] else None


def _around(stretches: Sequence[Stretch], at: int) -> Stretch:
    return next(one for one in stretches if one.start <= at < one.end)
