"""What is said about red flags from turn to turn, whatever noticed them."""

import pytest
import yaml
from triage import Flag, Level
from triage.load import load

from gateway.settings import REPOSITORY
from gateway.watch import HEARD, LONGEST, STAY_WITH, STAYS
from tests.watching import (
    ADVICE,
    CHEST,
    CLOT,
    CRISIS_LINES,
    FALLS,
    GB,
    STROKE,
    SUICIDE,
    TEXTS,
    TIRED,
    WORSE_CLOT,
    WOUND,
    Talk,
    in_full,
    is_just_an_answer,
    said,
)


def test_where_nothing_is_noticed_there_is_just_an_answer() -> None:
    assert is_just_an_answer(Talk().say())


# Telling of a flag for the first time, and again


@pytest.mark.parametrize("region", CRISIS_LINES)
@pytest.mark.parametrize(
    "identifier", [flag.id for flag in load().flags.values() if Level.EMERGENCY in flag.say]
)
def test_a_new_emergency_stands_alone_with_the_number_in_its_first_sentence(
    identifier: str, region: str
) -> None:
    numbers = TEXTS.numbers(region)
    notice = Talk(numbers).say(Flag(identifier, Level.EMERGENCY, "", ""))
    [reply] = notice.before
    assert notice.alone
    assert notice.after == []
    assert (reply.kind, reply.level) == ("escalation", "emergency")
    assert numbers.emergency in reply.text.split(".")[0]


def test_a_new_urgent_flag_is_told_of_before_the_answer() -> None:
    notice = Talk().say(CLOT)
    [reply] = notice.before
    assert not notice.alone
    assert reply.text == in_full(CLOT)
    assert (reply.kind, reply.level) == ("escalation", "urgent")
    assert GB.same_day in reply.text.split(".")[0]


def test_of_several_new_flags_the_most_urgent_is_told_and_all_are_remembered() -> None:
    talk = Talk()
    assert said(talk.say(CLOT, STROKE)) == [in_full(STROKE)]
    assert talk.watch.raised == {"stroke": Level.EMERGENCY, "dvt": Level.URGENT}


@pytest.mark.parametrize("flag", [STROKE, CLOT])
def test_the_same_flag_again_is_told_briefly_beside_the_answer(flag: Flag) -> None:
    talk = Talk()
    talk.say(flag)
    for _ in range(3):
        notice = talk.say(flag)
        assert said(notice) == [ADVICE.again(flag.level, GB)]
        assert (notice.before[0].kind, notice.before[0].level) == ("escalation", flag.level.value)
        assert not notice.alone


@pytest.mark.parametrize(("first", "second"), [(STROKE, CHEST), (CLOT, WOUND), (CLOT, STROKE)])
def test_another_flag_is_told_in_full_whatever_was_told_before(first: Flag, second: Flag) -> None:
    talk = Talk()
    talk.say(first)
    assert said(talk.say(first, second)) == [in_full(second)]


def test_a_flag_that_has_become_an_emergency_is_told_in_full() -> None:
    talk = Talk()
    talk.say(CLOT)
    notice = talk.say(WORSE_CLOT)
    assert said(notice) == [in_full(WORSE_CLOT)]
    assert notice.alone


def test_an_emergency_that_sounds_milder_now_is_still_called_an_emergency() -> None:
    talk = Talk()
    talk.say(WORSE_CLOT)
    [reply] = talk.say(CLOT).before
    assert (reply.text, reply.level) == (ADVICE.again(Level.EMERGENCY, GB), "emergency")


def test_signs_are_remembered_from_message_to_message() -> None:
    talk = Talk()
    talk.say(signs=["fever"])
    talk.say(signs=["back_pain"])
    talk.press()
    assert talk.watch.signs == ["back_pain", "fever"]


def test_the_last_messages_that_told_of_signs_are_remembered_with_them() -> None:
    talk = Talk()
    for number in range(HEARD + 2):
        talk.say(text=f"message {number}", signs=["fever"])
        talk.say(text="I like tea")
    heard = [(one.text, one.signs) for one in talk.watch.heard]
    assert heard == [(f"message {number}", ["fever"]) for number in range(2, HEARD + 2)]


def test_of_a_long_message_only_the_signs_are_remembered() -> None:
    talk = Talk()
    talk.say(text="a" * (LONGEST + 1), signs=["fever"])
    assert (talk.watch.signs, talk.watch.heard) == (["fever"], [])


# After an emergency


def test_the_first_answer_after_an_emergency_begins_with_a_reminder_and_the_next_does_not() -> None:
    talk = Talk()
    talk.say(STROKE)
    first = talk.say()
    assert said(first) == [ADVICE.after(GB)]
    assert first.before[0].level == "emergency"
    assert not first.alone
    assert is_just_an_answer(talk.say())


def test_a_button_taken_after_an_emergency_gets_the_reminder_too() -> None:
    talk = Talk()
    talk.say(STROKE)
    assert said(talk.press()) == [ADVICE.after(GB)]
    assert is_just_an_answer(talk.press())


def test_an_urgent_flag_needs_no_reminder() -> None:
    talk = Talk()
    talk.say(CLOT)
    assert is_just_an_answer(talk.say())


def test_rasa_is_told_of_an_emergency_even_if_an_urgent_flag_came_before_it_could_be() -> None:
    talk = Talk()
    talk.say(STROKE)
    assert talk.say(CLOT).watch.untold


