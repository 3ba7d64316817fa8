"""What the diary says: honest, worrying things first, and then never an invitation to exercise."""

from __future__ import annotations

import pytest

from actions.exercises.state import Stage, State
from content.progress import the_progress
from diary.values import CheckIn, Visit

from .talking import NOW, Talk, days_back, visit

TEXTS = the_progress().texts
ALL_WELL = CheckIn(days_back(1), trips=0, falls=0, function="same")


def report(talk: Talk, *kept: Visit | CheckIn) -> Talk:
    """Ask how it goes; a check-in without worries is added where there is none."""
    told = any(isinstance(one, CheckIn) for one in kept)
    return talk.remembers(*kept, *(() if told else (ALL_WELL,))).begins()


def test_it_says_what_was_done_and_what_the_numbers_say(talk: Talk) -> None:
    report(talk, visit(9, pain=2), visit(2), visit(1, pain=0))
    done, numbers = talk.replies[:2]
    assert done["text"].startswith("You exercised 3 times in the last four weeks.")
    assert "In the last seven days it was twice." in done["text"]
    assert "30 moves" in done["text"]
    assert "nothing hurt" in numbers["text"]
    assert "did not catch" in numbers["text"]


def test_what_was_never_told_is_not_said(talk: Talk) -> None:
    report(talk, visit(2, pain=None), CheckIn(days_back(1)))
    assert not any(word in talk.text for word in ("fell", "fall", "caught", "pain", "hurt"))


def test_all_well_ends_with_pacing_a_picture_and_another_exercise(talk: Talk) -> None:
    report(talk, visit(9), visit(2), visit(1))
    assert all(words in talk.text for words in ("Rest days", "hot days", "cannot promise"))
    assert talk.offers == ["exercise", "summary", "forget_diary"]
    assert talk.titles[0] == "Another exercise"
    chart = talk.last["chart"]
    assert chart["svg"].startswith("<svg")
    assert "0, 0, 0, 0, 1 and 2" in chart["alt"]


def test_few_visits_show_no_trend(talk: Talk) -> None:
    assert TEXTS["early"] in report(talk, visit(2)).text


def test_without_a_visit_in_six_weeks_there_is_no_picture(talk: Talk) -> None:
    report(talk, visit(50))
    assert talk.last.get("chart") is None
    assert TEXTS["picture"] not in talk.text


RISING = (visit(5, pain=1), visit(3, pain=3), visit(2, pain=5))
FALLEN = (visit(2), CheckIn(days_back(1), falls=1))
SEVERE = (visit(2, pain=8), ALL_WELL)
LESS = (visit(2), CheckIn(days_back(1), function="less"))


@pytest.mark.parametrize(
    ("kept", "says"),
    [
        (RISING, ["over three visits: 1, then 3, then 5", "physio"]),
        (FALLEN, ["You fell once in the last two weeks", "doctor"]),
        (SEVERE, ["8 out of 10", "doctor", "GP or NHS 111"]),
        (LESS, ["do less than before", "doctor"]),
    ],
)
def test_what_worries_sends_to_somebody_and_invites_to_no_exercise(
    talk: Talk, kept: tuple[Visit | CheckIn, ...], says: list[str]
) -> None:
    report(talk, *kept)
    worry = next(message for message in talk.replies if message["level"] == "soon")
    assert all(words in worry["text"] for words in says)
    assert TEXTS["worry"] in talk.text
    assert "exercise" not in talk.offers
    assert "summary" in talk.offers
    invites = ("steady", "start again", TEXTS["nothing_found"], "Another exercise")
    assert not any(words in talk.text for words in invites)


def test_worries_come_before_what_got_better(talk: Talk) -> None:
    told = CheckIn(days_back(1), falls=2, healing=frozenset({"strength", "balance"}))
    report(talk, visit(2), told)
    levels = [message["level"] for message in talk.replies]
    better = next(n for n, one in enumerate(talk.replies) if "has got better" in one["text"])
    assert levels.index("soon") < better
    assert "your balance and your strength" in talk.text


def test_a_shorter_time_on_one_leg_names_the_times(talk: Talk) -> None:
    times = [(20, 12), (9, 6), (1, 5)]
    told = [CheckIn(days_back(ago), trips=0, single_leg_seconds=best) for ago, best in times]
    report(talk, visit(2), *told)
    assert "You stood 5 seconds on the weak leg. Your best before that was 12." in talk.text


def test_the_safety_check_is_offered_only_for_less_function(talk: Talk) -> None:
    assert "safety_check" not in report(talk, *FALLEN).offers


def test_no_other_exercise_where_the_coach_said_not_today(talk: Talk) -> None:
    state = State(Stage.CHOICE, limits=("not_today",), checked_at=NOW.timestamp() - 60)
    talk.slots["exercise"] = state.as_json()
    assert "exercise" not in report(talk, visit(2)).offers


def test_messages_are_short(talk: Talk) -> None:
    told = CheckIn(days_back(1), falls=3, function="less", healing=frozenset({"balance"}))
    report(talk, visit(5, pain=1), visit(3, pain=3), visit(2, pain=9), told)
    assert all(len(message["text"].split()) <= 75 for message in talk.replies)
    assert "{" not in talk.text
