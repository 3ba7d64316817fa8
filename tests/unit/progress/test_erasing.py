"""Erasing the diary: asked once, done only after a plain yes, and honest where it fails."""

from __future__ import annotations

import pytest

from content.progress import the_progress

from .talking import ID, Talk, visit

TEXTS = the_progress().texts


def asked(talk: Talk) -> Talk:
    return talk.remembers(visit(2)).begins("forget_diary", "delete my exercise diary")


def is_kept(talk: Talk) -> bool:
    return talk.diary.consented(ID) and len(talk.history.visits) == 1


def test_it_asks_before_it_erases(talk: Talk) -> None:
    asked(talk)
    assert talk.text == TEXTS["erase"]
    assert talk.titles == ["Yes, erase it", "No, keep it"]
    assert is_kept(talk)


@pytest.mark.parametrize("yes", ["yes", "yes please", "Yep!", "erase everything", "do it"])
def test_a_plain_yes_erases_and_the_page_drops_its_key(talk: Talk, yes: str) -> None:
    asked(talk).says(yes)
    assert not talk.diary.consented(ID)
    assert (talk.text, talk.last["remember"]) == (TEXTS["erased"], False)
    assert (talk.loop, talk.slots["progress"]) == (None, None)


def test_the_button_erases(talk: Talk) -> None:
    assert not is_kept(asked(talk).presses("Yes, erase it"))


@pytest.mark.parametrize(
    "no", ["no", "no thanks", "not sure", "stop", "never mind", "maybe", "No, keep it"]
)
def test_all_but_a_yes_keeps_it(talk: Talk, no: str) -> None:
    asked(talk).says(no)
    assert is_kept(talk)
    assert talk.loop is None
    assert talk.text == TEXTS["kept"]


def test_what_nobody_understands_is_asked_again_once_and_then_it_is_kept(talk: Talk) -> None:
    asked(talk).says("purple")
    assert talk.text == TEXTS["erase_again"]
    talk.says("purple")
    assert (talk.text, talk.loop) == (TEXTS["kept"], None)
    assert is_kept(talk)


@pytest.mark.parametrize(
    "word",
    ["yes but keep the falls", "yes?", "last week", "delete only the last one", "don't erase it"],
)
def test_a_yes_that_is_not_plain_is_asked_again(talk: Talk, word: str) -> None:
    asked(talk).says(word)
    assert is_kept(talk)
    assert TEXTS["erase_again"] in talk.text or talk.text == TEXTS["kept"]


def test_the_same_wish_sent_twice_is_no_yes(talk: Talk) -> None:
    asked(talk).types("delete my exercise diary", "forget_diary", label="forget_diary")
    assert is_kept(talk)
    assert talk.at == "erase"


def test_a_late_yes_erases_nothing(talk: Talk) -> None:
    asked(talk)
    yes = talk.payload("Yes, erase it")
    talk.says("no").takes(yes, begins=True)
    assert is_kept(talk)
    assert TEXTS["over"] in talk.text


def test_a_failure_is_said(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(talk)
    monkeypatch.setattr("actions.remembered.Remembered.forget", lambda _: False)
    talk.says("yes")
    assert talk.text == TEXTS["not_erased"]
    assert "remember" not in talk.last
    assert is_kept(talk)


@pytest.mark.parametrize("known", [True, False])
def test_where_nothing_is_kept_that_is_said(talk: Talk, known: bool) -> None:
    talk.known = known
    talk.begins("forget_diary", "stop remembering me")
    assert talk.text == TEXTS["nothing_to_erase"]
    assert "remember" not in talk.last
    assert talk.loop is None


def test_a_side_question_is_answered_and_nothing_erased(talk: Talk) -> None:
    asked(talk).types("is this private?", "privacy", label="privacy")
    assert is_kept(talk)
    assert talk.at == "erase"
    assert TEXTS["erase"] in talk.last["text"]


def test_who_wants_to_see_it_first_may(talk: Talk) -> None:
    asked(talk).types("show my progress", "progress", label="progress")
    assert (talk.at, is_kept(talk)) == ("trips", True)


def test_in_the_middle_of_a_check_in_it_may_be_asked_for(talk: Talk) -> None:
    talk.remembers(visit(2)).begins().says("3")
    talk.types("delete my exercise diary", "forget_diary", label="forget_diary")
    assert talk.at == "erase"
    talk.says("yes")
    assert not talk.diary.consented(ID)


def test_a_warning_sign_does_not_stand_in_the_way(talk: Talk) -> None:
    talk.raised = {"stroke": "emergency"}
    asked(talk).says("yes")
    assert not talk.diary.consented(ID)
