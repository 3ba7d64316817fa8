"""What Dorsi says has to be easy to read, and safe."""

from __future__ import annotations

import pytest

from content.lint.reading import grade

from .conftest import BRACE, GREET, TEXTS, Tiny

HARD = "Rehabilitation encompasses comprehensive multidisciplinary neurological evaluation."
EASY = "It can help you to walk. Ask your doctor about it."
SHORTER = "Use shorter sentences and everyday words."


def test_an_answer_that_is_hard_to_read_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, EASY, f"{HARD} {HARD}")
    found = tiny.only()
    assert found.startswith(f"{tiny.place(BRACE, 'answer')}: error: reading grade ")
    assert found.endswith(f"; the most is 6. {SHORTER}")


def test_the_advice_to_see_someone_is_measured_by_itself(tiny: Tiny) -> None:
    tiny.edit(BRACE, "Tell your doctor if it hurts.", HARD)
    found = tiny.only()
    assert found.startswith(f"{tiny.place(BRACE, 'see_someone')}: error: reading grade ")
    assert found.endswith(SHORTER)


@pytest.mark.parametrize(
    ("path", "old"),
    [(GREET, "Hello. What would you like to know?"), (TEXTS, "What would you like to know about?")],
)
def test_replies_and_texts_are_measured(tiny: Tiny, path: str, old: str) -> None:
    tiny.edit(path, old, HARD)
    found = tiny.only()
    assert found.startswith(tiny.place(path, "reply") if path == GREET else f"{TEXTS}:")
    assert found.endswith(SHORTER)


def test_a_message_with_the_emergency_number_has_to_be_easier(tiny: Tiny) -> None:
    said = "If any of the symptoms begin very suddenly, immediately call {emergency} for help."
    assert 5 < grade([said]) <= 10
    tiny.edit(
        GREET, "  - Hello. What would you like to know?", f"  - Hello you. {EASY}\n  - {said}"
    )
    found = tiny.findings()
    assert any(
        line.startswith(f"{tiny.place(GREET, 'suddenly')}: error: reading grade ")
        and line.endswith(f"beside the emergency number; the most is 5. {SHORTER}")
        for line in found
    )


def test_a_placeholder_is_measured_as_a_number() -> None:
    assert grade(["In need, call {emergency}."]) == grade(["In need, call 999."])


def test_a_line_of_a_list_is_measured_as_a_sentence() -> None:
    assert grade(["Look for these:\n- a cold leg\n- a pale leg"]) == grade(
        ["Look for these:. - a cold leg. - a pale leg."]
    )


def test_a_long_sentence_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, EASY, f"{EASY} {'so it is ' * 8}so it.")
    assert (
        f'{tiny.place(BRACE, "so it is")}: error: the sentence "so it is so it ..." has 26 words; '
        "the most is 25. Make two sentences of it."
    ) in tiny.findings()


def test_a_long_message_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, EASY, " ".join(["You can try it at home."] * 13))
    assert tiny.only() == (
        f"{tiny.place(BRACE, 'home. You')}: error: the message has 78 words; the most is 75. "
        "Cut it, or make two messages of it."
    )


def test_an_answer_of_four_messages_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, f"  - {EASY}", f"  - {EASY}\n  - {EASY}\n  - {EASY}")
    assert tiny.only() == (
        f"{tiny.place(BRACE, 'answer')}: error: the answer has 4 messages. Make it 1 to 3 messages."
    )


def test_an_answer_of_no_message_is_an_error(tiny: Tiny) -> None:
    text = tiny.read(BRACE)
    start, end = text.index("answer:"), text.index("see_someone:")
    tiny.write(BRACE, f"{text[:start]}answer: []\n{text[end:]}")
    assert tiny.only().endswith("the answer has 0 messages. Make it 1 to 3 messages.")


def test_a_title_that_no_button_holds_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, "About a brace", "About a brace and everything that goes with")
    assert tiny.only() == (
        f"{BRACE}:2: error: the title has 43 letters; a button holds 42. Shorten it."
    )


@pytest.mark.parametrize("placeholder", ["{name}", "{Emergency}", "{emergency", "}"])
def test_an_unknown_placeholder_is_an_error(tiny: Tiny, placeholder: str) -> None:
    tiny.edit(BRACE, EASY, f'"{EASY} So {placeholder}"')
    found = tiny.only()
    assert found.startswith(f"{tiny.place(BRACE, 'So ')}: error: the placeholder `{placeholder}")
    assert found.endswith("Write {emergency} or {advice_line}, or the words themselves.")


@pytest.mark.parametrize("dose", ["10 mg", "2.5mg", "50 mcg", "5ml", "2 tablets", "two tablets"])
def test_a_dose_of_a_medicine_is_an_error(tiny: Tiny, dose: str) -> None:
    tiny.edit(BRACE, EASY, f"{EASY} You can take {dose} at night.")
    assert tiny.only() == (
        f'{tiny.place(BRACE, "at night")}: error: "{dose}" is a dose of a medicine. '
        "Delete it and send the reader to a doctor or pharmacist."
    )


COACH = "data/coach/texts.yml"


def coach_says(text: str) -> str:
    return f'buttons:\n  stop: Stop\ntexts:\n  start: {text}\nagreeing: ["yes"]\ndenying: ["no"]\n'


def test_what_the_coach_says_is_measured(tiny: Tiny) -> None:
    tiny.write(COACH, coach_says(HARD))
    found = tiny.only()
    assert found.startswith(f"{COACH}:4: error: reading grade ")
    assert found.endswith(f"; the most is 6. {SHORTER}")


def test_a_long_sentence_of_the_coach_is_an_error(tiny: Tiny) -> None:
    tiny.write(COACH, coach_says(" ".join(["go"] * 26)))
    found = tiny.findings()
    assert any("a sentence has more than 25 words" in line for line in found)


def test_a_long_text_of_the_coach_is_an_error(tiny: Tiny) -> None:
    tiny.write(COACH, coach_says("We go on now. " * 19))
    assert tiny.only() == (f"{COACH}:4: error: the text has 76 words; the most is 75. Cut it.")


def test_a_phrase_of_a_few_words_has_no_grade(tiny: Tiny) -> None:
    tiny.write(COACH, coach_says("Neurological rehabilitation"))
    assert tiny.findings() == []
