"""The safety check: five questions, read kindly, one at a time, and what they come to."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.safety import course
from actions.small_talk import ActionSmallTalk

from .checking import AFFIRM, CHECK, DENY, IDS, LOOP, NOT_SURE, Check, asks, at


def test_it_begins_as_a_routine_with_one_question_and_three_buttons() -> None:
    check = Check()
    assert len(check.replies) == 1
    assert "everybody" in check.text
    assert asks(check, "stroke")
    assert [button["title"] for button in check.last["buttons"]] == ["Yes", "No", "Not sure"]
    payloads = [button["payload"] for button in check.last["buttons"]]
    assert payloads == ["act:affirm:stroke", "act:deny:stroke", "act:not_sure:stroke"]
    assert check.loop == LOOP


def test_no_to_all_five_means_soon_with_when_to_go_sooner_and_a_line_for_the_phone() -> None:
    check = Check()
    for question in IDS:
        assert asks(check, question)
        check.presses(DENY)
    assert (check.last["kind"], check.last["level"]) == ("answer", "soon")
    assert len(check.replies) == 1
    assert all(words in check.text for words in ("week or two", "999", 'Say: "My foot drop is new'))


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("stroke", "emergency"),
        ("saddle", "emergency"),
        ("spreading", "emergency"),
        ("risks", "urgent"),
    ],
)
@pytest.mark.parametrize("yes", ["yes", "yeah", "Yep!", "sort of", "kinda", "a little", "I do"])
def test_a_yes_gives_its_level_at_once(question: str, level: str, yes: str) -> None:
    check = at(question).types(yes)
    assert (check.last["kind"], check.last["level"]) == ("escalation", level)
    assert check.at is None
    outcome = course.question(CHECK, question).outcomes["yes"]
    assert outcome.reason in check.text
    assert f'Say: "{outcome.say}"' in check.text


@pytest.mark.parametrize("question", ["stroke", "saddle", "spreading"])
@pytest.mark.parametrize("words", ["not sure", "dunno", "maybe", "I don't know"])
def test_not_sure_of_a_grave_sign_is_urgent_with_the_safety_net(question: str, words: str) -> None:
    check = at(question).types(words)
    while check.at is not None:
        check.presses(DENY)
    assert check.last["level"] == "urgent"
    assert "Call 999 if" in check.text
    for sign in ("face drops", "numb between the legs", "cold or pale", "chest pain", "muddled"):
        assert sign in check.text


@pytest.mark.parametrize("question", ["injury", "risks"])
def test_not_sure_of_the_rest_is_soon(question: str) -> None:
    check = at(question).presses(NOT_SURE)
    while check.at is not None:
        check.presses(DENY)
    assert check.last["level"] == "soon"


def test_after_not_sure_the_grave_questions_are_still_asked() -> None:
    check = Check().types("not sure")
    assert asks(check, "saddle")
    assert check.types("yes").last["level"] == "emergency"


def test_after_not_sure_the_leg_is_still_asked_about_and_may_make_it_an_emergency() -> None:
    check = Check().says("not sure", "no", "no")
    assert asks(check, "injury")
    assert check.says("yes", "yes").last["level"] == "emergency"


@pytest.mark.parametrize("yes", ["yes", "yeah", "since my operation", "I had a fall last week"])
def test_after_yes_to_the_leg_a_limb_at_risk_is_asked_about_before_a_result(yes: str) -> None:
    check = at("injury").types(yes)
    assert check.last["kind"] == "question"
    assert course.question(CHECK, "injury").ask_rest in check.text


@pytest.mark.parametrize(
    "text", ["yes", "not sure", "it's cold", "the calf is rock hard and sore", "I am muddled",
             "chest pain", "sort of", "shaking", "short of breath"],
)  # fmt: skip
def test_a_limb_at_risk_or_not_being_sure_of_one_is_an_emergency(text: str) -> None:
    check = at("injury").says("yes", text)
    assert (check.at, check.last["level"]) == (None, "emergency")
    assert "999" in check.text.partition(".")[0]


@pytest.mark.parametrize(
    "text", ["no", "nope", "none of those", "no, the leg is not cold", "no, not cold or pale"]
)
def test_a_hurt_leg_that_is_not_at_risk_is_urgent(text: str) -> None:
    check = at("injury").says("yes", text)
    assert (check.at, check.last["level"]) == (None, "urgent")
    assert course.question(CHECK, "injury").outcomes["yes"].reason in check.text


@pytest.mark.parametrize(
    "text", ["it is swollen", "no but it is hot", "last week", "my foot is always cold"]
)
def test_what_is_only_told_of_the_injury_does_not_answer_whether_the_leg_is_at_risk(
    text: str,
) -> None:
    check = at("injury").says("yes", text)
    assert course.question(CHECK, "injury").ask_rest in check.text
    assert check.answers["injury"] == "yes"


@pytest.mark.parametrize("text", ["what do you mean?", "purple elephants"])
def test_the_graver_half_is_never_asked_again_as_the_whole(text: str) -> None:
    check = at("injury").says("yes", text)
    assert course.question(CHECK, "injury").ask_rest in check.text
    assert course.question(CHECK, "injury").ask_again not in check.text


def test_no_to_the_graver_half_can_be_corrected() -> None:
    check = at("injury").says("yes", "no", "no wait, I meant yes")
    assert (check.at, check.last["level"]) == (None, "emergency")


def test_yes_to_the_leg_can_be_corrected_to_no() -> None:
    assert asks(at("injury").says("yes", "sorry, I meant no"), "risks")


@pytest.mark.parametrize("text", ["no wait, I meant yes", "sorry, that was a yes", "I meant yes"])
def test_a_correction_changes_the_answer_before_and_is_acted_on(text: str) -> None:
    check = at("saddle").types(text)
    assert (check.at, check.last["level"]) == (None, "emergency")
    assert check.answers == {"stroke": "yes"}


def test_a_correction_to_no_goes_on() -> None:
    assert asks(at("saddle").says("not sure", "sorry, I meant no"), "spreading")


def test_the_last_answer_can_be_corrected_after_the_result() -> None:
    check = at("risks").types("no")
    assert check.last["level"] == "soon"
    assert check.types("no wait, I meant yes").last["level"] == "urgent"


def test_a_correction_before_any_answer_is_the_answer() -> None:
    assert Check().types("wait, yes").last["level"] == "emergency"


@pytest.mark.parametrize("text", ["go back", "back", "previous question", "oops wrong button"])
def test_one_can_go_back(text: str) -> None:
    check = at("spreading").types(text)
    assert asks(check, "saddle")
    assert "saddle" not in check.answers


def test_before_the_first_question_there_is_no_way_back() -> None:
    check = Check().types("go back")
    assert asks(check, "stroke")
    assert CHECK.texts["first"] in check.text


@pytest.mark.parametrize(
    "text", ["stop", "cancel", "leave it", "Stop please", "no thanks, stop", "I want to stop"]
)
def test_one_can_stop_and_hears_how_to_come_back_and_when_to_call(text: str) -> None:
    check = at("saddle").types(text)
    assert (check.loop, check.slots["safety_check"]) == (None, None)
    assert "safety check" in check.text
    assert "999" in check.text
    assert check.slots["offered"] == ["safety_check"]


@pytest.mark.parametrize("question", IDS)
def test_why_is_told_and_the_question_asked_again(question: str) -> None:
    check = at(question).types("why do you ask?")
    assert asks(check, question)
    assert course.question(CHECK, question).why in check.text


@pytest.mark.parametrize("question", IDS)
def test_what_do_you_mean_gets_other_words(question: str) -> None:
    check = at(question).types("what do you mean?")
    assert check.at == question
    assert course.question(CHECK, question).ask_again in check.text


def test_unclear_text_is_asked_again_in_other_words_then_counts_as_not_sure() -> None:
    check = at("saddle").types("purple elephants")
    assert check.at == "saddle"
    assert course.question(CHECK, "saddle").ask_again in check.text
    check.types("blah blah")
    assert asks(check, "spreading")
    assert check.answers["saddle"] == "unsure"


def test_a_side_question_is_answered_and_the_question_asked_again() -> None:
    check = Check().types(
        "what is an AFO?", "brace", topic="brace/what_is_afo", label="brace/what_is_afo"
    )
    assert [m["kind"] for m in check.replies][-1] == "question"
    assert check.replies[0]["topic"] == "brace/what_is_afo"
    assert not any(m["buttons"] for m in check.replies[:-1])
    assert asks(check, "stroke")
    assert asks(check.presses(DENY), "saddle")


def test_a_yes_in_unknown_words_is_understood_by_its_intent() -> None:
    known = {"label": AFFIRM, "confidence": 0.95}
    assert Check().types("that'll be it", AFFIRM, **known).last["level"] == "emergency"


@pytest.mark.parametrize(("text", "intent"), [("ok", AFFIRM), ("something else", DENY)])
def test_an_intent_makes_neither_yes_of_ok_nor_no_of_anything(text: str, intent: str) -> None:
    check = Check().types(text, intent, label=intent, confidence=0.99)
    assert asks(check, "stroke")
    assert check.answers == {}


def test_other_talk_after_the_result_ends_the_loop_and_is_answered() -> None:
    check = at("risks").types("no").types("thank you", "thanks", label="thanks")
    assert (check.loop, check.slots["safety_check"]) == (None, None)
    assert check.last["kind"] == "smalltalk"


def test_it_can_be_asked_for_again_after_the_result() -> None:
    check = at("risks").types("no").types("safety check", "safety_check", label="safety_check")
    assert asks(check, "stroke")


def test_start_over_leaves_the_check() -> None:
    check = at("saddle").types("start over please", "start_over", label="start_over")
    assert check.loop is None
    assert check.last["kind"] != "question"


def test_small_talk_hands_over_to_the_loop() -> None:
    latest = {"intent": {"name": "safety_check"}, "text": "safety check", "metadata": {}}
    tracker = Tracker("p", {}, latest, [], False, None, {}, None)
    events = ActionSmallTalk().run(CollectingDispatcher(), tracker, {})
    assert events[0] == {"event": "active_loop", "name": LOOP, "timestamp": None}
