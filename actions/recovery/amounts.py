"""Amounts of time in words: "six weeks", "a year and a half", "2 to 3 months". Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from content.recovery import Clock

HALF = "half"
AND = "and"
TO = frozenset({"to", "or"})
AGO = "ago"
ARTICLES = frozenset({"a", "an"})
SHORT = 4
OVER = 1.5
"""Who says "over a year" seldom means two."""


class Amount(NamedTuple):
    """An amount of time in weeks, from ``least`` to ``most``."""

    least: float
    most: float


class Number(NamedTuple):
    """A number, or two for "2 to 3"; ``end`` is the place after it."""

    least: float
    most: float
    end: int


def find(tokens: Sequence[str], clock: Clock) -> Amount | None:
    """The first amount of time that ``tokens`` name; None for none."""
    for start in range(len(tokens)):
        if tokens[start] in ARTICLES and number(tokens, start + 1, clock):
            continue  # "a couple of weeks": the couple counts
        found = _amount(tokens, start, clock)
        if found is not None:
            return found
    return None


def _amount(tokens: Sequence[str], start: int, clock: Clock) -> Amount | None:
    counted = number(tokens, start, clock)
    if counted is None:
        return None
    at = counted.end
    while at < len(tokens) and at < counted.end + 2 and tokens[at] in clock.lists["between"]:
        at += 1
    weeks = unit(tokens, at, clock)
    if weeks is None or _is_a_rate(tokens, start, at, clock):
        return None
    least, most = counted.least * weeks, counted.most * weeks
    rest = _rest(tokens, at + 1, weeks, clock)
    before = set(tokens[max(0, start - 2) : start])
    if before & clock.lists["less"]:
        return Amount(0, most + rest)
    wider = OVER if before & clock.lists["more"] else 1
    return Amount(least + rest, (most + rest) * wider)


def number(tokens: Sequence[str], start: int, clock: Clock) -> Number | None:
    """The number that begins at ``start``."""
    first = _single(tokens, start, clock)
    if first is None:
        return None
    value, at = first
    second = _single(tokens, at + 1, clock) if at < len(tokens) and tokens[at] in TO else None
    return Number(value, value, at) if second is None else Number(value, *second)


def unit(tokens: Sequence[str], at: int, clock: Clock) -> float | None:
    """How many weeks the unit at ``at`` has."""
    if at >= len(tokens):
        return None
    letter = clock.letters.get(tokens[at]) if at and tokens[at - 1][0].isdigit() else None
    return clock.units.get(tokens[at], letter)


def _single(tokens: Sequence[str], at: int, clock: Clock) -> tuple[float, int] | None:
    """One number, halves and "twenty five" included, and the place after it."""
    if at >= len(tokens):
        return None
    if tokens[at] == HALF:
        after = at + 1
        return 0.5, after + (after < len(tokens) and tokens[after] in ARTICLES)
    value = value_of(tokens[at], clock)
    if value is None:
        return None
    at += 1
    following = value_of(tokens[at], clock) if at < len(tokens) else None
    if value >= 20 and value % 10 == 0 and following and following < 10:
        value, at = value + following, at + 1
    for half in (("and", "a", HALF), ("and", HALF), (HALF,)):
        if tuple(tokens[at : at + len(half)]) == half:
            value, at = value + 0.5, at + len(half)
            break
    return value, at


def value_of(token: str, clock: Clock) -> float | None:
    """The value of a figure or a word for a number."""
    try:
        return float(token) if token[0].isdigit() else clock.numbers.get(token)
    except ValueError:
        return None


def _rest(tokens: Sequence[str], at: int, weeks: float, clock: Clock) -> float:
    """What is added after the unit: "and a half", "and 3 months"."""
    if at < len(tokens) and tokens[at] == AND:
        at += 1
    if tuple(tokens[at : at + 2]) == ("a", HALF):
        return weeks / 2
    more = _single(tokens, at, clock)
    smaller = unit(tokens, more[1], clock) if more else None
    return more[0] * smaller if more and smaller and smaller < weeks else 0.0


def _is_a_rate(tokens: Sequence[str], start: int, at: int, clock: Clock) -> bool:
    """Whether "a day" tells how often, or "one day" when in a tale, and no time that passed."""
    if tokens[start] not in {*ARTICLES, "one"} or at != start + 1:
        return False
    if start and tokens[start - 1] in clock.lists["rates"]:
        return True
    short = len(tokens) <= SHORT or AGO in tokens[at : at + 3]
    return clock.units[tokens[at]] < 1 and not short
