"""Choosing by words among the buttons just offered: "the second one", or a title typed out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.nlu.text import normalise

MAX_WORDS = 6
_FILLER = re.compile(
    r"\b(?:the|one|option|number|no|nr|choice|please|pls|i|mean|meant|want|its|it|is|that|yes|ok|answer)\b"
)
_ORDINALS = {
    "1": 0, "1st": 0, "first": 0, "top": 0, "a": 0,
    "2": 1, "2nd": 1, "second": 1, "two": 1, "b": 1, "middle": 1,
    "3": 2, "3rd": 2, "third": 2, "three": 2, "c": 2,
    "last": -1, "bottom": -1,
}  # fmt: skip
# "One" is mostly a filler ("the second one"), but not here.
_FIRST = {"one", "option one", "number one", "choice one"}


def chosen_by_words(text: str, offered: Sequence[str], title: Callable[[str], str]) -> str | None:
    """The offered id that a message names by place or by title.

    Args:
        text: what was typed.
        offered: the ids on the last buttons, in order.
        title: the title on the button of an id.

    Returns:
        One of ``offered``, or None.
    """
    plain = normalise(text)
    for identifier in offered:
        if plain and plain == normalise(title(identifier)):
            return identifier
    if not plain or len(plain.split()) > MAX_WORDS:
        return None
    bare = " ".join(_FILLER.sub(" ", plain).split())
    place = 0 if plain in _FIRST else _ORDINALS.get(bare)
    if place is None or place >= len(offered) or not offered:
        return None
    return offered[place]
