"""An example is in nobody's words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.intake.edited import FEW, LONGEST, Original, wrong
from desk.privacy.masking import masked, spans

LONG = "I came out of hospital on Tuesday and my left foot keeps catching on every stair"


def original(text: str) -> Original:
    return Original(text, spans(text))


def refused(sentence: str, *messages: str) -> str:
    return wrong(sentence, [original(message) for message in messages])


def test_other_words_for_the_same_may_be_taken() -> None:
    assert refused("my toes catch whenever I go upstairs", LONG) == ""


@pytest.mark.parametrize(
    "unedited",
    [
        LONG,
        LONG.upper(),
        f"  {LONG}!! ",
        LONG.replace("hospital", "hospitel"),
        LONG.replace("keeps", "kept"),
    ],
)
def test_a_message_is_refused_also_with_other_capitals_signs_or_a_mended_slip(
    unedited: str,
) -> None:
    assert "patient's own words" in refused(unedited, LONG)


def test_a_long_piece_of_a_message_is_refused_and_named() -> None:
    said = refused("why my left foot keeps catching on every stair, please?", LONG)
    assert "“my left foot keeps catching on every stair” stands so" in said


def test_a_few_words_are_everybodys() -> None:
    for text in ("drop foot surgery", "can I drive", "what is an AFO"):
        assert len(text.split()) <= FEW
        assert refused(text, text) == ""
    assert refused("can I drive my car", "can I drive my car") != ""


def test_a_few_words_with_something_hidden_are_refused_however_they_are_left() -> None:
    message = "my name is Arthur Pembroke"
    (hidden,) = spans(message)
    assert hidden.kind == "name"
    assert "[name]" in refused(masked(message, [hidden]), message)
    assert refused(message, message) != ""
    assert "own words" in refused("my name is", message)


@pytest.mark.parametrize(
    "typed",
    [
        "Dr Pembroke said I need a brace",
        "write to ann@example.org about my brace",
        "ring me on 07700 900123 about the splint",
    ],
)
def test_what_tells_who_somebody_is_is_found_in_what_was_typed(typed: str) -> None:
    assert "may tell who somebody is" in refused(typed, "which brace do i need for the left foot")


def test_a_hidden_word_may_not_come_back_by_another_way() -> None:
    message = "My son Basil has drop foot since he was two, can he do sport at school"
    assert any(message[span.start : span.end] == "Basil" for span in spans(message))
    assert "“basil” may tell" in refused("is basil good for feet", message)
    assert refused("is basil good for feet", LONG) == ""


def test_nothing_and_too_much_are_refused() -> None:
    for empty in ("", "  \n", "?!"):
        assert "Write the sentence" in refused(empty, LONG)
    assert "at most" in refused("foot " * LONGEST, LONG)


def test_it_has_to_be_edited_of_each_message_of_a_group() -> None:
    other = "does anybody know whether swimming in the sea is allowed with my new brace"
    assert "own words" in refused(other, LONG, other)
    assert refused("may I swim with a splint on", LONG, other) == ""


@given(st.text(max_size=200))
def test_no_message_of_more_than_a_few_words_is_an_example_of_itself(text: str) -> None:
    message = original(text)
    plain = re.sub("['\u2019]", "", text.casefold())
    if message.hidden or len(re.findall(r"[^\W_]+", plain)) > FEW:
        assert wrong(text, [message])


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_whatever_is_typed_is_taken_or_refused_with_a_sentence(
    sentence: str, messages: list[str]
) -> None:
    said = refused(sentence, *messages)
    assert said == "" or said.rstrip("”").endswith(".")
