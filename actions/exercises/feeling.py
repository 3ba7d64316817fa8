"""Numbers that patients give: how much it hurt, how hard it was, how many, how long. Pure."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from actions.safety import wording
from content.coach.model import Feeling

MOST_PAIN = 10
MOST_COUNT = 200
MOST_SECONDS = 600
APART = 3  # an effort this far from the word beside it is meant otherwise: "10 out of 10 easy"
FUZZY_FROM, TWO_SLIPS_FROM, LONGEST = 5, 8, 20
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: value for value, word in enumerate(_UNITS)}
WORDS |= {word: 10 * tens for tens, word in enumerate(_TENS, 3)}
_REAL = frozenset((
    *("there", "these", "threw", "fifth", "sixth", "seventh", "eighth", "though", "touch"),
    *("trough", "string", "worth", "tired", "heave", "quiet", "litter", "barley", "sever"),
    *("lighter", "painter", "simply", "several"),
))  # fmt: skip
"""Words of their own, however near they are to a number or a feeling."""

# Numbers, all made figures first.
_JOINED = re.compile(r"(?<=[^\W\d])[-–—](?=[^\W\d])")
_WORD = re.compile(r"[a-z]+")
_PRONOUN = re.compile(r"\b(the|other|good|bad|weak\w*|strong\w*|left|right|last|first|that) one\b")
_HUGE = re.compile(r"\d{9,}")
_HUNDRED = re.compile(r"\b(?:1 )?hundred(?: and)?(?: (\d{1,2})\b)?")
_FIGURES = (
    (re.compile(r"(\d)(?:\s*½|\s+1/2(?!\d))"), r"\1.5"),
    (re.compile(r"(?:½|(?<!\S)1/2|(?<!and a )\bhalf)\s*(?:an?\s+)?(?=min|sec)"), "0.5 "),
    (re.compile(r"\bhalf a dozen\b"), "6"),
    (re.compile(r"\ban? (?=(?:min|sec|hour|hundred|dozen))"), "1 "),
    (re.compile(r"\b(\d+)( min\w*| sec\w*)? and a half\b"), r"\1.5\2"),
    (re.compile(r"\b1? ?dozen\b"), "12"),
    (re.compile(r"\b(?:a )?couple(?: of)?\b"), "2"),
    (re.compile(r"\b([2-9])0 ([1-9])\b(?! *[/.:])"), r"\1\2"),
)
_FIGURE = re.compile(r"(?<!\w)(?:(?<!\d\.)\d+(?:\.\d+)?|(?<!\.)\.\d+)(?!\d|x\d|(?:st|nd|rd|th)\b)")
_OUT_OF = re.compile(
    r"(?:\b(?:out )?of(?: the)?|/(?=\s*\d\d)|\bon a scale of|\bfrom(?=\s*[01]\b)|"
    r"\bbetween(?=\s*[01]\b\D+10\b))\s*\d+(?:\s*(?:to|and|-|–)\s*10)?"
)
_TRIES = r"(?:times|goes|tries|attempts|reps?|repetitions?|sets?)\b"
_NUMBER = r"\d+(?:\.\d+)?"
_TRIED = re.compile(rf"{_NUMBER}\s*{_TRIES}")
_COUNTED = re.compile(rf"{_NUMBER}\s*(?:{_TRIES}|(?:sec|min|hour|hr|day|week|month|year|step)\w*)")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d\d)\b")
_LONG = re.compile(
    rf"({_NUMBER})\s*(m|h)(?:ins?|inutes?|ours?|rs?)?(?![a-z])(?:,?(?: and)?\s*(\d+)(?=\s*s|\s*$))?"
)
_SIDE = re.compile(r"(?<![a-z])(?:left|right|l|r|weak\w*|strong\w*|good|bad|other)(?![a-z])")
_WAIT = re.compile(r"\b(?:wait|hang on|hold on|give me|just|in)(?: for)? an? (?:min|sec|mo)")

# Words for how it felt.
_ALONE = frozenset({"no", "right", "good", "some", "light", "ok", "okay", "not too"})
_AROUND = re.compile(
    r"\b(?:it|was|is|i|think|say|would|felt|feels|that|all|went|quite|pretty|really|no(?= ))\b"
)
_SAYINGS = re.compile(
    r"\bhard to (?:say|tell|know|judge)\b|\bnot (?:[a-z]+ ){0,2}sure\b|"
    r"\b(?:just|only|maybe|perhaps) (?=an? )"
)
_ANSWER = re.compile(r"\bno (?=(?:it|i|that|this|they|the|just|only|not|did|a|my|was)\b)")
_AT_FIRST = re.compile(r"\b(?:at first|until|till?|to (?:start|begin) with|initially)\b")
_NOT = r"\b(?:not|never|no|nothing|without|hardly|barely|scarcely)\b"
_VERY = (
    r"(?:very|that|so|too|really|particularly|overly|especially|all|as|terribly|awfully|quite|"
    r"even|exactly|extremely)\b"
)
_NOT_VERY = re.compile(rf"({_NOT})(?: {_VERY})+")
_DENIED = re.compile(
    rf"{_NOT}(?: (?:{_VERY}|(?:an?|the|at|any|real|much|been?|it|was|is|feel|find|think)\b))*$"
)


def numbers(text: str) -> list[int]:
    """The whole numbers that a text names, parts rounded up; "of 10" is no such number."""
    return _whole(_figures(text))


def single(text: str, most: int) -> int | None:
    """The only number of a text, at most ``most``; of a range the higher; None for none."""
    return _highest(numbers(text), most)


def seconds(text: str, most: int) -> int | None:
    """How long in seconds, at most ``most``; of a range the higher; None where none is told.

    Of two legs the lower counts: it is the weak leg that is asked about, and it holds less.
    """
    if _WAIT.search(text.lower()):
        return None
    plain = _CLOCK.sub(lambda at: str(int(at[1]) * 60 + int(at[2])), _figures(text))
    plain = _LONG.sub(_in_seconds, _TRIED.sub(" ", plain))
    found = _whole(plain)
    highest = _highest(found, most)
    return min(found) if highest is not None and len(set(_SIDE.findall(plain))) > 1 else highest


def felt(text: str, feelings: Sequence[Feeling]) -> int | None:
    """How it felt, 0 to 10; None where that is not clear.

    Of several words the worst counts. For pain, the scale that begins with 0, a number goes before
    the words. For effort a word goes before a number that contradicts it.
    """
    word = max(_named(text, tuple(feelings)), default=None)
    # "The worst one", "after 3 reps": no marks out of ten.
    marks = text if word is None else re.sub(r"(?i)\bone\b", " ", text)
    number = _highest(_whole(_COUNTED.sub(" ", _figures(marks))), MOST_PAIN)
    painful = any(not one.value for one in feelings)
    if number is None or (word is not None and not painful and abs(number - word) > APART):
        number = word
    # "No pain at first" leaves the rest open.
    return None if number == 0 and _AT_FIRST.search(text.lower()) else number


def _figures(text: str) -> str:
    """``text`` in small letters with its numbers in figures."""
    plain = _HUGE.sub("999999999", _PRONOUN.sub(r"\1 ", _JOINED.sub(" ", text.lower())))
    plain = _WORD.sub(lambda one: str(WORDS.get(_mended(one[0], WORDS), one[0])), plain)
    for words, figures in _FIGURES:
        plain = words.sub(figures, plain)
    return _HUNDRED.sub(lambda at: str(100 + int(at[1] or 0)), unicodedata.normalize("NFKC", plain))


def _whole(plain: str) -> list[int]:
    return [math.ceil(float(one)) for one in _FIGURE.findall(_OUT_OF.sub(" ", plain))]


def _highest(found: Sequence[int], most: int) -> int | None:
    return max(found) if found and max(found) <= most else None


def _in_seconds(found: re.Match[str]) -> str:
    unit = 60 if found[2] == "m" else 3600
    return f" {float(found[1]) * unit + int(found[3] or 0):.0f} "


def _named(text: str, feelings: tuple[Feeling, ...]) -> list[int]:
    """The values of the words that ``text`` holds, the longest first, and are not denied."""
    phrases, vocabulary = _phrases(feelings)
    plain = _ANSWER.sub("no, ", _SAYINGS.sub(" ", _JOINED.sub(" ", text.lower())))
    words = _plainer(_mended(word, vocabulary) for word in wording.split(plain))
    core = tuple(_AROUND.sub("", " ".join(wording.spoken(words))).split())
    taken: set[int] = set()
    values = []
    for phrase, value in phrases:
        said = " ".join(phrase)
        # A word says something anywhere; "no" or "right" only by itself.
        for at in wording.places(words, phrase) if said not in _ALONE or core == phrase else ():
            place = set(range(at, at + len(phrase)))
            if place & taken:
                continue
            taken |= place
            if re.search(_NOT, said) or not _DENIED.search(" ".join(words[max(0, at - 8) : at])):
                values.append(value)
    return values


@lru_cache(maxsize=8)
def _phrases(
    feelings: tuple[Feeling, ...],
) -> tuple[list[tuple[wording.Words, int]], frozenset[str]]:
    """The phrases with their values, the longest first, and all of their words."""
    said = [(wording.split(_JOINED.sub(" ", w)), one) for one in feelings for w in one.words]
    found = {_plainer(words): one.value for words, one in said}
    known = frozenset(_WORD.findall(_NOT + _VERY)).union(*(words for words, _ in said))
    return sorted(found.items(), key=lambda item: -len(item[0])), known


def _plainer(words: Iterable[str]) -> wording.Words:
    """``words`` with one "too" for "all that" and the like after a "not"."""
    return tuple(_NOT_VERY.sub(r"\1 too", " ".join(words)).split())


def _mended(word: str, known: Collection[str]) -> str:
    """The one of ``known`` that was meant by a mistyped ``word``; the word itself for none."""
    if word in known or word in _REAL or not FUZZY_FROM <= len(word) <= LONGEST:
        return word
    like = [one for one in known if one[0] == word[0] and len(one) >= FUZZY_FROM - 1]
    slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
    best = process.extractOne(word, like, scorer=OSA.distance, score_cutoff=slips)
    return str(best[0]) if best else word
