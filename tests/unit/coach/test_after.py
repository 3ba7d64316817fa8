"""How it was, and what may be remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions import remembered as module
from actions.exercises.feeling import felt, single
from actions.exercises.state import Stage
from diary.database import migrate
from diary.store import Diary
from tests.unit.coach.coaching import Visit, the_coach

COACH = the_coach()
BUTTONS = COACH.buttons
WHO = "a" * 64


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diary:
    monkeypatch.setenv("DIARY_URL", f"sqlite:///{tmp_path / 'diary.db'}")
    module._diary.cache_clear()
    migrate(f"sqlite:///{tmp_path / 'diary.db'}")
    yield module._diary()
    module._diary.cache_clear()


def finished(exercise: str = "toe_raises", who: str | None = WHO) -> Visit:
    visit = Visit(who).at_step(exercise)
    for _ in COACH.exercises[exercise].steps:
        visit.says("next", "next")
    return visit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("seven", 7),
        ("3 out of 10", 3),
        ("4/10", 4),
        ("about 2 or 3", 3),
        ("no pain", 0),
        ("none", 0),
        ("no", 0),
        ("a little", 2),
        ("it hurt a lot", 8),
        ("very bad", 8),
        ("the worst", 10),
        ("purple", None),
        ("twelve", None),
    ],
)
def test_pain_is_read_from_numbers_and_from_words(text: str, value: int | None) -> None:
    assert felt(text, COACH.feelings["pain"]) == value


@pytest.mark.parametrize(
    ("text", "value"), [("easy", 2), ("about right", 5), ("really hard", 8), ("6", 6), ("hm", None)]
)
def test_effort_is_read(text: str, value: int | None) -> None:
    assert felt(text, COACH.feelings["effort"]) == value


def test_two_numbers_that_are_no_range_of_the_scale_are_no_answer() -> None:
    assert single("between 300 and 2", 10) is None


def test_without_a_diary_nothing_is_asked_about_remembering() -> None:
    visit = finished(who=None).says("easy").says("0")
    assert COACH.texts["consent"].split("?")[0] not in visit.text
    assert visit.loop is None


def test_with_a_yes_the_visit_is_kept_with_what_was_told_and_no_more(diary: Diary) -> None:
    visit = finished().says("hard").says("3").presses(BUTTONS["yes"])
    (kept,) = diary.history(WHO).visits
    (done,) = kept.done
    assert (done.exercise, done.pain, done.effort, done.repetitions) == ("toe_raises", 3, 8, None)
    assert [m["remember"] for m in visit.reply if "remember" in m] == [True]


@pytest.mark.parametrize(
    "reply",
    [
        *("no", "not sure", "no thank you"),
        *("sometimes", "kind of", "probably", "last week", "yes or no?", "yes but not my name"),
    ],
)
def test_without_a_plain_yes_nothing_is_kept(reply: str, diary: Diary) -> None:
    visit = finished().says("easy").says("0").says(reply)
    if visit.loop:
        visit.says(reply)
    assert not diary.consented(WHO)
    assert diary.history(WHO).visits == ()
    assert visit.loop is None


def test_a_stop_is_answered_and_asks_nothing_more() -> None:
    visit = finished(who=None).says("stop", "stop")
    assert visit.loop is None
    assert COACH.texts["stopped"] in visit.text


def test_who_agreed_before_is_not_asked_again(diary: Diary) -> None:
    finished().says("easy").says("0").presses(BUTTONS["yes"])
    visit = finished().says("easy").says("0")
    assert visit.loop is None
    assert len(diary.history(WHO).visits) == 2


def test_a_count_that_was_told_is_kept(diary: Diary) -> None:
    visit = Visit(WHO).at_step("toe_raises").says("did eight", "count")
    for _ in COACH.exercises["toe_raises"].steps:
        visit.says("next", "next")
    visit.says("easy").says("0").presses(BUTTONS["yes"])
    assert diary.history(WHO).visits[0].done[0].repetitions == 8


def test_the_time_on_one_leg_is_asked_and_kept(diary: Diary) -> None:
    visit = finished("single_leg_stand")
    assert visit.state["stage"] == Stage.SECONDS.value
    visit.says("about 8 seconds").says("ok").says("1").presses(BUTTONS["yes"])
    history = diary.history(WHO)
    assert history.visits[0].done[0].seconds == 8
    assert history.check_ins[0].single_leg_seconds == 8


def test_much_pain_sends_to_someone_and_offers_no_more_exercise() -> None:
    visit = finished(who=None).says("hard").says("8")
    assert COACH.texts["pain_much"].split(".")[0] in visit.text
    assert "act:exercise" not in visit.buttons.values()


def test_where_the_diary_worries_nothing_is_suggested(diary: Diary) -> None:
    finished().says("hard").says("8").presses(BUTTONS["yes"])
    visit = Visit(WHO).ready("").presses(BUTTONS["suggestion"])
    assert COACH.texts["see_someone_first"] in visit.text
    assert "exercise" not in visit.reply[-1]


def test_a_number_that_is_not_told_is_left_out_the_second_time() -> None:
    visit = finished(who=None).says("purple")
    assert COACH.texts["effort_again"] in visit.text
    visit.says("purple")
    assert visit.state["stage"] == Stage.PAIN.value


def test_a_broken_diary_is_said_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DIARY_URL", f"sqlite:///{tmp_path / 'file' / 'diary.db'}")
    module._diary.cache_clear()
    visit = finished().says("easy").says("0").presses(BUTTONS["yes"])
    module._diary.cache_clear()
    assert COACH.texts["not_kept"] in visit.text
    assert visit.loop is None
