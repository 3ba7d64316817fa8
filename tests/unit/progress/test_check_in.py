"""The check-in in a conversation: one question at a time, patient and never in the way."""

from __future__ import annotations

import pytest

from content.progress import the_progress
from diary.values import CheckIn

from .talking import LOOP, NOW, Talk, days_back, visit

TEXTS = the_progress().texts


def begun(talk: Talk) -> Talk:
    return talk.remembers(visit(2)).begins()


def at_falls(talk: Talk) -> Talk:
    return begun(talk).says("none")


def at_function(talk: Talk) -> Talk:
    return at_falls(talk).says("none")


def at_healing(talk: Talk) -> Talk:
    return at_function(talk).says("same")


@pytest.mark.parametrize("known", [True, False])
def test_without_consent_it_says_that_nothing_is_kept_and_offers_an_exercise(
    talk: Talk, known: bool
) -> None:
    talk.known = known
    talk.begins()
    assert "no exercise diary" in talk.text
    assert talk.offers == ["exercise"]
    assert (talk.loop, talk.slots["offered"]) == (None, ["exercise"])
    assert not talk.history.check_ins


def test_it_begins_with_how_often_the_foot_caught(talk: Talk) -> None:
    begun(talk)
    assert (talk.at, talk.loop, len(talk.replies)) == ("trips", LOOP, 1)
    assert "in the last 7 days" in talk.text
    assert talk.titles == ["Not at all", "Once", "Twice", "3 to 5 times", "More often", "Skip"]


def test_after_a_recent_check_in_nothing_is_asked(talk: Talk) -> None:
    talk.remembers(visit(2), CheckIn(days_back(6), trips=1)).begins()
    assert (talk.at, talk.loop) == (None, None)
    assert "You exercised once" in talk.text


def test_four_typed_answers_are_kept(talk: Talk) -> None:
    begun(talk).says("once or twice", "nope", "a bit better", "my balance and it is less stiff")
    assert talk.told == CheckIn(NOW, 2, 0, "more", frozenset({"balance", "stiffness"}))
    assert talk.loop is None


def test_four_pressed_answers_are_kept(talk: Talk) -> None:
    begun(talk).presses("3 to 5 times").presses("None").presses("The same")
    talk.presses("Better balance")
    assert "Anything else?" in talk.text
    assert talk.titles == ["More strength", "Less numb", "Less stiff", "That is all"]
    talk.presses("Less numb").presses("That is all")
    assert talk.told == CheckIn(NOW, 4, 0, "same", frozenset({"balance", "feeling"}))


@pytest.mark.parametrize("skip", ["skip", "don't know", "pass"])
def test_all_may_be_skipped_and_it_is_not_asked_again_today(talk: Talk, skip: str) -> None:
    begun(talk).says(skip, skip, skip, skip)
    assert talk.told == CheckIn(NOW)
    assert talk.begins().at is None


def test_nothing_got_better_is_an_answer(talk: Talk) -> None:
    at_healing(talk).presses("None of these")
    assert talk.told.healing == frozenset()
    assert talk.loop is None


def test_a_fall_brings_advice_at_once(talk: Talk) -> None:
    at_falls(talk).says("twice")
    assert all(words in talk.text for words in ("doctor or physio", "hit your head", "call 999"))
    assert talk.at == "function"


def test_no_fall_brings_no_advice(talk: Talk) -> None:
    assert "hit your head" not in at_function(talk).text


@pytest.mark.parametrize("told", ["yes I did", "fell off my bike on the way to the shop"])
def test_a_fall_without_a_number_is_asked_how_many_and_is_never_lost(talk: Talk, told: str) -> None:
    at_falls(talk).says(told)
    assert (talk.at, "How many real falls" in talk.text) == ("falls", True)
    talk.says("can't count them")
    assert "hit your head" in talk.text
    assert talk.slots["progress"]["falls"] == 1


def test_less_than_before_ends_the_questions_and_offers_the_safety_check(talk: Talk) -> None:
    at_function(talk).says("less")
    assert talk.told.function == "less"
    assert talk.offers == ["safety_check", "summary", "forget_diary"]
    assert "doctor or MS team" in talk.text


