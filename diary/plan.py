"""What to practise today: pure, from what was done before.

A rest follows hard work, and pain, effort and tiredness make a practice short. Numbers of pain:
up to 3 of 10 is fine, from 4 take less, as physiotherapists' traffic lights have it
(https://providephysiotherapy.org.uk/pain-traffic-light/). Muscles rest for a day after strength
work (https://pmc.ncbi.nlm.nih.gov/articles/PMC6586489/table/T1, adults with MS).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from diary import effort
from diary.values import History

Limit = Literal["none", "seated", "helper", "gentle", "not_today"]
Reason = Literal[
    "not_today",
    "rest_after_hard_days",
    "rest_after_strength",
    "enough_for_today",
    "easier_after_pain",
    "easier_after_effort",
    "short_for_fatigue",
    "seated_only",
    "short_for_time",
    "too_little_time",
    "nothing_suitable",
    "hold_something_firm",
    "helper_beside",
]

WARM_UP: Final = "warm_up"
SEATED, LYING, STANDING = "seated", "lying", "standing"

TOO_HARD = 8
PAINFUL = 4
MANY, FEW = 4, 2

EASIER: Final[frozenset[Reason]] = frozenset(
    {"short_for_fatigue", "easier_after_pain", "easier_after_effort"}
)

# Positions are named, not excluded: one that nobody has thought of here is never suggested.
_POSITIONS: Final[Mapping[Limit, frozenset[str]]] = {
    "none": frozenset({SEATED, LYING, STANDING}),
    "helper": frozenset({SEATED, LYING, STANDING}),
    "seated": frozenset({SEATED, LYING}),
    "gentle": frozenset({SEATED}),
}


@dataclass(frozen=True)
class Item:
    """An exercise that can be suggested: of it, only what a plan asks.

    Attributes:
        id: its id; ``warm_up`` comes first.
        position: seated, standing or lying.
        hold: whether something firm to hold is needed.
        minutes: about how long it takes.
        strength: whether it is strength work, after which muscles rest for a day.
    """

    id: str
    position: str
    hold: bool
    minutes: int
    strength: bool


@dataclass(frozen=True)
class Suggestion:
    """What to practise.

    Attributes:
        exercises: ids in the order to do them; none on a day of rest.
        rest: whether today is for rest.
        reasons: why, the weightiest first: ids of texts.
    """

    exercises: tuple[str, ...]
    rest: bool
    reasons: tuple[Reason, ...]

    @property
    def easier(self) -> bool:
        """Whether the easier way of each exercise is the one to take."""
        return not EASIER.isdisjoint(self.reasons)


def suggest(
    history: History,
    exercises: Sequence[Item],
    today: datetime,
    limit: Limit = "none",
    minutes: int | None = None,
) -> Suggestion:
    """What to practise today.

    Args:
        history: what was done before.
        exercises: those there are, in the order in which they are suggested to who is new.
        today: now, in the patient's time zone.
        limit: what today's readiness check came to.
        minutes: how long the patient has; None for as long as it takes.

    Returns:
        The suggestion. With ``minutes`` its exercises never take longer.

    Raises:
        ValueError: ``today`` has no time zone.
    """
    rest = _rest(history, exercises, today, limit)
    if rest is not None:
        return Suggestion((), True, (rest,))
    reasons: list[Reason] = list(_easing(history, limit))
    most = FEW if reasons else MANY
    suitable = [item for item in exercises if item.position in _POSITIONS[limit]]
    ordered = _ordered(history, suitable, strength_last=bool(reasons))
    chosen = _fitting(ordered, minutes, most)
    if limit == "seated":
        reasons.append("seated_only")
    if len(chosen) < min(most, len(suitable)):
        reasons.append("short_for_time" if chosen else "too_little_time")
    if not suitable:
        reasons.append("nothing_suitable")
    reasons.extend(_care(chosen, limit))
    return Suggestion(tuple(item.id for item in chosen), False, tuple(reasons))


def _rest(
    history: History, exercises: Sequence[Item], today: datetime, limit: Limit
) -> Reason | None:
    """Why today is for rest; None where it is not."""
    if limit == "not_today":
        return "not_today"
    hard = effort.hard_days(history, today)
    strength = frozenset(item.id for item in exercises if item.strength)
    strong = effort.hard_days(history, today, strength)
    if {1, 2} <= hard or {0, 1} <= hard:
        return "rest_after_hard_days"
    if 1 in strong:
        return "rest_after_strength"
    return "enough_for_today" if 0 in strong else None


def _easing(history: History, limit: Limit) -> Iterator[Reason]:
    """Why today's practice is a short and easy one."""
    if limit == "gentle":
        yield "short_for_fatigue"
    if effort.last_pain(history) >= PAINFUL:
        yield "easier_after_pain"
    if effort.last_effort(history) >= TOO_HARD:
        yield "easier_after_effort"


def _ordered(history: History, items: Sequence[Item], *, strength_last: bool) -> list[Item]:
    """The warm-up, then what was done least lately; what was never done is before all that was."""
    when = {one.exercise: visit.at for visit in history.visits for one in visit.practised}

    def key(item: Item) -> tuple[bool, bool, float]:
        done = when.get(item.id)
        lately = done.timestamp() if done else float("-inf")
        return item.id != WARM_UP, strength_last and item.strength, lately

    return sorted(items, key=key)


def _fitting(ordered: Sequence[Item], minutes: int | None, most: int) -> list[Item]:
    """The first that fit: ``most`` at the most, and no longer than ``minutes`` together."""
    left = float("inf") if minutes is None else minutes
    chosen: list[Item] = []
    for item in ordered:
        if len(chosen) < most and item.minutes <= left:
            chosen.append(item)
            left -= item.minutes
    return chosen


def _care(chosen: Sequence[Item], limit: Limit) -> Iterator[Reason]:
    """What to have at hand."""
    if any(item.hold for item in chosen):
        yield "hold_something_firm"
    if limit == "helper" and any(item.hold or item.position == STANDING for item in chosen):
        yield "helper_beside"
