"""Answering a topic, asking which one was meant, and admitting defeat."""

from __future__ import annotations

import pytest

from actions.answer import ActionAnswer
from actions.clarify import ActionClarify
from actions.fallback import ActionFallback
from content import load
from content.names import UNDERSTANDING, TextId

from .conversation import Talk, kinds, offered, said

pytestmark = pytest.mark.usefixtures("small_catalogue")
SOURCE = {
    "title": "Foot drop",
    "publisher": "NHS",
    "url": "https://www.nhs.uk/foot-drop",
    "reviewed": "2026-01-15",
}
STROKE = "causes/stroke"
DROOP = "early_signs/floppy_foot"


def test_an_answer_is_said_whole_with_its_sources_and_what_to_ask_next_at_the_end() -> None:
    first, last = Talk("GB").turn(ActionAnswer(), topic="brace/types")
    assert said([first, last]) == [
        "Kinds of brace: first.",
        "Kinds of brace: in an emergency, call 999.",
    ]
    assert kinds([first, last]) == ["answer", "answer"]
    assert first["topic"] == last["topic"] == "brace/types"
    assert offered([first, last]) == [[], ["topic:surgery/tendon", "topic:causes/stroke"]]
    assert (first["sources"], last["sources"]) == ([], [SOURCE])
    assert {first["level"], last["level"]} == {"none"}


def test_an_answer_is_remembered_with_its_offers() -> None:
    talk = Talk()
    talk.slots["fallbacks"] = 1
    talk.turn(ActionAnswer(), topic="brace/types")
    assert talk.slots == {
        "topic": "brace/types",
        "offered": ["surgery/tendon", "causes/stroke"],
        "fallbacks": 0,
    }


def test_what_was_understood_goes_along_with_every_message() -> None:
    messages = Talk().turn(ActionAnswer(), topic=STROKE, confidence=0.9)
    understood = [message[UNDERSTANDING] for message in messages]
    assert understood == [{"topic": STROKE, "confidence": 0.9}] * 2


def test_a_region_nobody_named_gets_the_general_numbers() -> None:
    assert "call 112, 999 or 911." in said(Talk().turn(ActionAnswer(), topic=STROKE))[1]
    assert "call 112, 999 or 911." in said(Talk("XX").turn(ActionAnswer(), topic=STROKE))[1]


def test_a_symptom_that_was_told_is_thanked_for_and_the_safety_check_offered_first() -> None:
    talk = Talk("GB")
    messages = talk.turn(ActionAnswer(), topic=DROOP, statement=True)
    assert said(messages) == [
        "That is hard.\n\nA floppy foot: first.",
        "A floppy foot: in an emergency, call 999.",
        "See your doctor soon.\n\nCheck the signs?",
    ]
    assert kinds(messages) == ["answer"] * 3
    buttons = ["act:safety_check", "topic:causes/stroke", "topic:brace/types"]
    assert offered(messages) == [[], [], buttons]
    assert messages[2]["sources"] == [SOURCE]
    assert talk.slots["offered"] == ["safety_check", STROKE, "brace/types"]


def test_a_symptom_that_was_asked_about_gets_the_plain_answer() -> None:
    assert len(Talk().turn(ActionAnswer(), topic=DROOP, statement=False)) == 2


def test_a_statement_about_what_is_no_symptom_gets_the_plain_answer() -> None:
    messages = Talk().turn(ActionAnswer(), topic="brace/types", statement=True)
    assert said(messages)[0] == "Kinds of brace: first."


def test_other_questions_of_the_message_are_offered_instead_of_follow_ups() -> None:
    talk = Talk()
    messages = talk.turn(ActionAnswer(), topic="brace/types", also=[STROKE, "gone/topic"])
    assert said(messages)[2] == "You also asked about:"
    assert kinds(messages) == ["answer", "answer", "clarify"]
    assert offered(messages) == [[], [], ["topic:causes/stroke"]]
    assert talk.slots["offered"] == [STROKE]


@pytest.mark.parametrize("topic", ["gone/topic", None, ""])
def test_a_button_of_an_older_release_is_said_to_be_gone(topic: str | None) -> None:
    talk = Talk()
    messages = talk.turn(ActionAnswer(), topic=topic)
    assert (said(messages), kinds(messages)) == (["That button is old."], ["notice"])
    assert talk.slots["topic"] is None


def test_topics_in_doubt_are_offered_with_a_way_out() -> None:
    talk = Talk()
    messages = talk.turn(ActionClarify(), candidates=["brace/types", STROKE])
    assert (said(messages), kinds(messages)) == (["Which of these?"], ["clarify"])
    assert offered(messages) == [["topic:brace/types", "topic:causes/stroke", "act:deny"]]
    assert talk.slots["offered"] == ["brace/types", STROKE]


@pytest.mark.parametrize("candidates", [[STROKE], ["gone/topic", STROKE]])
def test_a_single_topic_is_asked_about_as_one(candidates: list[str]) -> None:
    messages = Talk().turn(ActionClarify(), candidates=candidates)
    assert said(messages) == ["This one?"]
    assert offered(messages) == [["topic:causes/stroke", "act:deny"]]


@pytest.mark.parametrize("candidates", [[], None, ["gone/topic"]])
def test_with_nothing_to_ask_about_the_menu_is_shown(candidates: list[str] | None) -> None:
    talk = Talk()
    messages = talk.turn(ActionClarify(), candidates=candidates)
    assert said(messages) == ["About what?"]
    assert talk.slots["offered"] == ["brace/types", "safety_check"]


def test_the_first_miss_asks_for_other_words() -> None:
    talk = Talk()
    messages = talk.turn(ActionFallback())
    assert (said(messages), kinds(messages)) == (["Other words, please."], ["fallback"])
    assert talk.slots == {"topic": None, "offered": [], "fallbacks": 1}


def test_the_second_miss_in_a_row_offers_topics_and_a_human() -> None:
    talk = Talk("GB")
    talk.turn(ActionFallback())
    messages = talk.turn(ActionFallback())
    assert said(messages) == ["Still not.", "Ask your doctor, or call 999."]
    assert offered(messages) == [[], ["topic:causes/stroke"]]
    assert talk.slots["fallbacks"] == 2


def test_an_answer_in_between_makes_the_next_miss_the_first_again() -> None:
    talk = Talk()
    talk.turn(ActionFallback())
    talk.turn(ActionAnswer(), topic=STROKE)
    assert said(talk.turn(ActionFallback())) == ["Other words, please."]


def test_a_miss_keeps_the_topic_before_in_mind() -> None:
    talk = Talk()
    talk.turn(ActionAnswer(), topic=STROKE)
    talk.turn(ActionFallback())
    assert talk.slots["topic"] == STROKE


@pytest.mark.parametrize(
    ("text", "expected"),
    [(TextId.EMPTY, "Nothing came."), (TextId.EMOJI_ONLY, "In words, please.")],
)
def test_a_message_without_words_has_a_reply_of_its_own(text: TextId, expected: str) -> None:
    assert said(Talk().turn(ActionFallback(), text=text.value)) == [expected]


@pytest.mark.parametrize("topic", load().topics)
def test_every_topic_of_the_project_can_be_answered(
    topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    messages = Talk("GB").turn(ActionAnswer(), topic=topic, statement=True)
    assert all(message["text"].strip() for message in messages)
    assert not any("{" in message["text"] for message in messages)
    assert messages[-1]["sources"]