def test_unclear_is_asked_again_once_and_then_left_out(talk: Talk) -> None:
    begun(talk).says("purple")
    assert talk.at == "trips"
    assert TEXTS["unclear"] in talk.text
    talk.says("purple")
    assert talk.at == "falls"
    assert talk.slots["progress"]["trips"] is None


def test_a_side_question_is_answered_and_the_question_asked_again(talk: Talk) -> None:
    begun(talk).types("what is foot drop?", "definition", topic="definition/what_is")
    assert talk.replies[0]["topic"] == "definition/what_is"
    assert (talk.at, talk.last["kind"]) == ("trips", "question")
    assert TEXTS["again"] in talk.last["text"]


def test_asked_again_how_it_goes_it_stays_with_its_question(talk: Talk) -> None:
    at_falls(talk).types("how am I doing", "progress", label="progress")
    assert talk.at == "falls"


@pytest.mark.parametrize(
    ("word", "said"), [("why do you ask", "if your foot catches"), ("what do you mean", "toes")]
)
def test_why_and_what_are_answered(talk: Talk, word: str, said: str) -> None:
    begun(talk).says(word)
    assert said in talk.text.lower()
    assert talk.at == "trips"


def test_one_step_back_asks_again(talk: Talk) -> None:
    at_falls(talk).says("go back", "5", "0", "same", "none")
    assert talk.told.trips == 5


@pytest.mark.parametrize("word", ["stop", "never mind", "enough"])
def test_stop_ends_it_and_what_was_told_is_kept(talk: Talk, word: str) -> None:
    begun(talk).says("3", word)
    assert (talk.loop, talk.slots["progress"]) == (None, None)
    assert talk.told == CheckIn(NOW, trips=3)


def test_stop_before_any_answer_keeps_nothing(talk: Talk) -> None:
    begun(talk).says("stop")
    assert not talk.history.check_ins


def test_another_conversation_takes_over(talk: Talk) -> None:
    begun(talk).says("3").types("lets exercise", "exercise", label="exercise")
    assert talk.loop == "action_exercise"
    assert talk.told.trips == 3


def test_a_late_button_changes_nothing(talk: Talk) -> None:
    begun(talk)
    once = talk.payload("Once")
    talk.presses("Twice").takes(once)
    assert (talk.at, talk.slots["progress"]["trips"]) == ("falls", 2)
    assert TEXTS["late"] in talk.text


def test_a_button_of_a_talk_that_is_over_changes_nothing(talk: Talk) -> None:
    begun(talk)
    once = talk.payload("Once")
    talk.says("stop").takes(once, begins=True)
    assert TEXTS["over"] in talk.text
    assert (talk.loop, talk.history.check_ins) == (None, ())


def test_a_sign_of_healing_pressed_twice_counts_once(talk: Talk) -> None:
    at_healing(talk)
    balance = talk.payload("Better balance")
    talk.takes(balance).takes(balance)
    assert talk.slots["progress"]["healing"] == ["balance"]


def test_beside_a_warning_sign_nothing_is_asked(talk: Talk) -> None:
    talk.raised = {"rapid_leg_weakness": "urgent"}
    begun(talk)
    assert talk.text == TEXTS["flagged"]
    assert talk.loop is None


def test_a_warning_sign_in_between_ends_it_with_what_was_told(talk: Talk) -> None:
    begun(talk).says("4")
    talk.raised = {"rapid_leg_weakness": "urgent"}
    talk.says("both legs went weak today")
    assert talk.text == TEXTS["flagged"]
    assert (talk.loop, talk.told.trips) == (None, 4)


def test_answers_that_cannot_be_saved_are_still_used(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_healing(talk)
    monkeypatch.setattr("actions.remembered.Remembered.keep", lambda *_: False)
    talk.says("balance")
    assert talk.replies[0]["text"] == TEXTS["not_kept"]
    assert "has got better: your balance" in talk.text


def test_that_is_all_ends_the_signs_and_not_the_talk(talk: Talk) -> None:
    at_healing(talk).presses("Less stiff").types("that's all", "goodbye", label="goodbye")
    assert talk.told == CheckIn(NOW, 0, 0, "same", frozenset({"stiffness"}))
    assert "You exercised once" in talk.text
