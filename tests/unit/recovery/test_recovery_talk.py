"""The talk about recovery: two questions, read kindly, and what is usual; never a promise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.small_talk import ActionSmallTalk
from content.names import ActId, Slot

from .talking import LOOP, RECOVERY, START, Talking

TEXTS = RECOVERY.texts


def test_it_begins_with_the_cause_and_a_button_for_each() -> None:
    talk = Talking()
    assert (talk.at, talk.loop) == ("cause", LOOP)
    assert TEXTS["intro"] in talk.text
    assert list(talk.buttons) == [cause.title for cause in RECOVERY.causes.values()]


def test_pressing_two_buttons_leads_to_what_is_usual() -> None:
    talk = Talking().presses("A stroke").presses("3 to 12 months")
    assert talk.ended
    assert len(talk.replies) == 3
    assert all(words in talk.text for words in ("a stroke, 3 to 12 months", "six months", "999"))
    assert TEXTS["signs"] in talk.text
    assert talk.replies[-1]["sources"][0]["reviewed"] == RECOVERY.reviewed
    assert talk.slots[Slot.TOPIC.value] == "recovery_time/after_stroke"
    payloads = talk.buttons.values()
    assert {"act:exercise", "act:summary"} <= set(payloads)
    assert talk.slots[Slot.OFFERED.value] == [one.partition(":")[2] for one in payloads]


def test_typed_words_lead_there_too() -> None:
    talk = Talking().says("it was a slipd disc", "about six weeks")
    assert "a slipped disc, about 6 weeks so far" in talk.text
    assert talk.ended


def test_cause_and_time_may_come_in_one_message() -> None:
    assert Talking().types("hip replacement 2 years ago").ended


def test_the_time_may_be_told_first() -> None:
    talk = Talking().types("about two years")
    assert talk.at == "cause"
    assert talk.types("MS").ended


def test_what_the_first_message_tells_is_not_asked_again() -> None:
    talk = Talking("how long will my recovery take, I had a stroke five months ago")
    assert talk.ended
    assert "about 5 months" in talk.text
    assert Talking("talk me through recovery from my stroke").at == "since"


def test_each_cause_asks_for_its_own_time() -> None:
    assert "since the stroke" not in Talking().types("MS").text
    assert "How long ago was the stroke?" in Talking().types("stroke").text


def test_ms_may_take_a_year_and_may_stay() -> None:
    talk = Talking().says("multiple sclerosis", "since last spring")
    assert "up to 12 months" in talk.text
    assert "may stay" in talk.text


@pytest.mark.parametrize(
    "text", ["I don't know", "nobody knows", "no idea", "not sure, maybe a disc"]
)
def test_who_does_not_know_the_cause_is_told_to_have_it_found(text: str) -> None:
    talk = Talking().types(text)
    assert talk.state["cause"] == RECOVERY.unknown.id
    talk.types("3 months")
    assert talk.ended
    assert "let a doctor find it" in talk.text
    assert talk.replies[-1]["level"] == "soon"
    assert talk.replies[-1]["buttons"][0]["payload"] == "act:safety_check"


def test_a_time_nobody_knows_is_no_hindrance() -> None:
    talk = Talking().says("MS", "no idea really")
    assert talk.ended
    assert "so far" not in talk.text
    assert "Is it new, within days? Then call your GP or NHS 111 today" in talk.text
    assert "act:safety_check" in talk.buttons.values()


def test_two_causes_are_asked_apart() -> None:
    talk = Talking().types("MS and diabetes")
    assert TEXTS["which"] in talk.text
    assert list(talk.buttons) == ["MS", "Diabetes", RECOVERY.unknown.title]
    assert talk.presses("Diabetes").at == "since"


@pytest.mark.parametrize("text", ["3 days", "since yesterday", "last week", "two weeks"])
def test_what_is_new_is_urgent_and_offers_the_safety_check_first(text: str) -> None:
    talk = Talking().says("trapped nerve", text)
    assert talk.at == "new"
    assert (talk.replies[0]["kind"], talk.replies[0]["level"]) == ("escalation", "urgent")
    assert "999" in talk.text
    assert "call your GP or NHS 111 today" in talk.text
    assert RECOVERY.causes["nerve"].range not in talk.text
    assert list(talk.buttons.values()) == ["act:safety_check", "act:recovery:new:go_on:nerve"]


@pytest.mark.parametrize("how", ["yes", "yes please", "ok sure"])
def test_yes_to_the_warning_signs_hands_over_to_the_safety_check(how: str) -> None:
    intent = "affirm" if how.startswith("ok") else "nlu_fallback"
    talk = Talking().says("stroke", "last week").types(how, intent, confidence=0.95)
    assert talk.loop == "action_safety_check"
    assert talk.state is None


def test_the_button_of_the_safety_check_hands_over_too() -> None:
    talk = Talking().says("stroke", "last week").presses("Check my warning signs")
    assert talk.loop == "action_safety_check"
    assert talk.state is None


@pytest.mark.parametrize("how", ["no", "no just tell me", "go on"])
def test_no_to_the_warning_signs_tells_of_recovery_and_offers_them_again(how: str) -> None:
    talk = Talking().says("stroke", "last week", how)
    assert talk.ended
    assert RECOVERY.causes["stroke"].range in talk.text
    assert talk.replies[-1]["buttons"][0]["payload"] == "act:safety_check"
    assert "act:exercise" not in talk.buttons.values()


def test_a_time_corrected_beside_the_warning_signs_counts() -> None:
    talk = Talking().says("stroke", "last week", "sorry, 8 months ago")
    assert talk.ended
    assert "about 8 months" in talk.text


@pytest.mark.parametrize("before", [[], ["MS"], ["MS", "3 days"]])
def test_stop_ends_it_at_every_question(before: list[str]) -> None:
    talk = Talking().says(*before, "stop")
    assert talk.ended
    assert "All right, we stop here" in talk.text
    assert talk.slots[Slot.OFFERED.value] == [ActId.RECOVERY.value]


@pytest.mark.parametrize("before", [[], ["MS"], ["MS", "3 days"]])
def test_a_side_question_is_answered_and_the_question_asked_again(before: list[str]) -> None:
    talk = Talking().says(*before)
    at, buttons = talk.at, talk.buttons
    talk.types("what is an AFO?", "brace", topic="brace/what_is_afo", confidence=0.9)
    assert talk.replies[0]["topic"] == "brace/what_is_afo"
    assert TEXTS["again"] in talk.replies[-1]["text"]
    assert (talk.at, talk.buttons, talk.loop) == (at, buttons, LOOP)


def test_a_side_question_about_a_cause_is_no_answer() -> None:
    talk = Talking().types("how does a stroke cause foot drop?", "causes", topic="causes/stroke")
    assert talk.at == "cause"
    assert talk.replies[0]["topic"] == "causes/stroke"


def test_a_topic_s_button_in_between_is_answered() -> None:
    talk = Talking()
    talk.types("causes/stroke", "choose", topic="causes/stroke")
    assert talk.replies[0]["topic"] == "causes/stroke"
    assert (talk.at, talk.state["cause"]) == ("cause", "")


@pytest.mark.parametrize("before", [[], ["MS"], ["MS", "3 days"]])
def test_an_unclear_reply_is_asked_again_in_other_words_and_then_left_open(
    before: list[str],
) -> None:
    talk = Talking().says(*before)
    at = talk.at
    assert at is not None
    talk.types("purple elephants")
    assert talk.at == at
    assert RECOVERY.questions[at].ask_again in talk.text
    talk.types("purple elephants")
    assert talk.at != at
    assert TEXTS["as_unknown"] in talk.text


def test_back_returns_to_the_question_before() -> None:
    talk = Talking().says("MS", "back")
    assert talk.at == "cause"
    assert talk.types("back").replies[0]["text"].startswith(TEXTS["first"])


def test_another_cause_told_later_corrects_the_first() -> None:
    talk = Talking().says("MS", "sorry, I had a stroke")
    assert talk.state["cause"] == "stroke"
    assert TEXTS["changed"] in talk.text


@pytest.mark.parametrize("text", ["why do you ask?", "why"])
def test_why_is_explained_and_asked_again(text: str) -> None:
    talk = Talking().types(text)
    assert RECOVERY.questions["cause"].why in talk.text
    assert talk.at == "cause"


def test_a_button_pressed_twice_changes_nothing() -> None:
    talk = Talking()
    payload = talk.buttons["MS"]
    before = talk.takes(payload).state
    assert talk.takes(payload).state == before


def test_the_last_button_pressed_twice_says_the_same_again() -> None:
    talk = Talking().presses("MS")
    payload = talk.buttons["3 to 12 months"]
    once = talk.takes(payload).text
    assert talk.takes(payload).text == once
    assert talk.ended


def test_the_button_to_go_on_pressed_twice_still_tells_of_recovery() -> None:
    talk = Talking().says("MS", "3 days")
    payload = talk.buttons["Tell me about recovery"]
    assert talk.takes(payload).ended
    assert RECOVERY.causes["ms"].range in talk.takes(payload).text


def test_a_time_s_button_of_another_cause_is_late() -> None:
    talk = Talking().presses("MS")
    late = talk.buttons["More than a year"]
    talk.says("back", "stroke").takes(late)
    assert TEXTS["late"] in talk.text
    assert (talk.at, talk.state["cause"]) == ("since", "stroke")


@pytest.mark.parametrize("payload", ["act:deny:stroke", "act:affirm:stroke", "act:not_sure:injury"])
@pytest.mark.parametrize("before", [[], ["MS"], ["MS", "3 days"]])
def test_a_late_button_of_the_safety_check_answers_nothing_here(
    payload: str, before: list[str]
) -> None:
    talk = Talking().says(*before)
    state = talk.state
    talk.takes(payload)
    assert TEXTS["late"] in talk.text
    assert talk.state == state


@pytest.mark.parametrize(
    "payload", ["act:recovery:cause:flu", "act:recovery:since:ages:ms", "act:recovery:mood",
                "act:recovery:since:days", "act:recovery:new:go_on:flu", "act:recovery::::"],
)  # fmt: skip
def test_a_button_nobody_knows_is_harmless(payload: str) -> None:
    talk = Talking()
    talk.takes(payload)
    assert talk.at == "cause"


def test_an_old_button_takes_the_talk_up_where_it_stood() -> None:
    payload = Talking().buttons["MS"]
    _, _, said = payload.partition(":")
    assert Talking(said, "recovery").at == "since"


@pytest.mark.parametrize(
    "act", [ActId.START_OVER, ActId.GOODBYE, ActId.SAFETY_CHECK, ActId.EXERCISE]
)
@pytest.mark.parametrize("by_button", [True, False])
def test_another_act_ends_the_talk_and_is_followed(act: ActId, by_button: bool) -> None:
    talk = Talking().types("MS")
    talk.types(act.value if by_button else "something quite other", act.value)
    assert talk.state is None
    assert talk.loop != LOOP


def test_asking_for_the_talk_again_asks_the_open_question_again() -> None:
    talk = Talking().types("MS").types(START, "recovery")
    assert talk.at == "since"


def test_the_act_hands_over_to_the_talk() -> None:
    from ..conversation import Talk

    talk = Talk()
    talk.turn(ActionSmallTalk(), ActId.RECOVERY.value)
    assert talk.loop == LOOP


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_messages_keep_the_talk_going_or_end_it(texts: list[str]) -> None:
    talk = Talking()
    for text in texts:
        talk.types(text)
        assert talk.replies
        assert talk.ended or (talk.loop == LOOP and talk.at)
        if talk.ended:
            break
