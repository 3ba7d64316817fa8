"""What is said of a red flag: whom to call first, in few and easy words."""

from __future__ import annotations

import pytest

from content.files import DATA
from content.lint.__main__ import ROOT
from content.lint.advice import CORE_WORDS, PLACEHOLDERS, QUESTION_WORDS
from content.lint.project import read_project
from content.lint.reading import count_words
from content.lint.red_flags import ALARMS

from .conftest import REGIONS, TODAY, Tiny
from .flagged import ASK, FLAG, GENERAL, HARD, SHORTER, only

# Whom to call


def test_an_emergency_names_its_number_in_the_first_sentence(flagged: Tiny) -> None:
    flagged.edit(FLAG, '"Call {emergency} now."', '"Do not wait. Call {emergency} now."')
    assert only(flagged, FLAG, "Do not wait") == (
        "the first sentence of the advice names no {emergency}. "
        "Begin with whom to call, such as: Please get help now: {emergency}."
    )


@pytest.mark.parametrize("number", ["{same_day}", "{emergency}"])
def test_something_urgent_names_either_number_in_the_first_sentence(
    flagged: Tiny, number: str
) -> None:
    flagged.edit(FLAG, '"Please get help today: {same_day}."', f'"Call {number}."')
    assert flagged.findings() == []
    flagged.edit(FLAG, f'"Call {number}."', f'"Get help. Call {number}."')
    assert only(flagged, FLAG, "Get help.").startswith(
        "the first sentence of the advice names no {same_day} or {emergency}. Begin with whom"
    )


def test_the_number_of_the_day_is_not_enough_in_an_emergency(flagged: Tiny) -> None:
    flagged.edit(FLAG, '"Call {emergency} now."', '"Please {same_day} now."')
    assert only(flagged, FLAG, "{same_day} now").startswith(
        "the first sentence of the advice names no {emergency}."
    )


@pytest.mark.parametrize(
    ("text", "level"),
    [("I am glad you told me. {crisis}", "emergency"), ("It can help to talk. {crisis}", "urgent")],
)
def test_thoughts_of_suicide_get_somebody_to_talk_to(flagged: Tiny, text: str, level: str) -> None:
    flagged.edit(FLAG, text, text.removesuffix(" {crisis}"))
    assert only(flagged, FLAG, f"  {level}:") == (
        "nobody to talk to is named: {crisis}. Add {crisis}."
    )


def test_an_overdose_gets_somebody_to_talk_to_but_a_missed_dose_need_not(flagged: Tiny) -> None:
    text = flagged.read(FLAG).replace("suicide_self_harm", "overdose_withdrawal")
    other = "data/red_flags/overdose_withdrawal.yml"
    flagged.write(other, text.replace("It can help to talk. {crisis}", "It can help to talk."))
    assert flagged.findings() == []
    flagged.edit(other, " {crisis}", "")
    assert only(flagged, other, "  emergency:").startswith("nobody to talk to is named")


def test_other_flags_need_nobody_to_talk_to(flagged: Tiny) -> None:
    text = flagged.read(FLAG).replace("suicide_self_harm", "stroke").replace(" {crisis}", "")
    flagged.write("data/red_flags/stroke.yml", text)
    assert flagged.findings() == []


# Few and easy words


def test_advice_reason_and_meanwhile_are_short_together(flagged: Tiny) -> None:
    flagged.edit(FLAG, "Stay with someone.", "Stay here with me. " * 15)
    assert only(flagged, FLAG, "  emergency:") == (
        "advice, reason and meanwhile have 77 words together; the most is 60. Cut what can wait."
    )


