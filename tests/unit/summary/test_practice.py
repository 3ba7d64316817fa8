"""What was practised: in this conversation, and in the diary of the last four weeks."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.doctor_summary import the_diary
from actions.summary.practice import noted
from actions.summary.values import Diary, Done
from diary.values import CheckIn, History, Visit
from diary.values import Done as Kept

NOW = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
NAMES = {"toe_raises": "Toe raises", "calf_stretch": "Calf stretch"}


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def slot(*done: dict[str, Any], pain: int | None = None) -> dict[str, Any]:
    return dict(SlotSet("exercise", {"done": list(done), "pain": pain}))


def did(exercise: str, repetitions: int | None = None, *, skipped: bool = False) -> dict[str, Any]:
    return {"exercise": exercise, "repetitions": repetitions, "skipped": skipped}


def test_each_exercise_of_the_diary_is_told_as_it_was_done_last() -> None:
    history = History(
        visits=(
            Visit(days_ago(9), (Kept("toe_raises", repetitions=5, pain=4), Kept("calf_stretch"))),
            Visit(days_ago(2), (Kept("toe_raises", repetitions=8, pain=1),)),
        )
    )
    assert noted(history, [], NAMES, NOW).exercises == (
        Done("Toe raises", 8, 1),
        Done("Calf stretch"),
    )


def test_what_is_older_than_four_weeks_or_was_skipped_is_left_out() -> None:
    history = History(
        visits=(
            Visit(days_ago(40), (Kept("toe_raises", repetitions=5),)),
            Visit(days_ago(1), (Kept("calf_stretch", skipped=True),)),
        ),
        check_ins=(CheckIn(days_ago(40), falls=7),),
    )
    assert noted(history, [], NAMES, NOW) == Diary()


def test_falls_are_counted_only_where_somebody_told_of_them() -> None:
    told = (CheckIn(days_ago(8), falls=2), CheckIn(days_ago(1), falls=1), CheckIn(days_ago(3)))
    assert noted(History(check_ins=told), [], NAMES, NOW).falls == 3
    assert noted(History(check_ins=told[2:]), [], NAMES, NOW).falls is None


def test_what_was_done_in_this_conversation_counts_without_a_diary() -> None:
    events = [
        slot(did("toe_raises", 6)),
        slot(did("toe_raises", 6), did("calf_stretch", skipped=True)),
        slot(did("toe_raises", 6), did("calf_stretch", skipped=True), pain=3),
        slot(),
    ]
    assert noted(History(), events, NAMES, NOW).exercises == (Done("Toe raises", 6, 3),)


def test_this_conversation_is_newer_than_the_diary() -> None:
    history = History(visits=(Visit(days_ago(2), (Kept("toe_raises", repetitions=8),)),))
    found = noted(history, [slot(did("toe_raises", 9))], NAMES, NOW)
    assert found.exercises == (Done("Toe raises", 9),)


def test_broken_slots_and_unknown_exercises_tell_nothing() -> None:
    values: list[Any] = [None, 7, "x", [], {"done": 3}, {"done": [1, {"exercise": "flying"}]}]
    events = [dict(SlotSet("exercise", value)) for value in values]
    assert noted(History(), events, NAMES, NOW) == Diary()


def test_without_an_id_of_a_diary_only_the_conversation_is_read() -> None:
    events = [slot(did("toe_raises", 6))]
    tracker = Tracker("p", {}, {"metadata": {}}, events, False, None, {}, None)
    assert [one.repetitions for one in the_diary(tracker).exercises] == [6]
