"""Names of people: by the lists where a word is hardly anything else, else by what is around it."""

import re
from collections.abc import Iterator

from desk.privacy.masking import cues
from desk.privacy.masking.cues import Cue
from desk.privacy.masking.kinds import Kind, Span
from desk.privacy.masking.lexicon import Sense
from desk.privacy.masking.words import PARTICLES, Word, words

_LONGEST = 5
_BETWEEN = re.compile(r"[ \u00a0]{1,2}|\.[ \u00a0]?")
_SURE_SENSES = (Sense.GIVEN, Sense.FAMILY)
_PERHAPS = (Sense.GIVEN_OR_WORD, Sense.GIVEN_OR_PLACE, Sense.FAMILY_OR_WORD)
_EITHER = (Sense.GIVEN_OR_WORD, Sense.GIVEN_OR_PLACE)
_NO_NAME_AFTER = frozenset(["the", "a", "an", "big", "tai", "st", "saint", "of", "blue", "red"])
_AFTER_SHORT = frozenset(
    ["and", "from", "here", "im", "i", "my", "the", "with", "at", "in", "on", "about"]
)
_AFTER_MET = frozenset(
    ["in", "at", "from", "about", "again", "today", "yesterday", "on", "the", "that", "who"]
)


def names(text: str) -> Iterator[Span]:
    """Find names of people."""
    return _Reading(text).spans()


