"""The summary as a conversation: a draft, line by line, and a page only when it was reviewed."""

from __future__ import annotations

import pytest
from rasa_sdk.events import SlotSet

from actions.summary.draft import ASIDES
from actions.summary.values import Diary, Done

from ..checking import AFFIRM, at
from .reviewing import LOOP, SUMMARY, Review

STORY = ("My left foot drags since Tuesday.", "I have MS. I fell on Monday.", "what is foot drop?")
AFO = {"topic": "brace/what_is_afo", "label": "brace/what_is_afo"}


def test_it_begins_with_a_numbered_draft_in_one_message_and_four_buttons() -> None:
    review = Review(*STORY)
    assert len(review.replies) == 1
    assert review.told == [
        "My left foot drags since Tuesday",
        "since Tuesday",
        "left foot",
        "I fell on Monday",
        "I have MS",
    ]
    assert "Is this my MS, a relapse, or something else?" in review.lines
    titles = [button["title"] for button in review.last["buttons"]]
    assert titles == ["Make it", "Add something", "Remove something", "Stop"]
    assert {button["payload"].rpartition(":")[0] for button in review.last["buttons"]} == {
        "act:summary"
    }
    assert (review.loop, review.last["kind"]) == (LOOP, "question")


def test_nothing_is_made_before_the_patient_says_so() -> None:
    review = Review(*STORY).types("remove 2").types("add that my knee hurts")
    assert not any("document" in message for message in review.replies)


@pytest.mark.parametrize("yes", ["that's right", "yes make it", "looks good"])
def test_a_yes_makes_the_document_of_the_draft_as_reviewed(yes: str) -> None:
    review = Review(*STORY).types("remove 5").types(yes)
    assert (review.last["kind"], review.last["text"]) == ("notice", SUMMARY.texts["made"])
    quoted = [
        line["text"]
        for part in review.document["sections"]
        for line in part["lines"]
        if line["quoted"]
    ]
    assert quoted == [
        "My left foot drags since Tuesday",
        "since Tuesday",
        "left foot",
        "I fell on Monday",
    ]
    assert review.document["title"] == "Summary for my doctor"


def test_a_yes_in_unknown_words_is_understood_by_its_intent() -> None:
    known = {"label": "affirm", "confidence": 0.95}
    assert Review(*STORY).types("that'll do nicely", "affirm", **known).document
    unsure = {"label": "affirm", "confidence": 0.5}
    assert not Review(*STORY).types("that'll do nicely", "affirm", **unsure).document


def test_lines_go_by_number_by_words_and_by_button() -> None:
    review = Review(*STORY).types("take out number 3")
    assert "left foot" not in review.told
    review.types("remove the bit about MS")
    assert "I have MS" not in review.told
    review.presses("Remove something")
    assert review.text == SUMMARY.texts["ask_remove"]
    review.types("1")
    assert "My left foot drags since Tuesday" not in review.told


def test_words_that_fit_two_lines_are_asked_about() -> None:
    review = Review(*STORY).types("remove the bit about Tuesday")
    assert SUMMARY.texts["several_lines"] in review.text
    assert "since Tuesday" not in review.types("2").told


def test_undo_brings_a_line_back() -> None:
    review = Review(*STORY).types("remove 1")
    assert "My left foot drags since Tuesday" in review.types("undo").told
    assert SUMMARY.texts["nothing_to_undo"] in review.types("undo").text


def test_words_are_added_where_they_belong_exactly_as_typed() -> None:
    review = Review(*STORY).types("Add that I tripped on Sunday")
    assert review.told.index("I tripped on Sunday") == review.told.index("I fell on Monday") + 1
    review.types("add I live alone with two cats")
    assert "More I want to say" in review.text
    assert "I live alone with two cats" in review.told


def test_after_the_button_whatever_is_typed_is_added() -> None:
    review = Review(*STORY).presses("Add something").types("The stairs at work worry me")
    assert "The stairs at work worry me" in review.told


@pytest.mark.parametrize("text", ["add a question: can I drive?", "also can I drive?"])
def test_a_question_for_the_doctor_stands_among_the_questions(text: str) -> None:
    document = Review(*STORY).types(text).types("make it").document
    assert document["questions"][-1] == {"text": "can I drive?", "quoted": True}


def test_dorsi_being_asked_to_add_something_is_no_question_for_the_doctor() -> None:
    review = Review(*STORY).types("can you add that I wear a brace?")
    assert "I wear a brace" in review.told
    assert "More I want to say" in review.text


def test_a_line_is_changed_in_one_message_or_in_two() -> None:
    review = Review(*STORY).types("change 1 to my left foot slaps")
    assert review.told[0] == "my left foot slaps"
    review.types("number 1 is wrong")
    assert review.text == "What should line 1 say?"
    assert review.types("my right foot slaps").told[0] == "my right foot slaps"


def test_a_new_symptom_that_is_told_in_between_is_added() -> None:
    review = Review(*STORY).types("my right knee hurts as well")
    assert "my right knee hurts as well" in review.told
    assert SUMMARY.texts["added"] in review.text


@pytest.mark.parametrize("text", ["my mum has a weak leg", "I have no pain", "maybe I trip, maybe"])
def test_what_is_denied_or_anothers_is_not_added_by_being_mentioned(text: str) -> None:
    assert Review(*STORY).types(text).told == Review(*STORY).told


