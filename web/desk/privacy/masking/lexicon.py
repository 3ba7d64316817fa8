"""Which words are names of people, which may be, and which are just words."""

from collections.abc import Mapping
from enum import Enum, auto
from functools import cache
from importlib.resources import files
from string import ascii_lowercase
from types import MappingProxyType

from desk.privacy.masking.folding import folded


class Sense(Enum):
    """What a word is, by the lists.

    A given name is hardly ever anything else; one that is also a word or a place is another sense,
    and so are family names. What no list has is strange.
    """

    GIVEN = auto()
    GIVEN_OR_WORD = auto()
    GIVEN_OR_PLACE = auto()
    FAMILY = auto()
    FAMILY_OR_WORD = auto()
    STRANGE = auto()
    ENGLISH = auto()
    STOP = auto()


# A later list wins.
_SENSES = (
    ("surname_words.txt", Sense.FAMILY_OR_WORD),
    ("given_places.txt", Sense.GIVEN_OR_PLACE),
    ("given_words.txt", Sense.GIVEN_OR_WORD),
    ("surnames.txt", Sense.FAMILY),
    ("given.txt", Sense.GIVEN),
    ("stop.txt", Sense.STOP),
)
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
    """Whether a word cannot be part of a name or an address."""
    return folded(word).replace("'", "").strip(".,:;!?") in listed("stop.txt")


def is_slip(word: str) -> bool:
    """Whether a folded word is one slip away from an English one: a letter more, less or other."""
    known = senses()
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    near = [left + right[1:] for left, right in cuts if right]
    near += [left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1]
    near += [
        left + letter + right[1:] for left, right in cuts if right for letter in ascii_lowercase
    ]
    near += [left + letter + right for left, right in cuts for letter in ascii_lowercase]
    return any(known.get(candidate) in (Sense.ENGLISH, Sense.STOP) for candidate in near)


@cache
def senses() -> Mapping[str, Sense]:
    """What each folded word is, of all that the lists have."""
    found = dict.fromkeys(_english() - listed("capitals.txt") | listed("spoken.txt"), Sense.ENGLISH)
    for file, sense in _SENSES:
        found.update(dict.fromkeys(listed(file), sense))
    return MappingProxyType(found)