class _Reading:
    """One text as it is searched for names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)
        self._known = [found.span() for found in cues.KNOWN.finditer(text)]
        at = {word.start: place for place, word in enumerate(self.words)}
        self._cues: dict[int, Cue] = {}
        for position, cue in cues.cues(text):
            place = at.get(position)
            if place is not None:
                self._cues[place] = max(cue, self._cues.get(place, cue))
        small = sum(not word.capital for word in self.words)
        self._titled = small < len(self.words) / 2
        self._signed = {
            at[found.end()]
            for pattern in (cues.SIGNED, cues.LAST_LINE, cues.FIRST_LINE)
            for found in pattern.finditer(text)
            if found.end() in at
        }

    def spans(self) -> Iterator[Span]:
        """All names, the same person's repeated ones too."""
        found: list[tuple[int, int]] = []
        place = 0
        while place < len(self.words):
            end = self._name(place)
            if end:
                found.append((place, end))
            place = end or place + 1
        repeated = {
            word.folded
            for start, end in found
            for word in self.words[start:end]
            if len(word.folded) > 2 and word.sense in (Sense.GIVEN, Sense.FAMILY, Sense.STRANGE)
        }
        for start, end in found:
            yield Span(self.words[start].start, self.words[end - 1].end, Kind.NAME)
        for word in self.words:
            if word.folded in repeated and not self._famous(word):
                yield Span(word.start, word.end, Kind.NAME)

    def _name(self, place: int) -> int:
        """Where the name ends that begins with this word; 0 where none begins."""
        word = self.words[place]
        cue = self._cues.get(place)
        if self._famous(word) and (cue is None or cue < Cue.TITLE):
            return 0
        if place in self._signed and self._closes(place):
            return self._closes(place)
        if cue is not None and self._begins(place, cue):
            return self._end(place, cue)
        if word.sense in (Sense.STOP, Sense.ENGLISH, Sense.FAMILY_OR_WORD):
            return 0
        end = self._end(place, None)
        if self._thing(end):
            return 0
        if word.sense is Sense.GIVEN and word.folded not in cues.NOBODY:
            return end
        if self._follows(place, end) or self._set_off(place):
            return end
        pair = self.words[place:end]
        capitals = len(pair) > 1 and all(part.capital or part.folded in PARTICLES for part in pair)
        strange = (Sense.STRANGE, Sense.GIVEN_OR_WORD, *_SURE_SENSES)
        if capitals and word.sense in strange and any(part.sense in _SURE_SENSES for part in pair):
            return end
        return 0

    def _begins(self, place: int, cue: Cue) -> bool:
        """Whether a name begins where something said before makes one likely."""
        word = self.words[place]
        if (word.folded in PARTICLES or word.initial) and cue >= Cue.JOB:
            return self._end(place, cue) > place + 1
        if word.folded in cues.NOBODY or word.sense is Sense.STOP:
            return False
        if cue is Cue.NAMED:
            return word.capital or word.sense is not Sense.ENGLISH
        if cue is Cue.TITLE:
            verb = word.folded in cues.VERBS and not word.capital
            return not verb and (word.capital or word.sense is not Sense.ENGLISH)
        return self._likely(place, cue)

    def _likely(self, place: int, cue: Cue) -> bool:
        word, after = self.words[place], self._after(place)
        if word.sense is Sense.GIVEN:
            return True
        if word.sense is Sense.FAMILY:
            return word.capital or cue is Cue.JOB
        if word.sense is Sense.STRANGE:
            return word.capital and len(word.folded) > 2
        if word.sense is Sense.ENGLISH or len(word.folded) < 3:
            return False
        if cue in (Cue.RELATED, Cue.JOB):
            return word.capital or (word.sense in _EITHER and word.folded not in cues.VERBS)
        if word.folded in cues.MONTHS:
            return False
        if cue is Cue.INTRODUCED:
            return word.sense in _EITHER and (after is None or after in _AFTER_SHORT)
        return (
            word.sense in _EITHER
            and after in _AFTER_MET
            and (word.capital or after in {"in", "from", "at"})
        )

    def _after(self, place: int) -> str | None:
        """The word that follows in the same sentence, if one does."""
        if place + 1 >= len(self.words):
            return None
        following = self.words[place + 1]
        between = self.text[self.words[place].end : following.start]
        return following.folded if between.isspace() else None

    def _follows(self, place: int, end: int) -> bool:
        """Whether what follows tells of a person: «… here», «… my husband»."""
        word = self.words[place]
        if (
            word.sense in (Sense.STOP, Sense.ENGLISH)
            or end >= len(self.words)
            or len(word.folded) < 3
        ):
            return False
        if word.folded in cues.NOBODY or (word.folded in cues.VERBS and not word.capital):
            return False
        rest = self.text[self.words[end - 1].end : self.words[end - 1].end + 40]
        first = place == 0 or self.text[self.words[place - 1].end : word.start].strip(" ") != ""
        greeted = place > 0 and self.words[place - 1].folded in {"hi", "hello", "hey", "its"}
        if re.match(r"\shere\b", rest):
            return first or greeted
        mine = re.match(
            rf",?\s(?:my|our)\s(?:\w+\s)?(?:{cues.RELATIVES}|{cues.JOBS})\b", rest, re.IGNORECASE
        )
        return first and mine is not None and word.sense is not Sense.FAMILY_OR_WORD

    def _set_off(self, place: int) -> bool:
        """Whether a capital letter inside a sentence says that a word is a name here."""
        word = self.words[place]
        if not place or not word.capital or word.sense is not Sense.GIVEN_OR_WORD or self._titled:
            return False
        before = self.words[place - 1]
        between = self.text[before.end : word.start]
        return between.isspace() and not before.capital and before.folded not in _NO_NAME_AFTER

    def _end(self, place: int, cue: Cue | None) -> int:
        """Where a name that begins with this word ends."""
        end = place + 1
        while end < len(self.words) and end - place < _LONGEST:
            reach = end
            while reach < len(self.words) - 1 and self._small(reach) and self._joined(reach):
                reach += 1
            if not self._joined(reach) or not self._goes_on(place, reach, cue):
                break
            end = reach + 1
        return end

    def _small(self, place: int) -> bool:
        word = self.words[place]
        return word.folded in PARTICLES or word.initial

    def _joined(self, place: int) -> bool:
        """Whether only a space, or a full stop after an initial, parts a word from the last one."""
        before, word = self.words[place - 1], self.words[place]
        between = self.text[before.end : word.start]
        if between.startswith(",") and between.strip(" ,") == "" and len(between) < 3:
            shouted = self.text[before.start : word.end].isupper()
            return shouted and word.sense is Sense.GIVEN and before.sense is not Sense.STOP
        if "." in between:
            return before.initial and _BETWEEN.fullmatch(between) is not None
        return _BETWEEN.fullmatch(between) is not None

    def _goes_on(self, start: int, place: int, cue: Cue | None) -> bool:
        """Whether a word belongs to the name before it."""
        first, word = self.words[start], self.words[place]
        surely = cue in (Cue.NAMED, Cue.TITLE)
        if word.sense is Sense.STOP or word.folded in cues.NOBODY:
            return False
        if cue is None and word.folded in cues.THINGS:
            return False
        if word.sense in _SURE_SENSES:
            return word.capital or not first.capital or surely
        if word.folded in cues.VERBS and not word.capital:
            return False
        if word.sense is Sense.STRANGE:
            if self.text[word.start : word.end].isupper() and first.sense is Sense.GIVEN:
                return True
            return (word.capital and (first.capital or surely)) or (
                cue is Cue.NAMED and len(word.folded) > 2
            )
        if word.sense in _PERHAPS:
            return (
                word.capital
                or (not first.capital and self._after(place) is None)
                or cue is Cue.NAMED
            )
        return word.capital and first.capital and word.folded not in cues.THINGS

    def _closes(self, place: int) -> int:
        """Where a name ends that somebody signs with, alone on the rest of the line; or 0."""
        line_end = self.text.find("\n", self.words[place].start)
        line_end = len(self.text) if line_end < 0 else line_end
        rest = [word for word in self.words[place:] if word.start < line_end]
        tail = self.text[rest[-1].end : line_end]
        first = rest[0]
        if len(rest) > 4 or any(char.isalnum() for char in tail):
            return 0
        if any(
            word.sense is Sense.STOP or word.folded in cues.NOBODY or word.folded in cues.THINGS
            for word in rest
        ):
            return 0
        named = first.sense in (Sense.GIVEN, *_EITHER) and (first.capital or len(rest) < 3)
        strange = first.capital and first.sense in (Sense.STRANGE, Sense.FAMILY)
        capitals = all(word.capital or word.sense is not Sense.ENGLISH for word in rest)
        return place + len(rest) if (named or strange) and capitals else 0

    def _thing(self, end: int) -> bool:
        """Whether what follows makes it the name of an illness, a house or a thing."""
        return (
            end < len(self.words)
            and self.words[end].folded in cues.THINGS
            and self._gap(end) == " "
        )

    def _gap(self, place: int) -> str:
        between = self.text[self.words[place - 1].end : self.words[place].start]
        return " " if between.lstrip("'\u2019s").isspace() else between

    def _famous(self, word: Word) -> bool:
        return any(start <= word.start < end for start, end in self._known)
