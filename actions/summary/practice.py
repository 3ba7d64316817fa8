"""What was practised and noted: in this conversation, and in the diary. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from actions.summary.values import Diary, Done
from content.names import Slot
from diary import windows
from diary.values import History

Event = Mapping[str, Any]


def noted(
    history: History, events: Iterable[Event], names: Mapping[str, str], today: datetime
) -> Diary:
    """Each exercise as it was done last, and the falls of the last four weeks.

    Args:
        history: what the diary keeps; empty without consent.
        events: this conversation; what was done in it counts without a diary too.
        names: the exercises' names by id; others are left out.
        today: now, with its time zone.
    """
    visits = windows.practices(history, today, windows.FOUR_WEEKS)
    kept = [
        (one.exercise, Done(names.get(one.exercise, ""), one.repetitions, one.pain))
        for visit in visits
        for one in visit.practised
    ]
    last = {**dict(kept), **_practised(events, names)}
    told = windows.check_ins(history, today, windows.FOUR_WEEKS)
    return Diary(
        exercises=tuple(done for done in last.values() if done.name),
        falls=windows.total([one.falls for one in told]),
    )


def _practised(events: Iterable[Event], names: Mapping[str, str]) -> dict[str, Done]:
    """Each exercise of this conversation as it was done last; the coach's slot tells."""
    found: dict[str, Done] = {}
    for event in events:
        if event.get("event") != "slot" or event.get("name") != Slot.EXERCISE.value:
            continue
        state = event.get("value")
        if not isinstance(state, dict):
            continue
        for one in _done(state):
            name = names.get(str(one.get("exercise")), "")
            found[str(one.get("exercise"))] = Done(
                name, _number(one.get("repetitions")), _number(state.get("pain"))
            )
    return found


def _done(state: Event) -> list[Mapping[str, Any]]:
    """The exercises of a visit that were not skipped."""
    done = state.get("done")
    listed = done if isinstance(done, (list, tuple)) else []
    return [one for one in listed if isinstance(one, dict) and not one.get("skipped")]


def _number(value: Any) -> int | None:
    """A whole number that a JSON document may hold as 1.0."""
    return int(value) if isinstance(value, (int, float)) else None