def test_words_are_counted_with_the_longest_numbers_of_any_region(flagged: Tiny) -> None:
    around = count_words("Call 999 now. I am glad you told me.")
    crisis = count_words("You can talk to Samaritans at 116 123.")
    room = CORE_WORDS - around - crisis
    flagged.edit(FLAG, "Stay with someone.", "Stay here with me. " * (room // 4))
    assert flagged.findings() == []
    flagged.edit(REGIONS, "name: Samaritans", "name: Samaritans of the whole country")
    assert only(flagged, FLAG, "  emergency:").startswith("advice, reason and meanwhile have 61")


@pytest.mark.parametrize(
    ("old", "grade"),
    [("Go with them.", 5), ("I need help now.", 5), ("It can help to talk.", 6)],
)
def test_each_text_is_easy_to_read_and_easier_in_an_emergency(
    flagged: Tiny, old: str, grade: int
) -> None:
    flagged.edit(FLAG, old, HARD)
    found = only(flagged, FLAG, HARD)
    assert found.startswith("reading grade ")
    assert found.endswith(f"; the most is {grade}. {SHORTER}")


@pytest.mark.parametrize("words", ["You have a clot.", "you've got a clot.", "you\u2019ve a clot."])
def test_no_advice_sounds_like_a_diagnosis(flagged: Tiny, words: str) -> None:
    flagged.edit(FLAG, "Go with them.", words)
    assert only(flagged, FLAG, words) == (
        f'"{words.removesuffix(" a clot.").removesuffix(" got")}" sounds like a diagnosis. '
        'Write "this can be a sign of", or "with MS".'
    )


def test_a_dose_is_an_error(flagged: Tiny) -> None:
    flagged.edit(FLAG, "Go with them.", "Take 300 mg.")
    assert only(flagged, FLAG, "Take 300 mg.").startswith('"300 mg" is a dose of a medicine.')


def test_a_placeholder_that_nobody_fills_is_an_error(flagged: Tiny) -> None:
    flagged.edit(FLAG, "Go with them.", "Or call {advice_line}.")
    assert only(flagged, FLAG, "{advice_line}") == (
        "the placeholder `{advice_line}` is unknown. "
        f"Write {' or '.join(PLACEHOLDERS)}, or the words themselves."
    )


# The question


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("Is it bad? Call {emergency}.", "`ask:` does not end with a question. End with a questi"),
        ("Do you think of harm now?", "the question does not name {emergency}. Say first whom to"),
        ("Oh. Call {emergency}. Is it so?", "the question has 3 sentences; the most is 2. Ask one"),
        (
            f"Call {{emergency}}. Is it {'so, ' * QUESTION_WORDS}now?",
            f"the question has 40 words; the most is {QUESTION_WORDS}. Ask one thing.",
        ),
        (
            f"Call {{emergency}}. Is it {HARD[:-1]}?",
            "reading grade ",
        ),
        ("Call {emergency} or {me}. Is it bad?", "the placeholder `{me}` is unknown. Write {emer"),
    ],
)
def test_the_question_is_one_gentle_question(flagged: Tiny, question: str, wrong: str) -> None:
    flagged.edit(FLAG, ASK, f'ask: "{question}"')
    assert any(
        line.startswith(f"{flagged.place(FLAG, 'ask: ')}: error: {wrong}")
        for line in flagged.findings()
    )


def test_a_flag_may_do_without_a_question_of_its_own(flagged: Tiny) -> None:
    flagged.edit(FLAG, f"{ASK}\n", "")
    assert flagged.findings() == []


def test_every_flag_that_alarms_has_a_question_of_its_own() -> None:
    flags = read_project(DATA, ROOT, TODAY).red_flags.values()
    lacking = [flag.id for flag in flags if flag.body["level"] in ALARMS and not flag.text("ask")]
    assert lacking == []


# What is said around a flag


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("Please call {emergency} now, as I said.", "Please call now.", "{emergency}"),
        ("Please get help today: {same_day}.", "Please get help.", "{same_day} or {emergency}"),
        ("Have you called {emergency}?", "Have you called?", "{emergency}"),
        ("I am still here. Call {emergency}. {crisis}", "I am here. Call {emergency}.", "{crisis}"),
        ("Is it new? In danger, call {emergency}.", "Is it new?", "{emergency}"),
    ],
)
def test_what_is_said_around_a_flag_names_whom_to_call(
    flagged: Tiny, old: str, new: str, wrong: str
) -> None:
    flagged.edit(GENERAL, old, new)
    found = only(flagged, GENERAL, new)
    assert found.startswith(f"the text does not name {wrong}. Add {{")


@pytest.mark.parametrize(
    ("old", "grade"),
    [
        ("Have you called {emergency}?", 5),
        ("I am still here.", 5),
        ("Please get help today: {same_day}.", 6),
        ("Is it new?", 6),
    ],
)
def test_what_is_said_around_a_flag_is_easy_to_read(flagged: Tiny, old: str, grade: int) -> None:
    flagged.edit(GENERAL, old, f"{HARD} {old}")
    found = only(flagged, GENERAL, HARD)
    assert found.startswith("reading grade ")
    assert found.endswith(f"; the most is {grade}. {SHORTER}")


def test_the_general_advice_is_held_to_the_same(flagged: Tiny) -> None:
    flagged.edit(GENERAL, "Please call {emergency} now.", "Rest. Please call {emergency} now.")
    assert only(flagged, GENERAL, "Rest.").startswith("the first sentence of the advice names no")


def test_a_missing_text_around_a_flag_is_named(flagged: Tiny) -> None:
    flagged.edit(GENERAL, '  emergency: "Have you called {emergency}?"\n', "  later: x\n")
    assert only(flagged, GENERAL, "after:") == (
        "the text `emergency:` of `after:` is missing. Add `emergency:` under `after:`, in quotes."
    )


def test_red_flags_without_the_general_words_are_an_error(flagged: Tiny) -> None:
    flagged.delete(GENERAL)
    assert any(line.startswith(f"{GENERAL}:1: error: ") for line in flagged.findings())


def test_a_reply_that_is_read_as_true_or_false_is_an_error(flagged: Tiny) -> None:
    flagged.edit(GENERAL, '"on"]', "on]")
    assert only(flagged, GENERAL, "on]") == (
        "an entry of `yes:` is read as true, not as a word. Put it in quotes."
    )
