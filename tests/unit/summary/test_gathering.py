"""What of a patient's messages stands in the draft, and what never does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.summary.values import Diary, Done
from content.summary import Cause, Heading

from .reviewing import GATHERER, SUMMARY, told

OWN = (
    "my left foot drags on the kerb",
    "I cannot lift my toes",
    "my toes are numb at night",
    "I trip over the rug",
    "I fell on Monday",
    "my right calf hurts",
    "I can barely walk to the shop",
    "my balance is bad",
)
DENIED = (
    "I have no pain in my hip",
    "my knee is not swollen",
    "I have never had a numb hand",
    "I have not fallen",
    "my right ankle is fine and not weak",
)
OF_OTHERS = (
    "my mum has a weak leg",
    "my dad's foot drops",
    "my husband cannot lift his foot",
    "my neighbour fell down the stairs",
    "she has numb toes",
    "his leg is stiff",
)
IMAGINED = (
    "what if my leg goes numb",
    "I might get a stiff ankle",
    "if I fall I will call my son",
    "I am afraid of falling",
    "would my knee hurt then",
    "I hope my leg is not weak",
)
ASKED = (
    "why is my shin sore?",
    "does a weak leg mean MS?",
    "can I trip over my own shoes?",
    "is my calf getting thinner?",
    "what helps a stiff ankle?",
)
KEPT_OUT = (*DENIED, *OF_OTHERS, *IMAGINED, *ASKED)


@pytest.mark.parametrize(
    ("text", "heading", "line"),
    [
        ("My foot drags.", "symptoms", "My foot drags"),
        ("hi, my FOOT keeps dropping!!", "symptoms", "hi, my FOOT keeps dropping"),
        ("My husband says my foot slaps", "symptoms", "My husband says my foot slaps"),
        ("my foot drags, what can I do?", "symptoms", "my foot drags"),
        ("I have no pain but my leg is numb", "symptoms", "my leg is numb"),
        ("my mum had a stroke. My foot is weak", "symptoms", "My foot is weak"),
        ("i cant lift my toes", "symptoms", "i cant lift my toes"),
        ("I’m exhausted", "symptoms", "I’m exhausted"),
        ("my foot hurts! what now?", "symptoms", "my foot hurts"),
        ("left foot numb since yesterday", "symptoms", "left foot numb since yesterday"),
        ("I've had foot drop for ten years", "symptoms", "I've had foot drop for ten years"),
        ("my foot drags since Tuesday", "began", "since Tuesday"),
        ("my foot is weak since my operation", "began", "since my operation"),
        ("My foot has been numb for about three weeks", "began", "for about three weeks"),
        ("My leg went weak. It started in March.", "began", "started in March"),
        ("my toes went numb overnight", "began", "overnight"),
        ("my left foot drags", "side", "left foot"),
        ("Both my feet are numb", "side", "Both my feet"),
        ("my foot drags, it's the right one", "side", "it's the right one"),
        ("I fell on Monday", "falls", "I fell on Monday"),
        ("I tripped twice last week", "falls", "I tripped twice last week"),
        ("I fell three weeks ago", "falls", "I fell three weeks ago"),
        ("I keep falling over", "falls", "I keep falling over"),
        ("I've had two falls", "falls", "I've had two falls"),
        ("I have MS.", "health", "I have MS"),
        ("I had a stroke in 2019", "health", "I had a stroke in 2019"),
    ],
)  # fmt: skip
def test_what_is_told_stands_under_its_heading_in_the_patients_words(
    text: str, heading: str, line: str
) -> None:
    assert line in told(text).get(heading, [])


@pytest.mark.parametrize("text", KEPT_OUT)
def test_denied_anothers_imagined_and_asked_stand_nowhere(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "foot drop exercises",
        "numb foot causes",
        "exercises for my weak foot please",
        "tell me about foot drop",
        "I want to know about leg cramps",
        "what is foot drop",
        "I fell asleep",
        "I used to have back pain when I was young",
        "I don't think my foot is weak",
        "My father has MS. Drags his foot since May",
        "I left home at nine",
        "my car broke down on the right side of the road",
        "I have lived here since 2010",
        "my lady has a drop foot, what do I look out for",
        "hi can you talk me through how my floppy foot works",
        "Do I just turn up at the hospital with my floppy foot",
        "I looked around for groups. Some have MS in their name",
        "yes",
        "thank you",
        "",
        "???",
    ],
)
def test_what_tells_nothing_of_the_patients_body_stands_nowhere(text: str) -> None:
    assert told(text) == {}


def test_a_letter_gives_its_clauses_and_not_the_whole_of_it() -> None:
    letter = (
        "Dear Dorsi, I hope you are well. We had lovely weather and my sister came to stay. "
        "My left foot has been dragging since Easter, and my sister says I should ask. "
        "Her knee is bad too. I fell in the garden on Sunday. What should I do?"
    )
    assert told(letter) == {
        "symptoms": ["My left foot has been dragging since Easter"],
        "began": ["since Easter"],
        "side": ["left foot"],
        "falls": ["I fell in the garden on Sunday"],
    }


def test_lines_stand_in_the_order_of_telling_and_each_once() -> None:
    found = told("my toes are numb", "my foot drags", "My toes are  numb", "my foot drags")
    assert found["symptoms"] == ["my toes are numb", "my foot drags"]


def test_words_stand_under_one_heading_only() -> None:
    found = told("I have MS and my left foot drags")
    assert found["symptoms"] == ["I have MS and my left foot drags"]
    assert "health" not in found


def test_a_side_is_only_what_was_said() -> None:
    assert "side" not in told("my foot drags")
    assert told("my left foot drags", "my right foot is fine")["side"] == ["left foot"]


def test_an_endless_clause_is_cut_to_the_words_around_the_sign() -> None:
    text = "well " * 30 + "my foot drags " + "and more " * 30
    [line] = told(text)["symptoms"]
    assert "my foot drags" in line
    assert len(line.split()) <= 45
    assert line in text


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("I have MS", Cause.MS),
        ("I was diagnosed with multiple sclerosis in 2015", Cause.MS),
        ("I have a slipped disc", Cause.SLIPPED_DISC),
        ("They told me I have a trapped nerve", Cause.PRESSED_NERVE),
        ("my foot is weak after my operation", Cause.AFTER_OPERATION),
        ("I had a hip replacement", Cause.AFTER_OPERATION),
        ("I had a stroke last year", Cause.STROKE),
        ("I am diabetic", Cause.DIABETES),
        ("nobody knows why my foot drops", Cause.UNKNOWN),
    ],
)
def test_a_told_cause_chooses_its_questions(text: str, cause: Cause) -> None:
    assert GATHERER.causes([text])[:1] == [cause]
    lines = [item.text for item in GATHERER.questions([cause])]
    assert lines[:3] == list(SUMMARY.questions[cause][:3])
    assert lines[3:] == list(SUMMARY.questions[Cause.GENERAL][:2])


@pytest.mark.parametrize(
    "text", ["I do not have MS", "my mum has MS", "what is MS?", "could it be a stroke?",
             "I am worried that I might have MS", "does diabetes cause it"],
)  # fmt: skip
def test_no_cause_is_taken_from_what_was_not_told(text: str) -> None:
    assert GATHERER.causes([text]) == []


def test_without_a_cause_there_are_five_general_questions_none_of_them_quoted() -> None:
    found = GATHERER.questions([])
    assert [item.text for item in found] == list(SUMMARY.questions[Cause.GENERAL][:5])
    assert not any(item.quoted for item in found)


def test_the_diary_gives_falls_and_exercises_that_are_not_quoted() -> None:
    done = (Done("Toe raises", 10, 2), Done("Heel stretch"), Done("Toe raises", 10, 2))
    found = GATHERER.diary(Diary(done, falls=2))
    assert [(item.heading, item.text) for item in found] == [
        (Heading.FALLS, "Falls noted in my diary in the last four weeks: 2."),
        (Heading.EXERCISES, "Toe raises: 10 repeats, pain 2 out of 10"),
        (Heading.EXERCISES, "Heel stretch"),
    ]
    assert not any(item.quoted for item in found)


def test_no_falls_noted_and_nobody_asked_are_both_silent() -> None:
    assert GATHERER.diary(Diary(falls=0)) == GATHERER.diary(Diary()) == []


sentences = st.sampled_from(OWN) | st.sampled_from(KEPT_OUT)
ends = st.sampled_from([". ", "! ", "\n", ".\n\n", "; "])
messages = st.lists(st.tuples(sentences, ends), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(messages, min_size=1, max_size=3))
def test_every_line_is_typed_and_nothing_denied_imagined_asked_or_anothers_gets_in(
    talk: list[list[tuple[str, str]]],
) -> None:
    typed = ["".join(part + end for part, end in message) for message in talk]
    lines = [item.text for item in GATHERER.told(typed)]
    assert all(any(line in text for text in typed) for line in lines)
    assert not [(line, out) for line in lines for out in KEPT_OUT if out in line or line in out]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=3))
def test_any_text_gives_only_its_own_words(typed: list[str]) -> None:
    assert all(any(item.text in text for text in typed) for item in GATHERER.told(typed))
