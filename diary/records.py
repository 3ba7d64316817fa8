"""Between the values of a diary, the rows of its tables, and plain JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from diary.models import CheckInRow, DoneRow, VisitRow
from diary.values import CheckIn, Done, Visit

_DONE = tuple(field.name for field in fields(Done))
_CHECK_IN = tuple(field.name for field in fields(CheckIn) if field.name != "healing")


def visit_row(diary: str, visit: Visit) -> Any:
    """The rows of a practice."""
    return VisitRow(diary_id=diary, at=visit.at, done=done_rows(visit.done))


def done_rows(done: Sequence[Done], start: int = 0) -> list[Any]:
    """The rows of exercises, numbered from ``start``."""
    return [DoneRow(position=at, **asdict(one)) for at, one in enumerate(done, start)]


def check_in_row(diary: str, check_in: CheckIn) -> Any:
    """The row of a check-in."""
    told = {name: getattr(check_in, name) for name in _CHECK_IN}
    return CheckInRow(diary_id=diary, healing=sorted(check_in.healing), **told)


def visit(row: Any) -> Visit:
    """The practice that rows hold."""
    done = (Done(**{name: getattr(one, name) for name in _DONE}) for one in row.done)
    return Visit(row.at, tuple(done))


def check_in(row: Any) -> CheckIn:
    """The check-in that a row holds."""
    told = {name: getattr(row, name) for name in _CHECK_IN}
    return CheckIn(healing=frozenset(row.healing), **told)


def visit_json(value: Visit) -> dict[str, Any]:
    """A practice as plain JSON."""
    return {"at": value.at.isoformat(), "done": [asdict(one) for one in value.done]}


def check_in_json(value: CheckIn) -> dict[str, Any]:
    """A check-in as plain JSON."""
    return {**asdict(value), "at": value.at.isoformat(), "healing": sorted(value.healing)}
