"""One text as it is searched for names: its words, and what stands around them."""

import re

from desk.privacy.masking import cues
from desk.privacy.masking.cues import Cue
from desk.privacy.masking.folding import lowered
from desk.privacy.masking.lexicon import Sense
from desk.privacy.masking.words import Word, words

_BETWEEN = re.compile(r"[ \u00a0]{1,2}|\.[ \u00a0]?")


class Reading:
    """A text, read once.

    Attributes:
        text: as it was written.
        words: its words.
        titled: whether most words have capitals, which then say nothing.
    """

    def __init__(self, text: str) -> None:
        small = lowered(text)
        self.text = text
        self.words = words(text)
        self.titled = sum(not word.capital for word in self.words) < len(self.words) / 2
        self._known = [found.span() for found in cues.KNOWN.finditer(small)]
        at = {word.start: place for place, word in enumerate(self.words)}
        self._cues: dict[int, Cue] = {}
        for position, cue in cues.cues(text, small):
            place = at.get(position)
            if place is not None:
                self._cues[place] = max(cue, self._cues.get(place, cue))
        self._alone = {
            at[found.end()]
            for pattern in (cues.SIGNED, cues.LAST_LINE, cues.FIRST_LINE)
            for found in pattern.finditer(small)
            if found.end() in at
        }

    def cue(self, place: int) -> Cue | None:
        """What was said just before a word that makes a name likely."""
        return self._cues.get(place)

    def alone(self, place: int) -> bool:
        """Whether a signature, or a line of its own, begins with a word."""
        return place in self._alone

    def famous(self, word: Word) -> bool:
        """Whether a word belongs to a name that many know."""
        return any(start <= word.start < end for start, end in self._known)

    def between(self, place: int) -> str:
        """What parts a word from the one before."""
        return self.text[self.words[place - 1].end : self.words[place].start]

    def begins(self, place: int) -> bool:
        """Whether a word begins a sentence or a part of one."""
        return place == 0 or not self.between(place).isspace()

    def after(self, place: int) -> str | None:
        """The word that follows in the same sentence, if one does."""
        if place + 1 < len(self.words) and self.between(place + 1).isspace():
            return self.words[place + 1].folded
        return None

    def joined(self, place: int) -> bool:
        """Whether only a space, or a full stop after an initial, parts a word from the last one."""
        before, word = self.words[place - 1], self.words[place]
        between = self.between(place)
        if between in (",", ", "):
            shouted = self.text[before.start : word.end].isupper()
            return shouted and word.sense is Sense.GIVEN and before.sense is not Sense.STOP
        if "." in between and not before.initial:
            return False
        return _BETWEEN.fullmatch(between) is not None

    def thing(self, end: int) -> bool:
        """Whether what follows a name makes it that of an illness, a house or a thing."""
        if end >= len(self.words) or self.words[end].folded not in cues.THINGS:
            return False
        return self.between(end).lstrip("'\u2019s").isspace()
