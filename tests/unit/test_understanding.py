"""What a message means in its conversation, with a ranker whose scores are written here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.gate import Decision, Thresholds
from assistant.nlu.types import Floats
from assistant.nlu.understanding import MAX_ALSO, Context, Understander, Understanding, chosen
from content.names import UNDERSTANDING

from .small import CATALOGUE

LABELS = [*CATALOGUE.topics, *CATALOGUE.acts, "aspect/how_long", "aspect/cost"]
GATE = Thresholds(answer=0.5, margin=0.15, clarify=0.1, covered=0.3, act=0.4)
LEAST = 1e-6
NOTHING = Context()
Scores = dict[str, float]


class WrittenRanker:
    """Gives the labels that are written for a text; for any other, ``otherwise``."""

    labels = LABELS

    def __init__(self, written: dict[str, Scores], otherwise: Scores) -> None:
        self.written = written
        self.otherwise = otherwise

    def scores(self, texts: Sequence[str]) -> Floats:
        found = [self.written.get(text, self.otherwise) for text in texts]
        return np.log([[p.get(label, LEAST) for label in LABELS] for p in found])


def understand(
    message: str,
    context: Context = NOTHING,
    otherwise: Scores | None = None,
    written: dict[str, Scores] | None = None,
) -> Understanding:
    ranker: Any = WrittenRanker(written or {}, otherwise or {})
    return reader(ranker).understand(message, context)


@cache
def reader(ranker: Any) -> Understander:
    return Understander(ranker, CATALOGUE, GATE)


def test_a_sure_topic_is_answered_by_its_family() -> None:
    understood = understand("which brace", otherwise={"brace/types": 0.9})
    assert understood.decision is Decision.ANSWER
    assert (understood.topic, understood.intent) == ("brace/types", "brace")
    assert understood.confidence == pytest.approx(1.0, abs=1e-4)


def test_an_act_is_its_own_intent_and_no_topic() -> None:
    understood = understand("hello", otherwise={"greet": 0.9})
    assert (understood.topic, understood.intent) == (None, "greet")


def test_doubt_between_topics_is_asked_about() -> None:
    understood = understand("a splint", otherwise={"brace/types": 0.5, "surgery/tendon": 0.45})
    assert (understood.decision, understood.topic) == (Decision.CLARIFY, None)
    assert understood.candidates == ("brace/types", "surgery/tendon")
    assert understood.intent == "clarify"


def test_what_fits_nothing_falls_back() -> None:
    understood = understand("grnf blat")
    assert (understood.decision, understood.intent) == (Decision.FALLBACK, "nlu_fallback")


def test_a_follow_up_question_leans_on_the_topic_before() -> None:
    scores = {"aspect/how_long": 0.9}
    after = understand("and how long is it", Context("surgery/tendon"), scores)
    assert after.topic == "surgery/tendon"
    assert understand("and how long is it", NOTHING, scores).topic == "causes/stroke"


def test_a_follow_up_question_that_nothing_answers_is_asked_about() -> None:
    understood = understand("what does it cost", otherwise={"aspect/cost": 0.9})
    assert (understood.intent, understood.topic, understood.candidates) == ("aspect", None, ())


TWO = "Which kinds of brace are there? And was it a stroke?"
SCORES = {
    TWO: {"brace/types": 0.8, "causes/stroke": 0.2},
    "Which kinds of brace are there?": {"brace/types": 0.9},
    "And was it a stroke?": {"causes/stroke": 0.9},
    "Which kinds of brace are there": {"brace/types": 0.9},
    "It was a stroke.": {"causes/stroke": 0.9},
}


def test_a_second_question_in_the_message_is_kept() -> None:
    ranking = {**SCORES, TWO: {"brace/types": 0.95}}
    ranking["And was it a stroke?"] = {"causes/stroke": 0.65, "brace/types": 0.35}
    understood = understand(TWO, written=ranking)
    assert understood.topic == "brace/types"
    assert understood.also == ("causes/stroke",)


def test_a_second_sentence_that_asks_nothing_is_no_second_question() -> None:
    message = "It was a stroke. Which kinds of brace are there"
    understood = understand(message, written={**SCORES, message: {"brace/types": 0.9}})
    assert (understood.topic, understood.also) == ("brace/types", ())


def test_something_told_is_a_statement_and_something_asked_is_none() -> None:
    scores = {"early_signs/floppy_foot": 0.9}
    assert understand("my foot hangs down", otherwise=scores).statement
    assert not understand("why does my foot hang down", otherwise=scores).statement


@pytest.mark.parametrize("message", ["", "   ", "\x00\u202e"])
def test_an_empty_message_has_a_text_of_its_own(message: str) -> None:
    understood = understand(message, otherwise={"greet": 0.9})
    assert (understood.decision, understood.text) == (Decision.FALLBACK, "empty")
    assert (understood.label, understood.ranking) == ("", [])


def test_emoji_alone_have_a_text_of_their_own() -> None:
    assert understand("🦶😢", otherwise={"greet": 0.9}).text == "emoji_only"


@pytest.mark.parametrize(
    ("typed", "topic", "intent"),
    [
        ("the second one", "causes/stroke", "causes"),
        ("check the warning signs", None, "safety_check"),
    ],
)
def test_a_button_named_in_words_is_taken_without_doubt(
    typed: str, topic: str | None, intent: str
) -> None:
    offered = ("safety_check", "causes/stroke")
    understood = understand(typed, Context(offered=offered), {"greet": 0.9})
    assert (understood.topic, understood.intent) == (topic, intent)
    assert understood.confidence == 1.0


def test_a_place_is_no_choice_where_nothing_was_offered() -> None:
    assert understand("the second one", otherwise={"greet": 0.9}).intent == "greet"


def test_a_pressed_topic_is_chosen_whatever_it_reads_like() -> None:
    data = chosen("topic:causes/stroke", CATALOGUE.acts)
    assert data["intent"] == {"name": "choose", "confidence": 1.0}
    assert data[UNDERSTANDING]["topic"] == "causes/stroke"


def test_a_pressed_act_is_its_own_intent() -> None:
    data = chosen("act:safety_check", CATALOGUE.acts)
    assert data["intent"]["name"] == "safety_check"
    assert data[UNDERSTANDING]["topic"] is None


@pytest.mark.parametrize("button", ["act:gone", "", "/greet", "topic:"])
def test_a_button_nobody_knows_is_a_choice_of_nothing(button: str) -> None:
    data = chosen(button, CATALOGUE.acts)
    assert (data["intent"]["name"], data[UNDERSTANDING]["topic"]) == ("choose", None)


FLAT: Any = WrittenRanker({}, {})
UNSURE: Any = WrittenRanker({}, {"brace/types": 0.4, "aspect/how_long": 0.3, "greet": 0.2})


@given(
    st.text(st.characters(codec=None)),
    st.sampled_from([None, *CATALOGUE.topics, "gone/topic"]),
    st.lists(st.sampled_from([*CATALOGUE.topics, *CATALOGUE.acts, "gone/topic"])).map(tuple),
    st.sampled_from([FLAT, UNSURE]),
)
def test_any_text_in_any_conversation_is_understood_somehow(
    message: str, topic: str | None, offered: tuple[str, ...], ranker: Any
) -> None:
    understood = reader(ranker).understand(message, Context(topic, offered))
    assert 0 <= understood.confidence <= 1 + 1e-9
    assert understood.topic is None or understood.topic in CATALOGUE.topics
    assert set(understood.candidates) | set(understood.also) <= set(CATALOGUE.topics)
    assert len(understood.also) <= MAX_ALSO
    assert understood.as_parse_data(message)["intent"]["name"] == understood.intent != ""
