"""What differs between two values, as a page shows it: words that went, came and stayed. Pure."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from editing.differing import Difference

_WORDS = re.compile(r"\s+|[^\s]+")
# Beyond so many words a comparison takes too long; then all of it went and came.
_MOST = 4000


class Fate(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Some words of a text."""

    fate: Fate
    text: str


@dataclass(frozen=True)
class Shown:
    """Two values side by side.

    Attributes:
        gone: of a list, the items that went.
        new: of a list, the items that came.
        pieces: of anything else, its words.
    """

    gone: Sequence[str] = ()
    new: Sequence[str] = ()
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True)
class Told:
    """A difference, and how a page shows it."""

    difference: Difference
    shown: Shown


def told(difference: Difference) -> Told:
    """How a difference is shown."""
    return Told(difference, shown(difference.before, difference.after))


def shown(before: Any, after: Any) -> Shown:
    """How two values are shown: lists by their items, all else word by word."""
    if not isinstance(before, list) and not isinstance(after, list):
        return Shown(pieces=pieces(_text(before), _text(after)))
    old, new = _items(before), _items(after)
    gone, come = _more(old, new), _more(new, old)
    # Where nothing but the order differs, all of both is shown.
    return Shown(gone, come) if gone or come else Shown(old, new)


def pieces(before: str, after: str) -> list[Piece]:
    """The words of two texts, in an order in which both can be read."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > _MOST:
        return [*_piece(Fate.GONE, [before]), *_piece(Fate.NEW, [after])]
    found: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = old[old_from:old_to], new[new_from:new_to]
        if gone == come:
            found += _piece(Fate.KEPT, come)
        else:
            found += [*_piece(Fate.GONE, gone), *_piece(Fate.NEW, come)]
    return found


def _piece(fate: Fate, words: Sequence[str]) -> Iterator[Piece]:
    if "".join(words):
        yield Piece(fate, "".join(words))


def _items(value: Any) -> list[str]:
    if isinstance(value, list):
        return [_text(item) for item in value]
    return [] if value is None else [_text(value)]


def _more(items: Sequence[str], than: Sequence[str]) -> list[str]:
    """The items that one list has more of."""
    return list((Counter(items) - Counter(than)).elements())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
