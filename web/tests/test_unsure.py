"""The one question that is asked where a message leaves Dorsi unsure."""

from collections.abc import Sequence
from typing import Any

import pytest
from triage import Flag, Level

from gateway.watch import NO, STAY_WITH, YES, Watch
from tests.watching import (
    ADVICE,
    CHEST,
    CLOT,
    GB,
    STROKE,
    SUICIDE,
    WATCHER,
    Talk,
    asked,
    in_full,
    is_just_an_answer,
    said,
)


def curly(texts: Sequence[str]) -> list[str]:
    """Those with an apostrophe, with the one that phones type."""
    return [text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}") for text in texts if "'" in text]


YESES = [
    "yes", "Yes", "YES!!", "yes please", "yeah it is", "Yep.", "y", "aye", "It's new",
    "it is new", "new", "I think so", "a bit", "not sure", "dunno", "I don't know", "Don't know",
    "maybe", "worse", "since Monday", "on and off", "both",
]  # fmt: skip
NOES = [
    "no", "No", "NO!", "no thanks", "nope", "Nah", "n", "not really", "not new", "never",
    "It's old", "I'm not", "it is not", "same as always", "No, I said it badly",
]  # fmt: skip


def test_where_dorsi_is_unsure_it_asks_one_question_with_two_buttons() -> None:
    notice = Talk().say(unsure=STROKE)
    [question] = notice.before
    assert notice.alone
    assert (question.text, question.kind) == (ADVICE.ask(STROKE, GB), "question")
    payloads = [f"triage:{answer}:stroke:emergency" for answer in (YES, NO)]
    assert [button.payload for button in question.buttons] == payloads
    assert tuple(button.title for button in question.buttons) == ADVICE.answers
    assert "{" not in question.text


def test_the_titles_of_the_buttons_can_be_typed_too() -> None:
    assert [ADVICE.yes_or_no(title) for title in ADVICE.answers] == [True, False]


def test_yes_by_button_is_told_as_the_flag_it_was_asked_about() -> None:
    talk = asked()
    notice = talk.reply(yes=True)
    assert said(notice) == [in_full(STROKE)]
    assert notice.alone
    assert said(talk.say()) == [ADVICE.after(GB)]


@pytest.mark.parametrize("text", [*YESES, *curly(YESES)])
def test_yes_can_be_typed_in_many_ways(text: str) -> None:
    assert said(asked().say(text=text)) == [in_full(STROKE)]


@pytest.mark.parametrize(
    "text",
    [
        "I'm not sure", "I am not sure", "no idea", "never had it before", "no, it's getting worse",
        "never had that before", "never been like that before", "its not like before",
        "it's not like usual", "no, it's new", "it isnt like that", "since this morning",
    ],
)  # fmt: skip
def test_what_is_not_a_clear_no_escalates(text: str) -> None:
    assert said(asked().say(text=text)) == [in_full(STROKE)]


@pytest.mark.parametrize("yes", [{"text": "yes"}, None])
def test_yes_to_something_urgent_leaves_the_first_message_to_be_answered(yes: Any) -> None:
    talk = asked(CLOT, text="why is my calf odd?")
    notice = talk.say(**yes) if yes else talk.reply(yes=True)
    assert said(notice) == [in_full(CLOT)]
    assert not notice.alone
    assert notice.answer_text == "why is my calf odd?"


def test_yes_to_thoughts_of_suicide_makes_dorsi_stay() -> None:
    talk = asked(SUICIDE)
    talk.reply(yes=True)
    assert said(talk.say()) == [ADVICE.stay(GB)]


@pytest.mark.parametrize("text", [None, *NOES, *curly(NOES)])
def test_no_has_the_first_message_answered_and_is_not_asked_again(text: str | None) -> None:
    talk = asked(text="my face feels odd")
    notice = talk.reply(yes=False) if text is None else talk.say(text=text)
    assert said(notice) == []
    assert not notice.alone
    assert notice.answer_text == "my face feels odd"
    assert is_just_an_answer(talk.say(unsure=STROKE))


def test_after_a_no_another_flag_is_asked_about() -> None:
    talk = asked()
    talk.reply(yes=False)
    assert said(talk.say(unsure=CLOT)) == [ADVICE.ask(CLOT, GB)]


def test_after_a_no_the_flag_itself_is_told_in_full() -> None:
    talk = asked()
    talk.reply(yes=False)
    assert said(talk.say(STROKE)) == [in_full(STROKE)]


