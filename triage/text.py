"""From what a patient typed to words with lemmas, and the places where a clause ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

import spacy
from spacy.lookups import load_lookups

from triage.spelling import Speller

REMEMBERED = 20_000
LONGEST_WORD = 40
LONGEST_QUESTION = 25
GIANT = re.compile(rf"\S{{{LONGEST_WORD},}}")
ENDLESS = re.compile(rf"\w{{{LONGEST_WORD},}}")
INSIDE = re.compile(r"[^\w']")
TYPED_PLAINLY = re.compile(r"[\t\n -~]*")
THRICE = re.compile(r"([a-z])\1\1")
AT_ONCE, AROUND = 10_000, 600  # characters; the chat takes 4,000, twice that with an answer
END_OF_PIECE = re.compile(r"[.!?]\s|\n")
BREAKS = frozenset("\n\r\v\f\x85")
SENTENCE_END = re.compile(r"[.!?;:]|\n")
SIGNS_OF_BREATH = frozenset({",", "-", "--", "–", "—", "...", "…", "..", "/", "(", ")"})
CLAUSE_WORDS = frozenset({"but", "however", "although", "though", "except", "yet", "whereas"})
JOINERS = frozenset({"and", "so", "then", "because", "cos", "cause", ","})
# fmt: off
SUBJECTS = frozenset({
    "i", "im", "ive", "he", "hes", "she", "shes", "it", "its", "we", "they", "theyre", "you", "my",
    "his", "her", "our", "their", "the", "this", "that", "there", "now", "today", "just", "since",
    "suddenly", "also", "both", "one",
})
# fmt: on
ASKING = frozenset({"can", "could", "may", "should"})
NOT_ASKING = frozenset({"not", "hardly", "barely", "only", "just", "scarcely", "never"})
TELLING = frozenset({"my", "mine", "our", "his", "her", "this", "these"})
CANNOT = frozenset({"cannot", "cnt", "carnt"})
CONTRACTED = {
    "ca": "can",
    "wo": "will",
    "sha": "shall",
    "n't": "not",
    "nt": "not",
    "n’t": "not",
    "'m": "am",
    "'re": "are",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
    "cannot": "can",
    "cnt": "can",
    "carnt": "can",
    "em": "them",
    "dunno": "know",
    "gon": "going",
    "wan": "want",
    "na": "to",
    "u": "you",
    "ur": "your",
    "dnt": "not",
    "didnt": "not",
    "thru": "through",
    "abt": "about",
    "bc": "because",
}  # fmt: skip


class Break(IntEnum):
    """What lies before a word: nothing, a comma, a new clause, or a new sentence."""

    NONE = 0
    COMMA = 1
    CLAUSE = 2
    SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        form: lower case, spelling mended.
        lemma: the form without its inflection.
        start: its place in the text as typed, in characters.
        end: the place after it.
        before: what parts it from the word before.
    """

    form: str
    lemma: str
    start: int
    end: int
    before: Break


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a long text, from ``first`` to ``last``, read with some text on both sides.

    Attributes:
        start: where reading begins, in characters.
        first: where the piece begins; what stands before belongs to another one.
        last: the place after the piece.
        end: the place after what is read.
    """

    start: int
    first: int
    last: int
    end: int


def pieces(text: str) -> Iterator[Piece]:
    """A text cut into pieces that together are all of it; a short one is a single piece.

    Each ends with a sentence if it can, else between two words.
    """
    cuts = [0]
    while len(text) - cuts[-1] > AT_ONCE:
        cuts.append(_cut(text, cuts[-1] + AT_ONCE))
    for first, last in pairwise([*cuts, len(text)]):
        start = max(0, first - AROUND)
        yield Piece(start, first, last, min(len(text), last + AROUND))


def _cut(text: str, latest: int) -> int:
    ends = [found.end() for found in END_OF_PIECE.finditer(text, latest - AROUND, latest)]
    spaces = (at + 1 for at in range(latest - 1, latest - AROUND, -1) if text[at].isspace())
    return ends[-1] if ends else next(spaces, latest)


class Reader:
    """Splits texts into words.

    Args:
        lemmas: lemmas of our own where the general table misleads.
        speller: mends spelling.
    """

    def __init__(self, lemmas: Mapping[str, str], speller: Speller) -> None:
        self._tokenize = spacy.blank("en").tokenizer
        self._table = load_lookups("en", ["lemma_lookup"]).get_table("lemma_lookup")
        self._own = lemmas
        self._speller = speller
        self._meant = lru_cache(maxsize=REMEMBERED)(self._mended)

    def lemma(self, form: str) -> str:
        """The lemma of a word in lower case; contractions' parts are written out."""
        form = CONTRACTED.get(form, form)
        own = self._own.get(form)
        return own if own is not None else str(self._table.get(form, form))

    def read(self, text: str) -> list[Word]:
        """The words of ``text`` in order; punctuation only parts them."""
        plain, places = fold(text)
        words: list[Word] = []
        parting = Break.SENTENCE
        pending_joiner = False
        for token in self._tokenize(plain):
            form = token.text
            meant = self._meant(form)
            if not meant:
                parting, pending_joiner = _parting(form, parting, pending_joiner)
                continue
            start, end = places[token.idx], places[token.idx + len(form) - 1] + 1
            if form in CLAUSE_WORDS or (
                form in SUBJECTS and (pending_joiner or parting is Break.COMMA)
            ):
                parting = max(parting, Break.CLAUSE)
            for part, lemma in meant:
                words.append(Word(part, lemma, start, end, parting))
                parting = Break.NONE
            pending_joiner = form in JOINERS
        return words

    def _mended(self, form: str) -> tuple[tuple[str, str], ...]:
        """The words that one typed word means, each with its lemma; none for punctuation."""
        if not any(letter.isalnum() for letter in form):
            return ()
        if form in CANNOT:
            return ((CONTRACTED[form], self.lemma(form)), ("not", "not"))
        mended = (form,) if len(form) == 1 else self._speller.mend(form)
        parts = (CONTRACTED.get(part, part) for part in mended)
        return tuple((part, self.lemma(part)) for part in parts)