# Thoughts of suicide


def test_after_thoughts_of_suicide_dorsi_stays_twice_and_then_answers() -> None:
    talk = Talk()
    assert GB.emergency in said(talk.say(SUICIDE))[0]
    for how in ("emergency", "second"):
        notice = talk.say()
        [reply] = notice.before
        assert notice.alone
        assert reply.text == ADVICE.stay(GB, how)
        assert (reply.kind, reply.level) == ("escalation", "emergency")
        assert [button.title for button in reply.buttons] == [ADVICE.go_on]
    assert is_just_an_answer(talk.say())


@pytest.mark.parametrize(("region", "line"), CRISIS_LINES.items())
def test_the_crisis_lines_are_those_of_the_region_each_time(region: str, line: str) -> None:
    talk = Talk(TEXTS.numbers(region))
    for notice in [talk.say(SUICIDE), talk.say(), talk.say()]:
        [text] = said(notice)
        assert line in text
        assert talk.numbers.emergency in text
        assert "{" not in text


def test_every_region_is_tested() -> None:
    regions = yaml.safe_load((REPOSITORY / "data" / "regions.yml").read_text())
    assert set(CRISIS_LINES) == set(regions)


@pytest.mark.parametrize("stays", range(1 + STAYS))
def test_a_button_ends_the_staying(stays: int) -> None:
    talk = Talk()
    talk.say(SUICIDE)
    for _ in range(stays):
        talk.say()
    assert not talk.press().alone
    assert is_just_an_answer(talk.say())


@pytest.mark.parametrize("flag", [STROKE, CLOT])
def test_a_new_flag_is_told_in_full_and_alone_while_dorsi_stays(flag: Flag) -> None:
    talk = Talk()
    talk.say(SUICIDE)
    notice = talk.say(flag)
    assert said(notice) == [in_full(flag)]
    assert notice.alone
    assert said(talk.say()) == [ADVICE.stay(GB)]


@pytest.mark.parametrize("between", [0, 1, STAYS, STAYS + 3])
@pytest.mark.parametrize("noticed_as", ["flags", "unsure"])
def test_the_same_thoughts_are_stayed_with_whenever_they_are_told_again(
    between: int, noticed_as: str
) -> None:
    talk = Talk()
    talk.say(SUICIDE)
    for _ in range(between):
        talk.say()
    notice = talk.say(SUICIDE) if noticed_as == "flags" else talk.say(unsure=SUICIDE)
    assert notice.alone
    [text] = said(notice)
    assert "Samaritans" in text


def test_thoughts_told_again_beside_something_new_are_not_passed_over() -> None:
    talk = Talk()
    talk.say(SUICIDE)
    assert said(talk.say(CHEST, SUICIDE)) == [in_full(CHEST), ADVICE.stay(GB)]
    assert said(talk.say(CLOT, SUICIDE)) == [in_full(SUICIDE)]


def test_thoughts_told_again_after_the_button_are_stayed_with_twice_more() -> None:
    talk = Talk()
    talk.say(SUICIDE)
    talk.press()
    for notice in (talk.say(SUICIDE), talk.say(), talk.say()):
        assert notice.alone
        assert "Samaritans" in said(notice)[0]
    assert is_just_an_answer(talk.say())


@pytest.mark.parametrize(
    ("text", "how"),
    [("no", "unsafe"), ("I am not safe", "unsafe"), ("not sure", "unsafe"), ("yes I am", "safe"),
     ("I'm safe", "safe"), ("what is an AFO", "emergency")],
)  # fmt: skip
def test_the_reply_to_are_you_safe_is_heard(text: str, how: str) -> None:
    talk = Talk()
    talk.say(SUICIDE)
    assert said(talk.say(text=text)) == [ADVICE.stay(GB, how)]


def test_thoughts_of_suicide_beside_a_graver_flag_are_not_passed_over() -> None:
    talk = Talk()
    notice = talk.say(CHEST, SUICIDE)
    assert said(notice) == [in_full(CHEST), ADVICE.stay(GB)]
    assert notice.alone
    assert said(talk.say()) == [ADVICE.stay(GB)]


def test_milder_thoughts_get_the_crisis_lines_after_the_answer_and_no_staying() -> None:
    talk = Talk()
    notice = talk.say(Flag(STAY_WITH, Level.SOON, "", ""))
    assert not notice.alone
    assert "Samaritans" in notice.after[0].text
    assert is_just_an_answer(talk.say())


# Soon


def test_what_should_be_seen_soon_is_told_once_and_after_the_answer() -> None:
    talk = Talk()
    notice = talk.say(FALLS)
    [reply] = notice.after
    assert (reply.text, reply.kind, reply.level) == (in_full(FALLS), "notice", "soon")
    assert notice.before == []
    assert not notice.alone
    assert is_just_an_answer(talk.say(FALLS))
    assert said(talk.say(TIRED)) == [in_full(TIRED)]


def test_of_two_that_should_be_seen_soon_the_second_is_told_the_next_time() -> None:
    talk = Talk()
    assert said(talk.say(FALLS, TIRED)) == [in_full(TIRED)]
    assert said(talk.say(FALLS, TIRED)) == [in_full(FALLS)]


def test_soon_waits_for_its_turn_behind_something_urgent() -> None:
    talk = Talk()
    assert said(talk.say(FALLS, CLOT)) == [in_full(CLOT)]
    assert said(talk.say(FALLS)) == [in_full(FALLS)]
