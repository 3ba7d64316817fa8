"""Short ways to write a diary for a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from diary.plan import Item
from diary.values import CheckIn, Done, History, Visit

TODAY = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
ID, OTHER = "a1" * 32, "b2" * 32


def ago(days: float) -> datetime:
    return TODAY - timedelta(days=days)


def visit(days: float, *done: Done | str, **more: Any) -> Visit:
    """A practice some days ago; ``more`` is of its only exercise where none is given."""
    exercises = [Done(one) if isinstance(one, str) else one for one in done]
    return Visit(ago(days), tuple(exercises or [Done("heel_slide", **more)]))


def told(days: float, **more: Any) -> CheckIn:
    return CheckIn(ago(days), **more)


def diary(*events: Visit | CheckIn) -> History:
    """A history of visits and check-ins, in order of time whatever the order given."""
    ordered = sorted(events, key=lambda one: one.at)
    return History(
        tuple(one for one in ordered if isinstance(one, Visit)),
        tuple(one for one in ordered if isinstance(one, CheckIn)),
    )


def pains(*levels: int | None) -> History:
    """Visits on following days up to today, with these pains."""
    last = len(levels) - 1
    return diary(*(visit(last - at, pain=pain) for at, pain in enumerate(levels)))


def efforts(*days: tuple[float, int]) -> History:
    return diary(*(visit(at, effort=effort) for at, effort in days))


def item(id: str, position: str = "seated", **more: Any) -> Item:
    return Item(id, position, **{"hold": False, "minutes": 5, "strength": False, **more})


WARM_UP = item("warm_up", minutes=3)
ALPHABET = item("alphabet")
BAND = item("band", strength=True)
BRIDGE = item("bridge", "lying")
HEEL_RAISE = item("heel_raise", "standing", hold=True, strength=True)
TOWEL = item("towel", minutes=4)
ALL: Sequence[Item] = (BAND, HEEL_RAISE, ALPHABET, BRIDGE, TOWEL, WARM_UP)