def asking(words: Sequence[Word]) -> frozenset[int]:
    """The places of words that only ask what may be: "can baclofen be stopped suddenly".

    Not those that tell something as well: "should my foot be so cold"; "can barely walk".
    """
    found: set[int] = set()
    opening = (at for at, word in enumerate(words) if word.before and word.form in ASKING)
    for at in opening:
        latest = min(at + LONGEST_QUESTION, len(words))
        ends = (n for n in range(at + 1, latest) if words[n].before >= Break.CLAUSE)
        end = next(ends, latest)
        forms = [word.form for word in words[at + 1 : end]]
        if not NOT_ASKING.intersection(forms[:1]) and TELLING.isdisjoint(forms):
            found.update(range(at, end))
    return frozenset(found)


def _parting(mark: str, before: Break, joiner: bool) -> tuple[Break, bool]:
    if "\n" in mark or (SENTENCE_END.search(mark) and mark not in SIGNS_OF_BREATH):
        return Break.SENTENCE, False
    if mark in SIGNS_OF_BREATH:
        return max(before, Break.COMMA), joiner
    return before, joiner


def fold(text: str) -> tuple[str, list[int]]:
    """Lower case, plain quotes, no invisible characters or control signs, no letter thrice.

    Returns:
        The folded text, and for each of its characters its place in ``text``.
    """
    lower = text.lower()
    if TYPED_PLAINLY.fullmatch(text) and not THRICE.search(lower):
        return _without_giants(lower), list(range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    run = 0
    for place, typed in enumerate(text):
        for letter in _plain(typed):
            run = run + 1 if letters and letter == letters[-1] and letter.isalpha() else 0
            if run < 2:
                letters.append(letter)
                places.append(place)
    return _without_giants("".join(letters)), places


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if letter in BREAKS:
        return "\n"
    if letter == "\t" or (letter.isascii() and letter.isprintable()):
        return letter.lower()
    if letter in "‘’ʼ´`′":
        return "'"
    if letter in "“”":
        return '"'
    if unicodedata.category(letter) in {"Cf", "Mn", "Cc", "Cs"}:
        return ""
    if letter.isspace():
        return " "
    decomposed = unicodedata.normalize("NFKD", letter)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()


def _without_giants(text: str) -> str:
    """``text`` with endless words blanked out: nobody's symptom is that long."""
    return GIANT.sub(lambda found: _spaced(found.group()), text)


def _spaced(run: str) -> str:
    """A long run with spaces in place of its punctuation, the same length."""
    return ENDLESS.sub(lambda found: " " * len(found.group()), INSIDE.sub(" ", run))
