"""How long ago something began, from what a patient types. Pure: text and a day in, weeks out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from actions.recovery import amounts, periods
from actions.recovery.periods import Span
from content.recovery import Clock

SINCE, FOR = "since", "for"
LAST, PAST, THIS = "last", "past", "this"
LONG_UNIT = 50  # weeks: from here on a unit is years
BARE = (2, 9)
"""What "weeks", "months" and "years" without a number come to, in that unit."""
SHORT = 3
WEEKDAY = 1.0
LASTING = (520.0, 2600.0)

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DAY = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\b")
_MONTH = re.compile(r"\b(\d{1,2})[./-](\d{4})\b")
_AGE = re.compile(r"\b(?:\d+|[a-z]+) (?:years?|yrs?)[ -]old\b|\baged? \d+\b")
_DECIMAL = re.compile(r"(\d)[.,](\d)")
_RANGE = re.compile(r"(\d)\s*[-–—]\s*(\d)")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[a-z]+")


class Since(NamedTuple):
    """How long ago, in weeks: from ``least`` to ``most``."""

    least: float
    most: float

    @property
    def weeks(self) -> float:
        """The middle."""
        return (self.least + self.most) / 2


def read(text: str, today: date, clock: Clock) -> Since | None:
    """How long ago ``text`` says it began.

    Args:
        text: any string at all.
        today: the day it is typed.
        clock: the words people tell a time by.

    Returns:
        None where no time is told, or one that nobody can place, such as "a while".
    """
    plain = unicodedata.normalize("NFKC", text.replace("½", " 1/2")).lower()
    plain = _AGE.sub(" ", plain.replace("1/2", " half ").replace("’", "").replace("'", ""))
    dated = _between(_dates(plain), today)
    if dated is not None:
        return dated
    plain = _RANGE.sub(r"\1 to \2", _ORDINAL.sub(r"\1", _DECIMAL.sub(r"\1.\2", plain)))
    tokens = _TOKEN.findall(plain)
    # "MS for 20 years, weak foot since March": the foot is meant.
    parts = [tokens[tokens.index(SINCE) :], tokens] if SINCE in tokens else [tokens]
    return next((found for part in parts if (found := _told(part, today, clock))), None)


def _told(tokens: Sequence[str], today: date, clock: Clock) -> Since | None:
    if _any(tokens, clock.lists["lasting"]):
        return Since(*LASTING)
    amount = amounts.find(tokens, clock)
    if amount is not None:
        return Since(*amount)
    if _any(tokens, clock.lists["recent"]):
        return Since(0, WEEKDAY)
    found = periods.find(tokens, today, clock)
    if found is not None:
        return _between([found], today)
    if set(tokens) & clock.lists["weekdays"]:
        return Since(0, WEEKDAY)
    return _relative(tokens, today, clock) or _bare(tokens, clock)


def _relative(tokens: Sequence[str], today: date, clock: Clock) -> Since | None:
    """ "Last month", "this year", "the past week"."""
    for at, token in enumerate(tokens[1:], start=1):
        weeks, before = clock.units.get(token), tokens[at - 1]
        if weeks is None or before not in (LAST, PAST, THIS):
            continue
        if before == LAST:
            return Since(*_last(weeks, today))
        # "This year" is as old as the year is; a month or a week is as good as new.
        passed = today.timetuple().tm_yday / 7 if weeks > LONG_UNIT else weeks
        return Since(0, passed if before == THIS else weeks)
    return None


def _last(weeks: float, today: date) -> tuple[float, float]:
    """The week, the month or the year before this one."""
    if weeks > LONG_UNIT:
        passed = today.timetuple().tm_yday / 7
    else:
        passed = today.day / 7 if weeks > WEEKDAY else 0.0
    return passed, passed + weeks


def _bare(tokens: Sequence[str], clock: Clock) -> Since | None:
    """ "For months", "years", "fortnight"."""
    if len(tokens) == 1 and not tokens[0].endswith("s") and tokens[0] in clock.units:
        return Since(clock.units[tokens[0]], clock.units[tokens[0]])
    for at, token in enumerate(tokens):
        told = len(tokens) <= SHORT or (at > 0 and tokens[at - 1] == FOR)
        if told and token.endswith("s") and token in clock.units:
            least, most = (times * clock.units[token] for times in BARE)
            return Since(least, most)
    return None


def _any(tokens: Sequence[str], phrases: Iterable[str]) -> bool:
    text = f" {' '.join(tokens)} "
    return any(f" {phrase} " in text for phrase in phrases)


def _between(spans: Iterable[Span], today: date) -> Since | None:
    """The weeks since any of ``spans``; days to come do not count."""
    past = [span for span in spans if span.start <= today]
    if not past:
        return None
    latest = min(today, max(span.end for span in past))
    earliest = min(span.start for span in past)
    return Since((today - latest).days / 7, (today - earliest).days / 7)


def _dates(plain: str) -> Iterator[Span]:
    """The days and months in figures; "4/5/2025" may be either of two days."""
    for year, month, day in _ISO.findall(plain):
        yield from _day(year, month, day)
    for one, other, year in _DAY.findall(plain):
        full = year if len(year) == 4 else f"20{year}"
        yield from _day(full, other, one)
        yield from _day(full, one, other)
    if not _DAY.search(plain):
        for month, year in _MONTH.findall(plain):
            if 1 <= int(month) <= 12:
                yield periods.months(int(month), 1)(int(year))


def _day(year: str, month: str, day: str) -> Iterator[Span]:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return
    yield Span(found, found)
