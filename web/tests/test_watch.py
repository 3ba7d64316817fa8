"""What is said about red flags from turn to turn, whatever noticed them."""

from collections.abc import Sequence
from typing import Any

import pytest
import triage
import yaml
from hypothesis import given
from hypothesis import strategies as st
from triage import Context, Flag, Level, Numbers, Screening
from triage.knowledge import load

from gateway.settings import REPOSITORY
from gateway.texts import Texts
from gateway.watch import NO, STAY_WITH, STAYS, YES, Notice, Watch, Watcher

ADVICE = triage.advice()
WATCHER = Watcher(ADVICE)
TEXTS = Texts(REPOSITORY / "data")
GB = TEXTS.numbers("GB")
CRISIS_LINES = {
    "GB": "Samaritans at 116 123",
    "IE": "Samaritans at 116 123",
    "US": "988 Suicide & Crisis Lifeline at 988",
    "CA": "9-8-8 Suicide Crisis Helpline at 988",
    "AU": "Lifeline at 13 11 14",
    "NZ": "1737, need to talk? at 1737",
    "EU": "a crisis line near you",
    "unknown": "a crisis line near you",
}
MESSAGE = "I have a question"

STROKE = Flag("stroke", Level.EMERGENCY, "face is drooping", "rule")
CHEST = Flag("chest_pain_pe", Level.EMERGENCY, "chest pain", "rule")
SUICIDE = Flag(STAY_WITH, Level.EMERGENCY, "kill myself", "rule")
CLOT = Flag("dvt", Level.URGENT, "calf is swollen", "rule")
WORSE_CLOT = Flag("dvt", Level.EMERGENCY, "calf is swollen … chest", "rule")
WOUND = Flag("foot_wound", Level.URGENT, "wound is red", "rule")
FALLS = Flag("repeated_falls", Level.SOON, "keep falling", "rule")
TIRED = Flag("fatigue", Level.SOON, "so tired", "rule")


def noticed(*flags: Flag, unsure: Flag | None = None, signs: Sequence[str] = ()) -> Screening:
    """What the screener gives: the most urgent flag first."""
    ordered = tuple(sorted(flags, key=lambda flag: (-flag.level.rank, flag.id)))
    level = ordered[0].level if ordered else Level.NONE
    return Screening(level, ordered, signs=frozenset(signs), unsure=unsure)


class Talk:
    """A session, as far as red flags go."""

    def __init__(self, numbers: Numbers = GB) -> None:
        self.numbers = numbers
        self.watch = Watch()

    def say(self, *flags: Flag, text: str = MESSAGE, **more: Any) -> Notice:
        found = noticed(*flags, **more)
        return self._kept(WATCHER.on_text(text, found, self.watch, self.numbers))

    def press(self) -> Notice:
        """Take some button."""
        return self._kept(WATCHER.on_button(self.watch, self.numbers))

    def reply(self, yes: bool) -> Notice:
        """Take one of the buttons of a question."""
        return self._kept(WATCHER.on_reply(yes, self.watch, self.numbers))

    def _kept(self, notice: Notice) -> Notice:
        self.watch = notice.watch
        return notice


def said(notice: Notice) -> list[str]:
    return [reply.text for reply in (*notice.before, *notice.after)]


def in_full(flag: Flag, numbers: Numbers = GB) -> str:
    return ADVICE.say(flag, numbers)


def is_just_an_answer(notice: Notice) -> bool:
    return not (notice.alone or notice.before or notice.after or notice.answer_text)


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
    for _ in range(STAYS):
        notice = talk.say()
        [reply] = notice.before
        assert notice.alone
        assert reply.text == ADVICE.stay(GB)
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
def test_a_new_flag_is_told_in_full_while_dorsi_stays(flag: Flag) -> None:
    talk = Talk()
    talk.say(SUICIDE)
    assert said(talk.say(flag)) == [in_full(flag)]
    assert said(talk.say()) == [ADVICE.stay(GB)]


def test_the_same_thoughts_again_are_stayed_with() -> None:
    talk = Talk()
    talk.say(SUICIDE)
    assert said(talk.say(SUICIDE)) == [ADVICE.stay(GB)]


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


# Unsure


def asked(flag: Flag = STROKE, text: str = "my face feels odd") -> Talk:
    """A session in which Dorsi has just asked."""
    talk = Talk()
    talk.say(unsure=flag, text=text)
    return talk


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
    assert [button.payload for button in question.buttons] == [YES, NO]
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
    ["I'm not sure", "I am not sure", "no idea", "never had it before", "no, it's getting worse"],
)
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


