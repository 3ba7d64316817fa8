"""The notation in which editors write what to look for.

===============  =====================================================================
``droop``        this word in any inflection
``=left``        this very form
``a|b|{group}``  one of several
``{group}``      a word or phrase of a group of words
``word?``        may be left out
``a b``          one right after the other
``a .. b``       with up to four words between, in one clause
``a ... b``      with up to nine words between
``a & b``        in either order, with up to six words between
===============  =====================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

NEAR, FAR, TOGETHER = 4, 9, 6
GAPS = {"..": NEAR, "...": FAR}


class PatternError(ValueError):
    """A pattern cannot be read; the text says what is wrong with it."""


@dataclass(frozen=True)
class Element:
    """One place of a pattern.

    Attributes:
        keys: what may stand here: lemmas, ``=form`` or ``{group}``.
        gap: how many other words may come before it.
        optional: whether the place may stay empty.
    """

    keys: frozenset[str]
    gap: int = 0
    optional: bool = False


@dataclass(frozen=True)
class Pattern:
    """A pattern as it is looked for: one of several sequences."""

    source: str
    sequences: tuple[tuple[Element, ...], ...]


def parse(source: str, key: Callable[[str], str]) -> Pattern:
    """Read a pattern.

    Args:
        source: the notation above.
        key: gives a word's lemma and a group's full name.

    Raises:
        PatternError: it is empty, or a gap stands at its end, or a word is missing.
    """
    sides = [_sequence(side, key, source) for side in source.split(" & ")]
    if len(sides) == 1:
        return Pattern(source, (sides[0],))
    if len(sides) > 2:
        raise PatternError(f"`{source}`: only two sides can be joined with &")
    first, second = sides
    return Pattern(source, (_joined(first, second), _joined(second, first)))


def _joined(first: tuple[Element, ...], second: tuple[Element, ...]) -> tuple[Element, ...]:
    head = second[0]
    return (*first, Element(head.keys, TOGETHER, head.optional), *second[1:])


def _sequence(text: str, key: Callable[[str], str], source: str) -> tuple[Element, ...]:
    elements: list[Element] = []
    gap = 0
    for part in text.split():
        if part in GAPS:
            gap = GAPS[part]
            continue
        optional = part.endswith("?")
        keys = [_key(name, key, source) for name in part.rstrip("?").split("|")]
        if optional and not elements:
            raise PatternError(f"`{source}`: the first word cannot be left out")
        elements.append(Element(frozenset(keys), gap, optional))
        gap = 0
    if gap or not any(not element.optional for element in elements):
        raise PatternError(f"`{source}`: a word is missing beside a gap or an &")
    return tuple(elements)


def _key(name: str, key: Callable[[str], str], source: str) -> str:
    if not name or name in {"=", "{}"}:
        raise PatternError(f"`{source}`: a word is missing")
    if name.startswith("{") and not name.endswith("}"):
        raise PatternError(f"`{source}`: `{name}` has no closing brace")
    return name if name.startswith("=") else key(name)
