"""Whether a name begins with a word, by what is said around it."""

import re

from desk.privacy.masking import cues
from desk.privacy.masking.cues import Cue
from desk.privacy.masking.lexicon import Sense, is_slip
from desk.privacy.masking.reading import Reading

EITHER = (Sense.GIVEN_OR_WORD, Sense.GIVEN_OR_PLACE)
_NO_NAME_AFTER = frozenset(["the", "a", "an", "big", "tai", "st", "saint", "of", "blue", "red"])
# Endings of verbs and adjectives are not those of names.
_UNHEARD = re.compile(r"[^\W\d_]{4,}(?<!ed|ly)(?<!ing|ier|ies|est|ous|ful)")
# «Glaswegian», «Mancunian»: what somebody is.
_PEOPLE = re.compile(r"(?:ian|ish|ese|ist|ite)\Z")
# A verb after a word says that the word is none: «my son mark drives», «my brother bill died».
_DOES = re.compile(r"has|is|was|had|does|did|who|[a-z]{2,}(?:[^s]s|ed)")
_AFTER_SHORT = frozenset(
    ["and", "from", "here", "im", "i", "my", "the", "with", "at", "in", "on", "about"]
)
_AFTER_MET = frozenset(["in", "at", "from"])
_AFTER_MET_CAPITAL = _AFTER_MET | {
    "about",
    "again",
    "today",
    "yesterday",
    "on",
    "the",
    "that",
    "who",
}
_CALLED = re.compile(r"\sis\s(?:my|the)\sname\b", re.IGNORECASE)
_HERE = re.compile(r"\shere\b", re.IGNORECASE)
_MINE = re.compile(rf",?\s(?:my|our)\s(?:\w+\s)?(?:{cues.RELATIVES}|{cues.JOBS})\b", re.IGNORECASE)


def begins(reading: Reading, place: int, cue: Cue) -> bool:
    """Whether a name begins where something said before makes one likely."""
    word = reading.words[place]
    if word.sense is Sense.STOP:
        return False
    if cue is Cue.TITLE:
        verb = word.folded in cues.VERBS and not word.capital and reading.after(place) is not None
        return not verb and (word.capital or word.sense is not Sense.ENGLISH)
    if word.folded in cues.NOBODY:
        return False
    if cue is Cue.NAMED:
        return word.capital or word.sense is not Sense.ENGLISH
    if word.sense is Sense.GIVEN:
        return True
    if word.sense is Sense.FAMILY:
        return word.capital or cue is Cue.JOB
    if word.sense is Sense.STRANGE:
        if cue is Cue.INTRODUCED and _PEOPLE.search(word.folded):
            return False
        return (word.capital and len(word.folded) > 2) or _unheard(reading, place, cue)
    if word.sense is Sense.ENGLISH or (len(word.folded) < 3 and not word.capital):
        return False
    return _either(reading, place, cue)


def _either(reading: Reading, place: int, cue: Cue) -> bool:
    """Whether a word that may be a name is one here."""
    word, after = reading.words[place], reading.after(place)
    if cue in (Cue.RELATED, Cue.JOB):
        does = cue is Cue.RELATED and _DOES.fullmatch(after or "") is not None
        return word.capital or (word.sense in EITHER and (does or word.folded not in cues.VERBS))
    if word.folded in cues.MONTHS or word.sense not in EITHER:
        return False
    if cue is Cue.INTRODUCED:
        return after is None or after in _AFTER_SHORT
    return after in (_AFTER_MET_CAPITAL if word.capital else _AFTER_MET)


def _unheard(reading: Reading, place: int, cue: Cue) -> bool:
    """Whether a word that no list has, written small, stands where a name would."""
    word, after = reading.words[place], reading.after(place)
    fits = cue in (Cue.RELATED, Cue.JOB) or after is None or after in _AFTER_SHORT
    if cue is Cue.MET:
        fits = after in {"again", "here"}
    return fits and _UNHEARD.fullmatch(word.folded) is not None and not is_slip(word.folded)


def follows(reading: Reading, place: int, end: int) -> bool:
    """Whether what follows tells of a person: «… here», «…, my husband»."""
    word = reading.words[place]
    if word.folded in cues.NOBODY or (word.folded in cues.VERBS and not word.capital):
        return False
    if end >= len(reading.words) or len(word.folded) < 3:
        return False
    place_after = reading.words[end - 1].end
    if _CALLED.match(reading.text, place_after):
        return True
    first = reading.begins(place)
    if _HERE.match(reading.text, place_after):
        return first or reading.words[place - 1].folded in {"hi", "hello", "hey", "its"}
    return first and _MINE.match(reading.text, place_after) is not None


def paired(reading: Reading, place: int) -> bool:
    """Whether a word with a capital letter goes with a name: «Mo and Sharon»."""
    if not reading.words[place].capital or reading.words[place].sense not in (
        *EITHER,
        Sense.STRANGE,
    ):
        return False
    other = place + 2
    if other >= len(reading.words) or reading.words[place + 1].folded != "and":
        return False
    named = reading.words[other].sense is Sense.GIVEN and reading.words[other].capital
    return named and reading.between(place + 1).isspace() and reading.between(other).isspace()


def set_off(reading: Reading, place: int) -> bool:
    """Whether a capital letter inside a sentence says that a word is a name here."""
    word = reading.words[place]
    if not word.capital or word.sense is not Sense.GIVEN_OR_WORD or reading.titled:
        return False
    before = reading.words[place - 1]
    return not (reading.begins(place) or before.capital or before.folded in _NO_NAME_AFTER)
