"""Examples: enough of them, and none twice."""

from __future__ import annotations

import pytest

from content.lint.examples import normalise

from .conftest import ASPECTS, BRACE, CAUSE, GREET, Tiny

LONG = "my father cannot lift the front of his left foot since the spring"


def add(tiny: Tiny, path: str, text: str) -> None:
    subject = {BRACE: "brace", CAUSE: "stroke", GREET: "greeting", ASPECTS: "time"}[path]
    indent = "      " if path == ASPECTS else "  "
    last = f"{indent}- {subject} question 24"
    tiny.edit(path, last, f"{last}\n{indent}- {text}")


@pytest.mark.parametrize(
    ("path", "subject", "kind"), [(BRACE, "brace", "a topic"), (GREET, "greeting", "an act")]
)
def test_too_few_examples_are_counted(tiny: Tiny, path: str, subject: str, kind: str) -> None:
    tiny.edit(path, f"  - {subject} question 3\n", "")
    assert tiny.only() == (
        f"{tiny.place(path, 'examples')}: error: 24 examples; {kind} needs 25. Add 1 more."
    )


def test_the_same_example_twice_in_a_file_is_an_error(tiny: Tiny) -> None:
    add(tiny, BRACE, "Brace,  question 7!")
    assert tiny.only() == (
        f'{tiny.place(BRACE, "Brace,")}: error: "Brace, question 7!" stands in line '
        f"{tiny.place(BRACE, 'question 7').split(':')[1]} already. Delete one of the two."
    )


@pytest.mark.parametrize("other", [CAUSE, GREET, ASPECTS])
def test_the_same_example_for_two_things_is_an_error(tiny: Tiny, other: str) -> None:
    add(tiny, BRACE, "it's like this")
    add(tiny, other, "Its like this?")
    first, again = sorted(
        [tiny.place(BRACE, "it's like this"), tiny.place(other, "Its like this?")]
    )
    found = tiny.only()
    assert found.startswith(f'{again}: error: "')
    assert found.endswith(f"is also an example at {first}. Keep it where it fits best.")


def test_nearly_the_same_example_for_two_things_is_an_error(tiny: Tiny) -> None:
    add(tiny, BRACE, LONG)
    add(tiny, CAUSE, LONG.replace("spring", "sprng"))
    found = tiny.only()
    assert found.startswith(f'{tiny.place(CAUSE, "sprng")}: error: "my father')
    assert found.endswith(
        f"at {tiny.place(BRACE, LONG)}. Keep one of them, or say it in other words."
    )


def test_nearly_the_same_example_within_a_topic_is_allowed(tiny: Tiny) -> None:
    add(tiny, BRACE, LONG)
    add_again = f"  - {LONG}\n  - {LONG.replace('spring', 'sprng')}"
    tiny.edit(BRACE, f"  - {LONG}", add_again)
    assert tiny.findings() == []


def test_short_examples_may_be_nearly_the_same(tiny: Tiny) -> None:
    add(tiny, BRACE, "physiotherapist appointment letter")
    add(tiny, CAUSE, "physiotherapist appointment letters")
    assert tiny.findings() == []


def test_examples_in_other_words_are_allowed(tiny: Tiny) -> None:
    add(tiny, BRACE, LONG)
    add(tiny, CAUSE, LONG.replace("my father", "our uncle Bert"))
    assert tiny.findings() == []


def test_comparison_overlooks_case_punctuation_and_spaces() -> None:
    assert normalise("  What's\tTHAT - a   brace?! ") == "whats that a brace"


def test_an_example_of_signs_alone_is_compared_as_it_is() -> None:
    assert normalise(" ?? ") == "??"
    assert normalise("\N{FOOT}") == "\N{FOOT}"