def test_no_asks_what_should_be_different() -> None:
    assert Review(*STORY).types("no").text == SUMMARY.texts["what_change"]


@pytest.mark.parametrize("text", ["remove 99", "change 50 to x", "delete the line about horses"])
def test_a_line_that_is_not_there_changes_nothing(text: str) -> None:
    review = Review(*STORY).types(text)
    assert SUMMARY.texts["no_such_line"] in review.text
    assert review.told == Review(*STORY).told


def test_without_anything_told_it_asks_and_takes_the_answer() -> None:
    review = Review("what is foot drop?")
    assert SUMMARY.texts["empty"] in review.text
    assert [button["title"] for button in review.last["buttons"]] == ["Stop"]
    assert review.types("my ankle is stiff in the morning").told == [
        "my ankle is stiff in the morning"
    ]


@pytest.mark.parametrize("text", ["make it", "yes", "no"])
def test_nothing_is_made_of_an_empty_draft(text: str) -> None:
    review = Review().types(text)
    assert SUMMARY.texts["empty"] in review.text
    assert not review.document


def test_taking_everything_out_asks_what_the_doctor_should_know() -> None:
    review = Review(*STORY).types("remove everything")
    assert SUMMARY.texts["empty"] in review.text
    assert review.types("undo").told == Review(*STORY).told


def test_a_side_question_is_answered_and_the_draft_shown_again() -> None:
    review = Review(*STORY).types("what is an AFO?", "brace", **AFO)
    assert review.replies[0]["topic"] == "brace/what_is_afo"
    assert review.last["text"].startswith(SUMMARY.texts["again"])
    assert review.told == Review(*STORY).told
    assert review.loop == LOOP


def test_a_side_question_while_words_are_awaited_is_answered_and_not_added() -> None:
    review = Review(*STORY).presses("Add something").types("what is an AFO?", "brace", **AFO)
    assert review.replies[0]["topic"] == "brace/what_is_afo"
    assert not any("AFO" in line for line in review.told)


def test_unclear_words_are_said_to_be_and_the_draft_stays() -> None:
    review = Review(*STORY).types("purple elephants")
    assert SUMMARY.texts["unclear"] in review.text
    assert review.told == Review(*STORY).told


def test_after_many_unclear_messages_it_ends_by_itself() -> None:
    review = Review(*STORY)
    for _ in range(ASIDES + 1):
        review.types("purple elephants")
    assert (review.loop, review.slots["summary"]) == (None, None)


@pytest.mark.parametrize("text", ["stop", "cancel", "never mind"])
def test_one_can_stop_and_hears_how_to_come_back(text: str) -> None:
    review = Review(*STORY).types(text)
    assert (review.loop, review.slots["summary"]) == (None, None)
    assert review.text == SUMMARY.texts["stopped"]
    assert review.slots["offered"] == ["summary"]


def test_goodbye_ends_it() -> None:
    assert Review(*STORY).types("bye", "goodbye", label="goodbye").loop is None


def test_the_safety_check_has_the_next_word_when_it_is_wanted() -> None:
    review = Review(*STORY).types("safety_check", "safety_check", label="safety_check")
    assert (review.loop, review.slots["summary"]) == ("action_safety_check", None)


def test_after_it_is_made_other_talk_ends_it_and_is_answered() -> None:
    review = Review(*STORY).types("make it").types("thank you", "thanks", label="thanks")
    assert (review.loop, review.slots["summary"]) == (None, None)
    assert review.last["kind"] == "smalltalk"


def test_after_it_is_made_a_line_can_still_be_changed() -> None:
    review = Review(*STORY).types("make it").types("remove 1")
    assert "My left foot drags since Tuesday" not in review.told
    assert review.types("make it").document


def test_old_buttons_do_no_harm() -> None:
    review = Review(*STORY).types("stop").takes("act:summary:make")
    assert not review.document
    assert review.told == Review(*STORY).told
    assert Review(*STORY).takes("act:summary:nonsense").told == Review(*STORY).told
    assert Review(*STORY).takes("act:affirm:stroke").document is None


def test_asking_for_the_summary_again_shows_the_draft_again() -> None:
    review = Review(*STORY).types("remove 1").types("make me a summary", "summary", label="summary")
    assert "My left foot drags since Tuesday" not in review.told
    assert review.last["text"].startswith(SUMMARY.texts["again"])


def test_a_second_summary_quotes_nothing_that_was_said_about_the_first() -> None:
    review = Review("my foot drags").types("add that my hip hurts").types("stop")
    review.types("summary please", "summary", label="summary")
    assert review.told == ["my foot drags"]


def test_a_finished_safety_check_stands_in_the_draft_with_its_reason() -> None:
    talk = at("saddle").presses(AFFIRM)
    review = Review("my foot drags", events=[SlotSet("safety_check", talk.slots["safety_check"])])
    assert "Result: get help at once. A new change like this can be a sign of" in review.text


def test_exercises_and_falls_come_from_the_diary_unquoted() -> None:
    review = Review("my foot drags", diary=Diary((Done("Toe raises", 10, 2),), falls=3))
    assert "Toe raises: 10 repeats, pain 2 out of 10" in review.lines
    assert "Falls noted in my diary in the last four weeks: 3." in review.lines


def test_every_text_is_short() -> None:
    assert all(len(text.split()) <= 75 for text in SUMMARY.texts.values())
