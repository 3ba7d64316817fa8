"""The safety check: five questions, read kindly, and never a "no" that was not said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.safety import course
from actions.safety.answers import Reader
from actions.safety.signs import Finder
from actions.safety.values import ANSWERS, Said
from actions.safety_check import ActionSafetyCheck
from actions.small_talk import ActionSmallTalk
from content import load
from content.model import SafetyCheck
from content.names import UNDERSTANDING, Level

LOOP = "action_safety_check"
AFFIRM, DENY, NOT_SURE = "affirm", "deny", "not_sure"


def the_check() -> SafetyCheck:
    check = load().safety_check
    assert check is not None
    return check


CHECK = the_check()
READER = Reader(CHECK.words)
FINDER = Finder(CHECK, READER)
IDS = [question.id for question in CHECK.questions]


class Check:
    """A conversation in which the safety check runs, as Rasa would lead it."""

    def __init__(self, *before: str) -> None:
        self.slots: dict[str, Any] = {"offered": [], "fallbacks": 0, "topic": None}
        self.loop: str | None = None
        self.events: list[dict[str, Any]] = [{"event": "user", "text": text} for text in before]
        self.replies: list[dict[str, Any]] = self._turn("start", "safety_check", {})

    def types(self, text: str, intent: str = "nlu_fallback", **understood: Any) -> Check:
        self.replies = self._turn(text, intent, understood)
        return self

    def presses(self, act: str) -> Check:
        return self.types(act, act, label=act, confidence=1.0)

    def says(self, *texts: str) -> Check:
        for text in texts:
            self.types(text)
        return self

    def _turn(self, text: str, intent: str, understood: dict[str, Any]) -> list[dict[str, Any]]:
        latest = {
            "text": text,
            "intent": {"name": intent},
            "metadata": {"region": "GB"},
            UNDERSTANDING: understood,
        }
        self.events.append({"event": "user", "text": text})
        dispatcher = CollectingDispatcher()
        tracker = Tracker("p", dict(self.slots), latest, list(self.events), False, None, {}, None)
        for event in ActionSafetyCheck().run(dispatcher, tracker, {}):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            else:
                self.loop = event["name"]
        return dispatcher.messages

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.replies)

    @property
    def last(self) -> dict[str, Any]:
        return self.replies[-1]

    @property
    def at(self) -> str | None:
        """The question that waits for its answer."""
        state = self.slots.get("safety_check")
        return state["at"] if state else None

    @property
    def answers(self) -> dict[str, str]:
        return dict(self.slots["safety_check"]["answers"])


def asks(check: Check, question: str) -> bool:
    found = course.question(CHECK, question)
    return (
        check.at == question
        and check.last["kind"] == "question"
        and (found.ask in check.text or found.ask_again in check.text)
    )


def at(question: str) -> Check:
    """A check in which every question before this one was denied."""
    check = Check()
    for _ in range(IDS.index(question)):
        check.presses(DENY)
    assert asks(check, question)
    return check


def read(text: str, question: str = "saddle") -> Said:
    return READER.read(text, FINDER.told(text, question).named).said


def test_it_begins_as_a_routine_with_one_question_and_three_buttons() -> None:
    check = Check()
    assert len(check.replies) == 1
    assert "everybody" in check.text
    assert asks(check, "stroke")
    assert [button["title"] for button in check.last["buttons"]] == ["Yes", "No", "Not sure"]
    payloads = [button["payload"] for button in check.last["buttons"]]
    assert payloads == ["act:affirm", "act:deny", "act:not_sure"]
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
        ("injury", "urgent"),
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
    check.says("no", "no", "no")
    assert (check.at, check.last["level"]) == (None, "urgent")


def test_yes_to_the_graver_half_is_an_emergency() -> None:
    assert Check().says("since Tuesday", "yes").last["level"] == "emergency"


def test_a_symptom_in_own_words_is_a_yes() -> None:
    assert at("saddle").types("yes my bladder is weird").last["level"] == "emergency"
    assert at("saddle").types("my bladder's been playing up").last["level"] == "emergency"
    assert at("injury").types("no but my leg is swollen").last["level"] == "urgent"
    assert at("risks").types("I'm on warfarin").last["level"] == "urgent"


def test_no_with_a_sign_of_a_later_question_is_no_here_and_yes_there() -> None:
    check = Check().types("no but my leg is swollen")
    assert asks(check, "saddle")
    assert check.answers == {"stroke": "no", "injury": "yes"}
    check.says("no", "no")
    assert (check.at, check.last["level"]) == (None, "urgent"), "it is not asked back"


def test_a_sign_of_another_question_alone_is_noted_and_the_question_asked_again() -> None:
    check = Check().types("my calf is swollen and hot")
    assert asks(check, "stroke")
    assert check.answers == {"injury": "yes"}


def test_what_was_told_before_is_not_asked_back() -> None:
    check = Check("my calf is swollen, hot and sore since Monday")
    assert check.answers == {"injury": "yes"}
    check.says("no", "no", "no")
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
    ],
)
def test_a_no_in_many_words_never_becomes_a_yes(question: str, text: str) -> None:
    assert at(question).types(text).answers.get(question) in (None, "no")


def test_a_denied_or_asked_sign_tells_nothing() -> None:
    for text in ("my leg is not swollen", "is a fever bad?", "no operation or cast"):
        assert Check(text).answers == {}, text


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


@pytest.mark.parametrize("kept", ["x", 3, [], {}, {"at": "gone", "answers": {}, "asked": []}])
def test_a_slot_that_cannot_be_read_begins_anew(kept: Any) -> None:
    assert course.read(kept, CHECK) is None


def test_a_state_survives_the_slot() -> None:
    state = course.State("saddle", {"stroke": "milder"}, ("stroke",), ("stroke",), 1, 2)
    assert course.read(state.as_json(), CHECK) == state


def test_every_text_is_said_with_the_regions_numbers() -> None:
    for question in IDS:
        for act in (AFFIRM, NOT_SURE):
            assert "{" not in at(question).presses(act).text


WORDS = sorted({word for phrases in CHECK.words.values() for word in phrases})
MIXED = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
SLOWLY = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@SLOWLY
@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(READER.read(text, FINDER.told(text, "saddle").named).said, Said)


@SLOWLY
@given(st.text(alphabet="bcdfgjkqvwxz0123456789 .,!?", max_size=30))
def test_letters_without_sense_never_say_no(text: str) -> None:
    assert READER.read(text).said not in (Said.NO, Said.YES)


def unclear_texts() -> Iterator[str]:
    yield from ("blah", "the cat sat on the mat", "hmm", "¿", "12", "well", "my foot", "ok then")


@SLOWLY
@given(st.lists(st.sampled_from(list(unclear_texts())), min_size=10, max_size=10))
def test_unclear_replies_alone_end_as_urgent(texts: list[str]) -> None:
    check = Check()
    for text in texts:
        if check.at is None:
            break
        check.types(text)
    assert check.at is None
    assert check.last["level"] == "urgent"
    assert "no" not in check.answers.values()


@SLOWLY
@given(st.lists(MIXED, min_size=1, max_size=6))
def test_whatever_is_said_the_check_stays_whole(texts: list[str]) -> None:
    check = Check()
    for text in texts:
        check.types(text)
        assert check.replies
        if check.loop is None:
            return
        assert course.read(check.slots["safety_check"], CHECK) is not None


@SLOWLY
@given(MIXED)
def test_the_same_reply_over_and_over_ends_the_check(text: str) -> None:
    check = Check()
    for _ in range(60):
        check.types(text)
        if check.loop is None or check.at is None:
            return
    pytest.fail(f"{text!r} never ends it")


@SLOWLY
@given(st.lists(st.sampled_from(["yes", "no", "unsure"]), min_size=8, max_size=8))
def test_answers_never_make_the_result_milder_than_one_of_them(values: list[str]) -> None:
    state = course.begin(CHECK, {})
    highest = 0
    for value in values:
        if state.at is None:
            break
        outcome = course.question(CHECK, state.at).outcomes.get(value)
        highest = max(highest, course.RANKS[outcome.level] if outcome else 0)
        state = course.answer(CHECK, state, value)
    assert state.at is None
    assert course.RANKS[course.level(CHECK, state.answers)] == highest


def test_all_answers_are_either_asked_for_or_told() -> None:
    assert {said.value for said in ANSWERS} == {"yes", "no", "unsure"}
    assert Level.SOON in CHECK.results
