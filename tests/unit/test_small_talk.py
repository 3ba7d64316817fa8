"""Everything people say that is not about a topic."""

from __future__ import annotations

import pytest

from actions.answer import ActionAnswer
from actions.clarify import ActionClarify
from actions.fallback import ActionFallback
from actions.small_talk import LOOPS, ActionSmallTalk
from content import load
from content.names import Action as ActionName

from .conversation import Message, Talk, kinds, offered, said

pytestmark = pytest.mark.usefixtures("small_catalogue")
STROKE = "causes/stroke"


def say(talk: Talk, act: str) -> list[Message]:
    return talk.turn(ActionSmallTalk(), intent=act)


def test_an_act_is_replied_to_in_its_own_words() -> None:
    talk = Talk()
    messages = say(talk, "greet")
    assert (said(messages), kinds(messages)) == (["Hello."], ["smalltalk"])
    assert offered(messages) == [["topic:brace/types"]]
    assert talk.slots["offered"] == ["brace/types"]


def test_small_talk_keeps_the_topic_before_in_mind() -> None:
    talk = Talk()
    talk.turn(ActionAnswer(), topic=STROKE)
    say(talk, "greet")
    assert talk.slots["topic"] == STROKE


def test_yes_to_several_offers_asks_which() -> None:
    talk = Talk()
    talk.turn(ActionAnswer(), topic="brace/types")
    messages = say(talk, "affirm")
    assert said(messages) == ["Which of these?"]
    assert offered(messages) == [["topic:surgery/tendon", "topic:causes/stroke", "act:deny"]]


def test_yes_to_the_only_offer_takes_it() -> None:
    talk = Talk()
    talk.turn(ActionClarify(), candidates=[STROKE])
    assert said(say(talk, "affirm"))[0] == "Stroke: first."
    assert talk.slots["topic"] == STROKE


def test_yes_after_a_symptom_starts_the_safety_check() -> None:
    talk = Talk("GB")
    talk.turn(ActionAnswer(), topic="early_signs/floppy_foot", statement=True)
    assert said(say(talk, "affirm")) == ["Let us look.", "The signs.", "Call 999."]


def test_yes_to_an_offer_that_is_gone_shows_the_menu() -> None:
    talk = Talk()
    talk.slots["offered"] = ["gone/topic"]
    assert said(say(talk, "affirm")) == ["About what?"]


def test_yes_without_an_offer_is_taken_kindly() -> None:
    assert said(say(Talk(), "affirm")) == ["Good. What next?"]


@pytest.mark.parametrize("before", [[], ["brace/types", STROKE]])
def test_no_is_taken_whatever_was_offered(before: list[str]) -> None:
    talk = Talk()
    talk.slots["offered"] = before
    messages = say(talk, "deny")
    assert (said(messages), offered(messages)) == (["All right."], [["act:greet"]])
    assert talk.slots["offered"] == ["greet"]


def test_the_last_turn_is_repeated_with_its_buttons_and_sources() -> None:
    talk = Talk("GB")
    before = talk.turn(ActionAnswer(), topic="brace/types")
    again = say(talk, "repeat")
    assert said(again) == ["Here it is again.", *said(before)]
    assert offered(again)[1:] == offered(before)
    fields = ("kind", "topic", "level")
    assert [[m[f] for f in fields] for m in again[1:]] == [[m[f] for f in fields] for m in before]
    assert again[-1]["sources"] == before[-1]["sources"]
    assert talk.slots["offered"] == ["surgery/tendon", STROKE]


def test_only_the_last_turn_is_repeated() -> None:
    talk = Talk()
    talk.turn(ActionAnswer(), topic=STROKE)
    say(talk, "greet")
    assert said(say(talk, "repeat")) == ["Here it is again.", "Hello."]


def test_what_is_repeated_twice_is_led_in_once() -> None:
    talk = Talk()
    say(talk, "greet")
    assert said(say(talk, "repeat")) == said(say(talk, "repeat"))


def test_at_the_beginning_there_is_nothing_to_repeat() -> None:
    talk = Talk()
    messages = say(talk, "repeat")
    assert said(messages) == ["Nothing to repeat."]
    assert talk.slots["offered"] == ["brace/types"]


def test_starting_over_forgets_the_topic_and_offers_anew() -> None:
    talk = Talk()
    talk.turn(ActionAnswer(), topic="brace/types")
    messages = say(talk, "start_over")
    assert (said(messages), offered(messages)) == (["Afresh."], [["topic:causes/stroke"]])
    assert talk.slots == {"topic": None, "offered": [STROKE], "fallbacks": 0}


def test_the_safety_check_says_the_signs_with_the_regions_number() -> None:
    talk = Talk("GB")
    messages = say(talk, "safety_check")
    assert said(messages) == ["Let us look.", "The signs.", "Call 999."]
    assert kinds(messages) == ["notice"] * 3
    assert offered(messages) == [[], [], ["topic:brace/types"]]
    assert talk.slots["offered"] == ["brace/types"]


def test_what_is_out_of_scope_counts_as_a_miss() -> None:
    talk = Talk()
    assert said(say(talk, "out_of_scope")) == ["Not mine."]
    assert talk.slots["fallbacks"] == 1
    assert said(talk.turn(ActionFallback()))[0] == "Still not."


def test_a_second_miss_out_of_scope_adds_topics_and_a_human() -> None:
    talk = Talk("GB")
    say(talk, "out_of_scope")
    messages = say(talk, "out_of_scope")
    assert said(messages) == ["Not mine.", "Still not.", "Ask your doctor, or call 999."]
    assert talk.slots["offered"] == [STROKE], "the buttons that stand last"


@pytest.mark.parametrize("act", load().acts)
def test_every_act_of_the_project_is_replied_to(act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    talk = Talk("GB")
    for _ in range(2):
        messages = say(talk, act)
        loops = {ActionName.SAFETY_CHECK, *LOOPS.values()}
        assert messages or talk.loop in loops, "a loop speaks for itself"
        assert not any("{" in message["text"] for message in messages)
