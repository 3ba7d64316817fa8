"""The days that figures are for, in UTC, and those before them to compare with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

PRESETS = (7, 30, 90)
USUAL = 30
MOST_DAYS = 366
# More columns than this nobody can tell apart: then a column is a week.
MOST_COLUMNS = 92
WEEK = 7
TOO_LONG = f"That is more than {MOST_DAYS} days. Please choose fewer."
NO_DATE = "That is no date. Please write it as 2026-01-31."
BACKWARDS = "The first day lies after the last one. Please choose them the other way round."


class NoPeriod(ValueError):
    """What was asked for is no period; the text says what to do."""


@dataclass(frozen=True)
class Period:
    """From the beginning of the first day to the end of the last."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def previous(self) -> "Period":
        """As many days, just before."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    @property
    def begin(self) -> datetime:
        """The first moment."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return _midnight(self.last + timedelta(days=1))

    def columns(self) -> list["Period"]:
        """What charts and tables show one by one: days, or weeks where those would be too many.

        The last week may have fewer days.
        """
        size = 1 if self.days <= MOST_COLUMNS else WEEK
        return [
            Period(day, min(day + timedelta(days=size - 1), self.last))
            for day in islice(self, 0, None, size)
        ]

    def __iter__(self) -> Iterator[date]:
        """Each of its days."""
        return (self.first + timedelta(days=at) for at in range(self.days))


def last_days(days: int, today: date) -> Period:
    """So many days, of which today is the last."""
    return Period(today - timedelta(days=days - 1), today)


def asked_for(query: Mapping[str, str], today: date) -> Period:
    """The period that an address names by `days`, or by `from` and `to`; or else the usual one.

    Args:
        query: of the address.
        today: the present day in UTC.

    Raises:
        NoPeriod: what it names is none, or too long.
    """
    if query.get("from") or query.get("to"):
        last = _day(query["to"]) if query.get("to") else today
        first = _day(query["from"]) if query.get("from") else last - timedelta(days=USUAL - 1)
        if first > last:
            raise NoPeriod(BACKWARDS)
        return _short_enough(Period(first, last))
    days = query.get("days") or str(USUAL)
    if not days.isascii() or not days.isdecimal() or not 0 < int(days[:9]) <= MOST_DAYS:
        raise NoPeriod(TOO_LONG)
    return last_days(int(days), today)


def _short_enough(period: Period) -> Period:
    if period.days > MOST_DAYS:
        raise NoPeriod(TOO_LONG)
    # Beyond these years the days before or after it cannot be named.
    if period.first.year < 3 or period.last.year > 9998:
        raise NoPeriod(NO_DATE)
    return period


def _day(text: str) -> date:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise NoPeriod(NO_DATE) from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
