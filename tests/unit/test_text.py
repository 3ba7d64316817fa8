"""What is read off a message's characters."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu import text as texts
from assistant.nlu.text import MAX_LENGTH, segments, tidy

ANY = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  my\tfoot \r\n drops ", "my foot drops"),
        ("my \ud83d foot", "my foot"),
        ("foot\x00drop", "foot drop"),
        ("\u202efoot\u202c drop\u200f", "foot drop"),
        ("foot\u200bdrop", "foot drop"),
        ("cafe\u0301", "caf\u00e9"),
        ("can\u2019t \u201clift\u201d", 'can\'t "lift"'),
        ("\x07\x08\x1b", ""),
    ],
)
def test_a_message_is_made_one_plain_line(typed: str, read: str) -> None:
    assert tidy(typed) == read


def test_of_a_very_long_message_beginning_and_end_are_kept() -> None:
    read = tidy("My foot drops. " + "and so on " * 10_240 + "What can I do?")
    assert len(read) <= MAX_LENGTH
    assert read.startswith("My foot drops.")
    assert read.endswith("What can I do?")


def test_a_message_of_just_the_greatest_length_is_kept_whole() -> None:
    assert tidy("a" * MAX_LENGTH) == "a" * MAX_LENGTH
    assert len(tidy("a" * (MAX_LENGTH + 1))) == MAX_LENGTH


@pytest.mark.parametrize("part", ["a\u0301\u0316", "\u0301\u0316", '?")', " - ", "and why ", "\n"])
def test_a_hundred_kilobytes_of_anything_are_read_at_once(part: str) -> None:
    message = part * (100_000 // len(part))
    began = time.monotonic()
    read = tidy(message)
    segments(read)
    texts.is_question(read)
    texts.is_statement(read)
    assert time.monotonic() - began < 2


@given(ANY)
def test_a_tidied_message_is_short_encodable_and_without_control_signs(typed: str) -> None:
    read = tidy(typed)
    assert len(read) <= MAX_LENGTH
    assert read.encode() == read.encode("utf-8", "ignore")
    assert not [sign for sign in read if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co")]
    assert read == tidy(read)


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("What is it? Can I drive with it?", ["What is it?", "Can I drive with it?"]),
        ("What is it and can I drive with it", ["What is it", "can I drive with it"]),
        ("My foot drops. Help me. Please", ["My foot drops. Help me. Please"]),
        ("I trip a lot; how do I stop that", ["I trip a lot", "how do I stop that"]),
        ("I fell over -- what now then", ["I fell over", "what now then"]),
        ("my foot and my leg are weak", ["my foot and my leg are weak"]),
        ("...", ["..."]),
        ("", [""]),
    ],
)
def test_a_message_is_cut_into_sentences(message: str, parts: list[str]) -> None:
    assert segments(message) == parts


@given(ANY)
def test_a_message_has_at_least_one_sentence_and_loses_no_word(typed: str) -> None:
    joined = texts.words(" ".join(segments(typed)))
    left_out = {"and", "also", "plus"}
    assert segments(typed)
    assert [w for w in joined if w.lower() not in left_out] == [
        w for w in texts.words(typed) if w.lower() not in left_out
    ]


@pytest.mark.parametrize(
    "message",
    [
        "does it hurt",
        "it hurts?",
        "so, ok, what now",
        "hello please can you help",
        "I would like to know about braces",
        "my foot drops, what should I do",
        "any tips for stairs",
        "TELL ME ABOUT AFOS",
    ],
)
def test_what_asks_is_a_question_and_no_statement(message: str) -> None:
    assert texts.is_question(message)
    assert not texts.is_statement(message)


@pytest.mark.parametrize(
    "message",
    ["my toes drag", "I can't lift my foot.", "mum keeps tripping", "it feels numb", "wont lift"],
)
def test_what_is_told_of_somebody_is_a_statement(message: str) -> None:
    assert texts.is_statement(message)


@pytest.mark.parametrize("message", ["foot drop", "AFO shoes wide", "", "thanks"])
def test_a_fragment_is_neither_question_nor_statement(message: str) -> None:
    assert not texts.is_question(message)
    assert not texts.is_statement(message)


@pytest.mark.parametrize("message", ["👍", "🦶🏽😢", "❤️", "🇬🇧", "👨‍👩‍👧"])
def test_emoji_alone_are_known_as_such(message: str) -> None:
    assert texts.is_emoji_only(tidy(message))
    assert not texts.is_empty(tidy(message))


@pytest.mark.parametrize("message", ["", "   ", "\x00\x07", "\u202e", "\ud800"])
def test_a_message_without_any_sign_that_says_something_is_empty(message: str) -> None:
    assert texts.is_empty(tidy(message))
    assert not texts.is_emoji_only(tidy(message))


def test_a_word_beside_an_emoji_is_read() -> None:
    assert not texts.is_emoji_only("thanks 👍")
    assert not texts.is_empty("thanks 👍")


def test_texts_are_compared_without_case_and_punctuation() -> None:
    assert texts.normalise("What's an A.F.O.? It's_that") == "whats an a f o its that"


def test_an_emoji_newer_than_this_python_is_an_emoji() -> None:
    assert texts.is_emoji_only(tidy("\U0001fae1"))


def test_a_question_in_a_later_sentence_makes_it_no_statement() -> None:
    assert not texts.is_statement("My foot drags when I walk. Will it get better")
