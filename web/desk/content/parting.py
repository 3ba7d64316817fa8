"""The parts of an item, each with a form of its own: a page stays light and can be taken in.

Most items are one part. Those with many, and those that would make too long a page, are divided by
what belongs together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desk.content.shelf import PARTED
from editing.shapes import Field, Key, Kind

MOST_LETTERS = 45_000
"""A longer file has its examples in a part of their own."""
WHOLE = ""
EXAMPLES = "examples"
_QUESTIONS = "questions"

# What of a red flag belongs together, by the first name of a key.
_OF_RED_FLAG = {
    "say": "say",
    "ask": "say",
    "must_fire": "must_fire",
    "must_not_fire": "must_not_fire",
    "words": "patterns",
    "signs": "patterns",
    "rules": "patterns",
}
_TITLES = {
    Kind.RED_FLAG: {
        WHOLE: "About it",
        "say": "What Dorsi says",
        "must_fire": "Messages that must be found",
        "must_not_fire": "Messages that must not be found",
        "patterns": "How it is found",
    },
    Kind.SAFETY_CHECK: {WHOLE: "Around the questions"},
}


@dataclass(frozen=True)
class Part:
    """Fields with a form of their own."""

    name: str
    title: str
    fields: Sequence[Field]


def parts(kind: Kind, fields: Sequence[Field], size: int) -> list[Part]:
    """The parts of an item, in the order of its fields, the one without a name first.

    Args:
        kind: what it is.
        fields: all that can be changed.
        size: how many letters the file has.
    """
    divide = _dividers(size)[kind]
    found: dict[str, list[Field]] = {}
    for field in fields:
        found.setdefault(divide(field.key), []).append(field)
    titles = _TITLES.get(kind, {})
    names = sorted(found, key=lambda name: name != WHOLE)
    return [Part(name, titles.get(name, _in_words(name)), found[name]) for name in names]


def _dividers(size: int) -> Mapping[Kind, Callable[[Key], str]]:
    many = {kind: _named_after(len(way)) for kind, way in PARTED.items()}
    whole = _examples_apart if size > MOST_LETTERS else _whole
    return {
        **dict.fromkeys(Kind, whole),
        **many,
        Kind.RED_FLAG: lambda key: _OF_RED_FLAG.get(key[0], WHOLE),
        Kind.SAFETY_CHECK: lambda key: key[1] if key[0] == _QUESTIONS and key[1:] else WHOLE,
    }


def _named_after(depth: int) -> Callable[[Key], str]:
    """By the name that stands so deep in a file that holds many."""
    return lambda key: key[depth] if len(key) > depth else WHOLE


def _whole(_: Key) -> str:
    return WHOLE


def _examples_apart(key: Key) -> str:
    return EXAMPLES if key[0] == EXAMPLES else WHOLE


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize() if name else "The whole"
