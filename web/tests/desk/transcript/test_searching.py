"""Which words of a text a search marks."""

import pytest

from desk.privacy.masking import Kind, Span
from desk.transcript.marks import pieces
from desk.transcript.searching import MAX_WORDS, found, stems


def marked(text: str, query: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in found(pieces(text, []), stems(query))]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("walk", ["Walking", "walked"]),
        ("WALKS OR brace", ["Walking", "walked", "brace"]),
        ("foot", ["FOOT"]),
        ("cafe", ["café"]),
        ("", []),
        ('"', []),
        ("and or not", []),
    ],
)
def test_a_search_marks_the_words_that_go_on_from_its_stems(query: str, words: list[str]) -> None:
    assert marked("Walking, I walked to the café with my FOOT in a brace.", query) == words


@pytest.mark.parametrize(("query", "words"), [("not", ["not"]), ("Dragging", ["drags", "drag"])])
def test_a_search_marks_what_the_search_itself_finds(query: str, words: list[str]) -> None:
    assert marked("It drags, it did not drag before.", query) == words


def test_hidden_words_are_never_found() -> None:
    parts = pieces("Ann said", [Span(0, 3, Kind.NAME)])
    assert list(found(parts, stems("ann name"))) == []


def test_a_search_of_endless_words_ends() -> None:
    assert len(stems("word " * 5000)) == MAX_WORDS
