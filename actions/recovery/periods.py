"""Parts of the calendar in words: "last spring", "March 2023", "two Christmases ago". Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from actions.recovery.amounts import value_of
from content.recovery import Clock

FUZZY_FROM = 6
TWO_SLIPS_FROM = 8
FIRST_YEAR = 1930
LAST, THIS, BEFORE, AGO, YEAR = "last", "this", "before", "ago", "year"
IN_THE = ("in", "the")


class Span(NamedTuple):
    """Days from ``start`` to ``end``."""

    start: date
    end: date


class Named(NamedTuple):
    """A part of every year that a text names; ``end`` is the place after its words."""

    of: Callable[[int], Span]
    is_month: bool
    start: int
    end: int


def find(tokens: Sequence[str], today: date, clock: Clock) -> Span | None:
    """The part of the calendar that ``tokens`` name, as it was last before ``today``."""
    for named in _names(tokens, clock):
        return _shrunk(_occurrence(named, tokens, today, clock), named, tokens, clock)
    return _year(tokens, today)


def _names(tokens: Sequence[str], clock: Clock) -> Iterator[Named]:
    for at, token in enumerate(tokens):
        for phrase, day in clock.feasts.items():
            words = phrase.split()
            beside = tokens[at : at + len(words)]
            if len(beside) == len(words) and all(map(_is, beside, words)):
                yield Named(_feast(day), False, at, at + len(words))
        month = _closest(token, clock.months)
        if month and _is_meant(token, tokens, at, clock):
            yield Named(months(month, 1), True, at, at + 1)
        season = _closest(token, clock.seasons)
        if season and _is_meant(token, tokens, at, clock):
            yield Named(months(season, 3), False, at, at + 1)


def _occurrence(named: Named, tokens: Sequence[str], today: date, clock: Clock) -> Span:
    """The year's one that is meant; the latest that has begun where nothing else is said."""
    told = _told_year(named, tokens, today)
    if told is not None:
        return named.of(told)
    latest = today.year if named.of(today.year).start <= today else today.year - 1
    before = tokens[named.start - 1] if named.start else ""
    if before == LAST and named.of(latest).end >= today:
        latest -= 1
    if tuple(tokens[named.end : named.end + 2]) == (BEFORE, LAST):
        latest -= 1
    if AGO in tokens[named.end : named.end + 2]:
        latest -= max(0, round(value_of(before, clock) or 1) - 1)
    return named.of(latest)


def _told_year(named: Named, tokens: Sequence[str], today: date) -> int | None:
    """The year that stands beside it."""
    near = tokens[max(0, named.start - 2) : named.end + 3]
    for one in near:
        if _is_year(one, today):
            return int(one)
    if _has(near, (LAST, YEAR)):
        return today.year - 1
    if _has(near, (THIS, YEAR)):
        return today.year
    return None


def _shrunk(span: Span, named: Named, tokens: Sequence[str], clock: Clock) -> Span:
    """The day, or the third, of the span that is told."""
    beside = [*tokens[max(0, named.start - 2) : named.start], *tokens[named.end : named.end + 1]]
    days = [int(one) for one in beside if one.isdigit() and 1 <= int(one) <= 28]
    if named.is_month and days:
        day = span.start.replace(day=days[-1])
        return Span(day, day)
    third = (span.end - span.start) / 3
    before = set(tokens[max(0, named.start - 3) : named.start])
    if before & clock.lists["early"]:
        return Span(span.start, span.start + third)
    if before & clock.lists["late"]:
        return Span(span.end - third, span.end)
    if before & clock.lists["mid"]:
        return Span(span.start + third, span.end - third)
    return span


def _year(tokens: Sequence[str], today: date) -> Span | None:
    for token in tokens:
        if _is_year(token, today):
            return Span(date(int(token), 1, 1), date(int(token), 12, 31))
    return None


def _is_year(token: str, today: date) -> bool:
    return len(token) == 4 and token.isdigit() and FIRST_YEAR <= int(token) <= today.year


def _is_meant(token: str, tokens: Sequence[str], at: int, clock: Clock) -> bool:
    """Whether a word such as "may" is the month here: something leads up to it, or a figure."""
    if token not in clock.lists["doubtful"] or len(tokens) == 1:
        return True
    before = tokens[max(0, at - 1) : at]
    if tuple(tokens[max(0, at - 2) : at]) == IN_THE:
        # "Since the fall" is likelier an accident than an autumn; "in the fall" is none.
        return True
    after = tokens[at + 1 : at + 2]
    led = {*before} & clock.lists["leads"] or {*after} & {LAST, THIS}
    return bool(led) or any(one.isdigit() for one in (*before, *after))


def _closest(token: str, names: Mapping[str, int]) -> int | None:
    """What the word names, slips of the keyboard and plurals included."""
    for form in (token, token.removesuffix("s"), token.removesuffix("es")):
        if form in names:
            return names[form]
    if len(token) < FUZZY_FROM:
        return None
    slips = 2 if len(token) >= TWO_SLIPS_FROM else 1
    for name, value in names.items():
        near = DamerauLevenshtein.distance(token, name, score_cutoff=slips) <= slips
        if len(name) >= FUZZY_FROM and near:
            return value
    return None


def _is(token: str, word: str) -> bool:
    return word in (token, token.removesuffix("es"), token.removesuffix("s"))


def _has(tokens: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(tokens[at : at + len(phrase)]) == phrase for at in range(len(tokens)))


def months(first: int, count: int) -> Callable[[int], Span]:
    """The span of ``count`` months from ``first`` on in a year, which is still to be named."""

    def of(year: int) -> Span:
        after = first + count
        end = date(year + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(days=1)
        return Span(date(year, first, 1), end)

    return of


def _feast(day: tuple[int, int] | None) -> Callable[[int], Span]:
    def of(year: int) -> Span:
        at = easter(year) if day is None else date(year, *day)
        return Span(at, at)

    return of


def easter(year: int) -> date:
    """Easter Sunday of a year (the "anonymous" Gregorian algorithm, Meeus 1991, chapter 8)."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