def test_something_else_typed_drops_the_question() -> None:
    talk = asked()
    assert is_just_an_answer(talk.say(text="which shoes are good?"))
    assert is_just_an_answer(talk.say(text="yes"))


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


# What is remembered


@pytest.mark.parametrize(
    "talk", [Talk(), asked(), asked(SUICIDE)], ids=["new", "asked", "asked of suicide"]
)
@pytest.mark.parametrize("flag", [STROKE, SUICIDE, CLOT, FALLS])
def test_what_was_remembered_before_is_never_changed(talk: Talk, flag: Flag) -> None:
    watch = talk.watch
    before = watch.model_dump_json()
    WATCHER.on_text("yes", noticed(flag, signs=["x"]), watch, GB).watch.raised["y"] = Level.SOON
    WATCHER.on_button(watch, GB).watch.raised["y"] = Level.SOON
    if watch.asked:
        WATCHER.on_reply(True, watch, GB).watch.signs.append("y")
        WATCHER.on_reply(False, watch, GB).watch.signs.append("y")
    assert watch.model_dump_json() == before


def test_nothing_is_shared_between_two_that_remember_nothing() -> None:
    Watch().raised["stroke"] = Level.EMERGENCY
    assert Watch() == Watch.model_validate({})
    assert Watch().raised == {}


def test_what_a_newer_release_remembered_does_no_harm() -> None:
    assert Watch.model_validate({"signs": ["x"], "mood": "blue"}).signs == ["x"]


FLAGS = st.builds(
    Flag,
    st.sampled_from(["stroke", "dvt", "repeated_falls", STAY_WITH, "no_file_names_this"]),
    st.sampled_from([Level.EMERGENCY, Level.URGENT, Level.SOON]),
    st.just("words"),
    st.just("rule"),
)
FOUND = st.builds(
    lambda flags, unsure, signs: noticed(*flags, unsure=unsure, signs=signs),
    st.lists(FLAGS, max_size=3, unique_by=lambda flag: flag.id),
    st.none() | FLAGS,
    st.lists(st.sampled_from("abc")),
)
TYPED = st.tuples(st.sampled_from(["yes", "no", "hm", ""]), FOUND)
TURNS = st.lists(TYPED | st.sampled_from(["button", YES, NO]), max_size=12)


def take(watch: Watch, turn: Any) -> Notice:
    match turn:
        case (text, found):
            return WATCHER.on_text(text, found, watch, GB)
        case "button":
            return WATCHER.on_button(watch, GB)
        case _ if watch.asked is None:
            return WATCHER.on_button(watch, GB)
        case _:
            return WATCHER.on_reply(turn == YES, watch, GB)


def meant(turn: Any, watch: Watch) -> list[Flag]:
    """The flags of a turn, with the one that it confirms."""
    text, found = turn if isinstance(turn, tuple) else (turn, Screening())
    flags = list(found.flags)
    if watch.asked and text in ("yes", YES):
        flags.append(Flag(watch.asked.flag, watch.asked.level, "", ""))
    return flags


@given(turns=TURNS)
def test_whatever_comes_is_answered_and_no_new_emergency_is_swallowed(turns: list[Any]) -> None:
    watch = Watch()
    for turn in turns:
        before = watch.model_dump_json()
        notice = take(watch, turn)
        assert watch.model_dump_json() == before
        assert notice.before or not notice.alone
        new = [
            flag
            for flag in meant(turn, watch)
            if flag.level is Level.EMERGENCY and watch.raised.get(flag.id) is not Level.EMERGENCY
        ]
        if new:
            assert notice.alone
            assert notice.before[0].text in [in_full(flag) for flag in new]
            assert {notice.watch.raised[flag.id] for flag in new} == {Level.EMERGENCY}
        if watch.untold:
            assert notice.watch.untold  # only the gateway, having told Rasa, takes that back
        watch = Watch.model_validate_json(notice.watch.model_dump_json())
        assert watch == notice.watch


def test_two_halves_of_a_flag_in_two_messages_make_one() -> None:
    """The real screener: what is remembered is what it needs."""
    talk = Talk()
    for text in ("my back hurts a lot", "I have a fever too"):
        found = triage.screen(text, Context(frozenset(talk.watch.signs)))
        notice = WATCHER.on_text(text, found, talk.watch, GB)
        talk.watch = notice.watch
    assert "spine_infection_cancer" in talk.watch.raised
