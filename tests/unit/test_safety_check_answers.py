"""How replies to the safety check are read: never a "no" that was not said."""

from __future__ import annotations

import pytest

from actions.safety import course
from actions.safety.values import Said

from .checking import CHECK, Check, asks, at, read


@pytest.mark.parametrize(
    "text",
    ["no", "No.", "nope all fine", "nah", "not really", "none of those", "I don't think so",
     "no, nothing like that", "not that I know of", "I'm fine", "no thanks", "NOOO", "no numbness",
     "no, same as always", "No, I have always been well"],
)  # fmt: skip
def test_a_plain_no_is_a_no(text: str) -> None:
    assert read(text) is Said.NO


@pytest.mark.parametrize(
    "text",
    ["no feeling down there", "no but it hurts", "I don't feel my bum", "no i can't tell if i wee",
     "no grip", "no, yes", "yes no", "ok", "okay", "go on", "sure", "asdf", "2", "b", "the second",
     "no control", "no, just a bit numb", "no only when I sit", "my leg isn't swollen", "wait",
     "no it began yesterday", "I had none until today", "no speech", "for years", "👎", "", "..."],
)  # fmt: skip
def test_what_is_not_a_plain_no_is_never_taken_for_one(text: str) -> None:
    assert read(text) is not Said.NO


@pytest.mark.parametrize(
    "text", ["since Tuesday", "three days ago", "about two weeks", "overnight"]
)
def test_since_when_is_a_yes(text: str) -> None:
    assert read(text) is Said.YES
    assert at("spreading").types(text).last["level"] == "emergency"


@pytest.mark.parametrize("text", ["since Tuesday", "it is only my foot, overnight"])
def test_a_foot_that_dropped_within_days_is_urgent_once_a_stroke_is_ruled_out(text: str) -> None:
    check = Check().types(text)
    assert check.at == "stroke"
    assert "arm" in check.text
    assert "sudden" not in check.text
    check.says("no", "no", "no", "no")
    assert (check.at, check.last["level"]) == (None, "urgent")


def test_yes_to_the_graver_half_is_an_emergency() -> None:
    assert Check().says("since Tuesday", "yes").last["level"] == "emergency"


def test_a_symptom_in_own_words_is_a_yes() -> None:
    assert at("saddle").types("yes my bladder is weird").last["level"] == "emergency"
    assert at("saddle").types("my bladder's been playing up").last["level"] == "emergency"
    assert at("injury").says("no but my leg is swollen", "no").last["level"] == "urgent"
    assert at("risks").types("I'm on warfarin").last["level"] == "urgent"


def test_no_with_a_sign_of_a_later_question_is_no_here_and_yes_there() -> None:
    check = Check().types("no but my leg is swollen")
    assert asks(check, "saddle")
    assert check.answers == {"stroke": "no", "injury": "yes"}
    check.says("no", "no")
    assert "swollen" not in check.text, "it is not asked back"
    assert "pale" in check.text, "only what was not told"
    check.says("no")
    assert (check.at, check.last["level"]) == (None, "urgent")


def test_a_sign_of_another_question_alone_is_noted_and_the_question_asked_again() -> None:
    check = Check().types("my calf is swollen and hot")
    assert asks(check, "stroke")
    assert check.answers == {"injury": "yes"}


def test_what_was_told_before_is_not_asked_back() -> None:
    check = Check("my calf is swollen, hot and sore since Monday")
    assert check.answers == {"injury": "yes"}
    check.says("no", "no", "no")
    assert "swollen" not in check.text
    check.says("no")
    assert (check.at, check.last["level"]) == (None, "urgent")


def test_an_emergency_told_before_ends_the_check_before_a_question() -> None:
    check = Check("my face is drooping on one side and my speech is slurred")
    assert check.last["level"] == "emergency"
    assert check.at is None


def test_a_foot_that_dropped_overnight_is_not_asked_about_again_but_a_stroke_is() -> None:
    check = Check("my foot went floppy overnight")
    assert check.at == "stroke"
    assert course.question(CHECK, "stroke").ask_rest in check.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("saddle", "no i wet the bed"),
        ("saddle", "none of it feels right"),
        ("saddle", "my bladder is not right, no"),
        ("saddle", "nope can't feel a thing"),
        ("stroke", "none of my left side works"),
        ("stroke", "no sight in my left eye"),
        ("spreading", "no, it's up to my knees now"),
        ("spreading", "no strength left in my legs"),
        ("injury", "no I was in hospital last month"),
        ("risks", "no, apart from the chemo"),
        ("saddle", "no i leak"),
        ("injury", "no my leg is swollen"),
        ("injury", "nope it's just hot and red"),
    ],
)
def test_a_no_with_a_sign_nobody_listed_is_asked_again(question: str, text: str) -> None:
    check = at(question).types(text)
    assert check.answers.get(question) != "no"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("saddle", "no change in bladder, bowels or sex"),
        ("saddle", "no, bladder and bowels are normal"),
        ("stroke", "No. My face is fine and so is my speech"),
        ("spreading", "no trouble breathing or swallowing"),
        ("injury", "no swelling or fever or injury"),
        ("risks", "no cancer or blood thinners, not pregnant"),
        ("injury", "no it is not swollen"),
        ("injury", "no i have not had an operation"),
    ],
)
def test_a_no_in_many_words_never_becomes_a_yes(question: str, text: str) -> None:
    assert at(question).types(text).answers.get(question) in (None, "no")


def test_a_denied_or_asked_sign_tells_nothing() -> None:
    for text in ("my leg is not swollen", "is a fever bad?", "no operation or cast"):
        assert Check(text).answers == {}, text


@pytest.mark.parametrize("text", ["slowly", "gradually", "it came on slowly", "no, gradually"])
def test_slowly_is_a_no_only_where_it_is_asked_how_fast_it_came(text: str) -> None:
    assert asks(Check().types(text), "saddle")
    for question in ("saddle", "spreading", "injury", "risks"):
        check = at(question).types(text)
        assert check.at == question
        assert question not in check.answers


def test_gradually_is_never_taken_for_something_else_than_a_reply() -> None:
    check = at("saddle").types("gradually", "start_over", label="start_over", confidence=0.9)
    assert asks(check, "saddle")


def test_gradually_over_weeks_is_not_getting_worse_fast() -> None:
    check = at("spreading").types("gradually over 3 weeks")
    assert (check.at, check.last["kind"]) == ("spreading", "question")


def test_slowly_is_no_answer_to_the_face_the_arm_and_the_speech() -> None:
    check = Check().says("since Tuesday", "slowly")
    assert check.at == "stroke"
    assert check.last["kind"] == "question"


@pytest.mark.parametrize(
    "text",
    ["no not until today", "not until this morning", "I had none until yesterday",
     "no, not till today", "fine until last night", "not before today"],
)  # fmt: skip
def test_not_until_today_is_a_yes(text: str) -> None:
    assert read(text) is Said.YES
    assert at("saddle").types(text).last["level"] == "emergency"


@pytest.mark.parametrize("text", ["never had it before today", "no, not until I sit down"])
def test_no_with_a_time_in_it_is_asked_again(text: str) -> None:
    assert read(text) is Said.UNCLEAR


def test_the_first_question_says_what_and_when() -> None:
    asked = course.question(CHECK, "stroke").ask
    assert all(words in asked for words in ("last days", "foot or leg", "all of a sudden"))