@pytest.mark.parametrize(
    "text",
    ["I am alright", "it is gone now", "not sure what you mean", "maybe not", "a bit better",
     "both are fine", "right, thanks anyway", "since 2009", "sometimes", "no feeling at all",
     "not now, it was before", "no, I had it just now", "which shoes are good?", "hm", ""],
)  # fmt: skip
def test_what_is_neither_yes_nor_no_is_asked_once_more_in_other_words(text: str) -> None:
    talk = asked(text="my face feels odd")
    notice = talk.say(text=text)
    assert said(notice) == [ADVICE.ask_again(GB)]
    assert notice.alone
    assert len(notice.before[0].buttons) == 2
    assert talk.reply(yes=False).answer_text == "my face feels odd"


def test_without_an_answer_twice_dorsi_answers_and_says_whom_to_call() -> None:
    talk = asked()
    talk.say(text="which shoes are good?")
    notice = talk.say(text="which shoes are good?")
    assert said(notice) == [ADVICE.left(GB)]
    assert not notice.alone
    assert talk.watch.asked is None


def test_an_emergency_without_an_answer_can_be_asked_about_another_time() -> None:
    talk = asked(STROKE)
    for _ in range(2):
        talk.say(text="hm")
    assert said(talk.say(unsure=STROKE)) == [ADVICE.ask(STROKE, GB)]


def test_something_urgent_without_an_answer_is_not_asked_about_again() -> None:
    talk = asked(CLOT)
    for _ in range(2):
        talk.say(text="hm")
    assert is_just_an_answer(talk.say(unsure=CLOT))


def test_a_late_yes_to_an_earlier_question_is_told_as_what_it_was_asked_about() -> None:
    talk = asked(STROKE)
    assert talk.watch.asked is not None
    yes = talk.watch.asked.payload(YES)
    talk.reply(yes=False)
    talk.say(unsure=CLOT)
    assert said(talk.take(yes)) == [in_full(STROKE)]
    assert said(talk.take(yes)) == [ADVICE.again(Level.EMERGENCY, GB)]


def test_a_late_no_answers_no_other_question() -> None:
    talk = asked(STROKE)
    assert talk.watch.asked is not None
    no = talk.watch.asked.payload(NO)
    talk.reply(yes=False)
    assert said(talk.take(no)) == [ADVICE.noted(GB)]
    talk.say(unsure=CLOT)
    assert said(talk.take(no)) == [ADVICE.ask_again(GB)]
    assert talk.watch.asked is not None


@pytest.mark.parametrize("payload", ["act:menu", "topic:brace/types", "triage", "triage:maybe", ""])
def test_other_buttons_are_none_of_its_own(payload: str) -> None:
    talk = asked()
    assert WATCHER.on_choice(payload, talk.watch, GB) is None


@pytest.mark.parametrize(("flag", "asks"), [(STROKE, False), (SUICIDE, True)])
def test_within_the_safety_check_only_a_life_in_danger_is_asked_about(
    flag: Flag, asks: bool
) -> None:
    talk = Talk()
    talk.watch = Watch(questioned=True)
    assert is_just_an_answer(talk.say(unsure=flag)) is not asks


def test_a_button_drops_the_question() -> None:
    talk = asked()
    assert is_just_an_answer(talk.press())
    assert talk.watch.asked is None


@pytest.mark.parametrize("text", ["hm", "no", "yes"])
def test_a_real_flag_is_told_while_a_question_waits(text: str) -> None:
    talk = asked(CLOT)
    assert said(talk.say(CHEST, text=text)) == [in_full(CHEST)]
    assert talk.watch.asked is None


@pytest.mark.parametrize("told_before", [True, False])
def test_an_emergency_confirmed_is_told_whatever_else_the_reply_says(told_before: bool) -> None:
    talk = Talk()
    if told_before:
        talk.say(CLOT)
    talk.say(unsure=STROKE)
    notice = talk.say(CLOT, text="yes, and my calf is swollen")
    assert said(notice) == [in_full(STROKE)]
    assert talk.watch.raised == {"stroke": Level.EMERGENCY, "dvt": Level.URGENT}


def test_signs_told_in_the_reply_are_remembered() -> None:
    talk = asked()
    talk.say(text="no, but my back hurts", signs=["back_pain"])
    assert talk.watch.signs == ["back_pain"]


@pytest.mark.parametrize("flag", [STROKE, CLOT])
def test_what_was_told_already_is_not_asked(flag: Flag) -> None:
    talk = Talk()
    talk.say(flag)
    talk.say()
    assert is_just_an_answer(talk.say(unsure=flag))


def test_what_should_be_seen_soon_can_still_be_asked_about_as_an_emergency() -> None:
    talk = Talk()
    talk.say(Flag(STAY_WITH, Level.SOON, "", ""))
    assert said(talk.say(unsure=SUICIDE)) == [ADVICE.ask(SUICIDE, GB)]
