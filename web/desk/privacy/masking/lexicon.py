"""Which words are names of people, which may be, and which are just words."""

from functools import cache
from importlib.resources import files

from desk.privacy.masking.folding import folded

_LISTS = files("desk.privacy.masking") / "lists"


@cache
def listed(file: str) -> frozenset[str]:
    """The words of one of the lists."""
    return frozenset((_LISTS / file).read_text("utf-8").split())


@cache
def phrases(file: str) -> tuple[str, ...]:
    """The lines of one of the lists, each a pattern."""
    return tuple((_LISTS / file).read_text("utf-8").splitlines())


@cache
def _english() -> frozenset[str]:
    """The words of SymSpell's dictionary of English."""
    lines = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    return frozenset(line.partition(" ")[0] for line in lines.splitlines())


def is_stop(word: str) -> bool:
    """Whether a word cannot be part of a name."""
    return folded(word).replace("'", "").strip(".,:;!?") in listed("stop.txt")


def is_given(word: str) -> bool:
    """Whether a folded word is a given name and hardly ever anything else."""
    return word in listed("given.txt")


def is_given_or_word(word: str) -> bool:
    """Whether a folded word is a given name, and also a word."""
    return word in listed("given_words.txt")


def is_given_or_place(word: str) -> bool:
    """Whether a folded word is a given name, and also a place, a month or a language."""
    return word in listed("given_places.txt")


def is_surname(word: str) -> bool:
    """Whether a folded word is a family name and no English word."""
    return word in listed("surnames.txt")


def is_surname_or_word(word: str) -> bool:
    """Whether a folded word is a common family name, and also a word."""
    return word in listed("surname_words.txt")


def is_english(word: str) -> bool:
    """Whether a dictionary of English has the word, as it may have a name."""
    return word in _english()
