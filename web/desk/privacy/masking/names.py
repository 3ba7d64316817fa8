"""Names of people: by the lists where a word is hardly anything else, else by what is around it."""

from collections.abc import Iterator

from desk.privacy.masking import cues
from desk.privacy.masking.cues import Cue
from desk.privacy.masking.kinds import Kind, Span
from desk.privacy.masking.lexicon import Sense, is_slip
from desk.privacy.masking.likely import EITHER, begins, follows, paired, set_off
from desk.privacy.masking.reading import Reading
from desk.privacy.masking.words import Word

_LONGEST = 5
_SURE = (Sense.GIVEN, Sense.FAMILY)
_PERHAPS = (*EITHER, Sense.FAMILY_OR_WORD)
_NO_NAMES = (Sense.STOP, Sense.ENGLISH, Sense.FAMILY_OR_WORD)


def names(text: str) -> Iterator[Span]:
    """Find names of people, the same person's repeated ones too."""
    reading = Reading(text)
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(reading.words):
        end = _name(reading, place)
        if end:
            found.append((place, end))
        place = end or place + 1
    for start, end in found:
        yield Span(reading.words[start].start, reading.words[end - 1].end, Kind.NAME)
    repeated = {
        word.folded
        for start, end in found
        for word in reading.words[start:end]
        if len(word.folded) > 2 and word.sense in (*_SURE, Sense.STRANGE)
    }
    for word in reading.words:
        if word.folded in repeated and not reading.famous(word):
            yield Span(word.start, word.end, Kind.NAME)


def _name(reading: Reading, place: int) -> int:
    """Where the name ends that begins with this word; 0 where none begins."""
    word, cue = reading.words[place], reading.cue(place)
    if cue is None and word.sense in _NO_NAMES and not word.initial and not reading.alone(place):
        return 0
    if reading.famous(word) and (cue is None or cue < Cue.TITLE):
        return 0
    signed = _signed(reading, place) if reading.alone(place) else 0
    if signed:
        return signed
    if cue is not None:
        end = _end(reading, place, cue)
        if (word.small and cue >= Cue.JOB and end > place + 1) or begins(reading, place, cue):
            return end
    if word.sense in _NO_NAMES and not word.initial:
        return 0
    end = _end(reading, place, None)
    return end if not reading.thing(end) and _by_itself(reading, place, end) else 0


def _by_itself(reading: Reading, place: int, end: int) -> bool:
    """Whether words are a name although nothing said before makes one likely."""
    word, parts = reading.words[place], reading.words[place:end]
    if word.initial:
        dotted = reading.text[word.end : word.end + 1] == "."
        known = len(parts) > 1 and parts[-1].capital and parts[-1].sense is not Sense.ENGLISH
        return known and (dotted or parts[1].initial)
    if word.sense is Sense.GIVEN and word.folded not in cues.NOBODY:
        return True
    if follows(reading, place, end) or set_off(reading, place) or paired(reading, place):
        return True
    capitals = len(parts) > 1 and all(part.capital or part.small for part in parts)
    named = word.sense is not Sense.GIVEN_OR_PLACE and any(part.sense in _SURE for part in parts)
    return capitals and named


def _end(reading: Reading, place: int, cue: Cue | None) -> int:
    """Where a name that begins with this word ends."""
    last = min(len(reading.words), place + _LONGEST)
    end = place + 1
    while end < last:
        reach = end
        while reach < last - 1 and reading.words[reach].small and reading.joined(reach):
            reach += 1
        if not reading.joined(reach) or not _goes_on(reading, place, reach, cue):
            break
        end = reach + 1
    return end


def _goes_on(reading: Reading, start: int, place: int, cue: Cue | None) -> bool:
    """Whether a word belongs to the name before it."""
    first, word = reading.words[start], reading.words[place]
    if word.sense is Sense.STOP or word.folded in cues.NOBODY:
        return False
    if cue is None and word.folded in cues.THINGS:
        return False
    surely = cue in (Cue.NAMED, Cue.TITLE)
    if word.sense in _SURE:
        return word.capital or not first.capital or surely
    if word.folded in cues.VERBS and not word.capital:
        return False
    if word.sense is Sense.STRANGE:
        shouted = reading.text[word.start : word.end].isupper() and first.sense is Sense.GIVEN
        capitals = word.capital and (first.capital or surely)
        # «i am sarah okafor»: who says a given name says the other next, on no list as it may be.
        introduced = cue is not None and first.sense is Sense.GIVEN and not is_slip(word.folded)
        return shouted or capitals or ((cue is Cue.NAMED or introduced) and len(word.folded) > 2)
    if word.sense in _PERHAPS:
        last = not first.capital and reading.after(place) is None
        return word.capital or last or cue is Cue.NAMED
    return word.capital and first.capital and word.folded not in cues.THINGS


def _signed(reading: Reading, place: int) -> int:
    """Where a name ends that stands alone on the rest of the line; 0 where none does."""
    line_end = reading.text.find("\n", reading.words[place].start)
    line_end = len(reading.text) if line_end < 0 else line_end
    line = [word for word in reading.words[place : place + _LONGEST] if word.start < line_end]
    parts = [word for word in line if len(word.folded) > 1]
    if not parts or len(line) == _LONGEST or not all(map(_may_sign, parts)):
        return 0
    if any(char.isalnum() for char in reading.text[line[-1].end : line_end]):
        return 0
    first = parts[0]
    named = first.sense in (Sense.GIVEN, *EITHER) and (first.capital or len(line) < 3)
    strange = first.capital and first.sense in (Sense.STRANGE, Sense.FAMILY)
    return place + len(line) if named or strange else 0


def _may_sign(word: Word) -> bool:
    if word.folded in cues.NOBODY or word.folded in cues.THINGS:
        return False
    return word.sense is not Sense.STOP and (word.capital or word.sense is not Sense.ENGLISH)
