"""The orders of the inbox, and a place in one: what pages go on from, however much comes in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, tuple_

from records.conversations import Conversation

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 80
_PARTING = "~"
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Sort:
    """An order: its title, its columns, the conversation's number last, and which way it goes."""

    title: str
    columns: Sequence[Any]
    is_falling: bool

    def order(self, *, backwards: bool) -> list[ColumnElement[Any]]:
        """What to order by."""
        falling = self.is_falling is not backwards
        return [column.desc() if falling else column.asc() for column in self.columns]

    def beyond(self, place: Sequence[Any], *, backwards: bool) -> ColumnElement[bool]:
        """The condition of what comes after a place, or before it."""
        here = tuple_(*self.columns)
        falling = self.is_falling is not backwards
        return here < tuple(place) if falling else here > tuple(place)

    def place_of(self, row: Any) -> str:
        """The place of a row, as addresses have it."""
        return _PARTING.join(_written(getattr(row, column.key)) for column in self.columns)

    def place(self, written: str) -> list[Any] | None:
        """A place that an address names; None for what is none."""
        parts = written.split(_PARTING)
        if len(written) > _LONGEST or len(parts) != len(self.columns):
            return None
        try:
            return [
                _READ[column.key](part) for part, column in zip(parts, self.columns, strict=True)
            ]
        except (ValueError, OverflowError):
            return None


SORTS: Mapping[str, Sort] = {
    "newest": Sort("Newest first", (Conversation.last_at, Conversation.number), is_falling=True),
    "unsure": Sort(
        "Most uncertain first", (Conversation.sureness, Conversation.number), is_falling=False
    ),
    "urgent": Sort(
        "Most urgent first",
        (Conversation.level, Conversation.last_at, Conversation.number),
        is_falling=True,
    ),
    "doubt": Sort(
        "Most likely missed first", (Conversation.doubt, Conversation.number), is_falling=True
    ),
    "waiting": Sort(
        "Longest waiting first", (Conversation.last_at, Conversation.number), is_falling=False
    ),
}
USUAL = "newest"


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return str((value - _EPOCH) // _MICROSECOND)
    return repr(value)


def _moment(part: str) -> datetime:
    return _EPOCH + int(part) * _MICROSECOND


def _whole(part: str) -> int:
    number = int(part)
    if abs(number) >= 2**31:
        raise ValueError
    return number


def _share(part: str) -> float:
    value = float(part)
    if not 0 <= value <= 2:
        raise ValueError
    return value


_READ: Mapping[str, Callable[[str], Any]] = {
    "last_at": _moment,
    "level": _whole,
    "number": _whole,
    "sureness": _share,
    "doubt": _share,
}
