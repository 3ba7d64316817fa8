"""A red flag says whom to call first, in few and easy words, and is tried on enough examples."""

from __future__ import annotations

from datetime import date

import pytest

from content.lint.__main__ import ROOT
from content.lint.advice import CORE_WORDS, PLACEHOLDERS, QUESTION_WORDS
from content.lint.project import read_project
from content.lint.reading import count_words
from content.lint.red_flags import ALARMS
from content.load import DATA

from .conftest import REGIONS, SOURCES, TODAY, Tiny

FLAG = "data/red_flags/suicide_self_harm.yml"
GENERAL = "data/triage/general.yml"
HARD = "Rehabilitation encompasses comprehensive multidisciplinary neurological evaluation."
SHORTER = "Use shorter sentences and everyday words."
ASK = 'ask: "In danger, call {emergency}. Do you think of harming yourself now?"'
URGENT_SAY = """\
  urgent:
    advice: "Please get help today: {same_day}."
    reason: "It can help to talk. {crisis}"
"""


def listed(subject: str, count: int) -> str:
    return "\n".join(f"    - {subject} {number}" for number in range(count))


FILES = {
    FLAG: f"""\
id: suicide_self_harm
title: Thoughts of self-harm
level: emergency
clinical_owner: not yet named
clinically_reviewed: false
reviewed: "2026-01-15"
review_due: "2027-01-15"
sources: [nhs-foot-drop]
say:
  emergency:
    advice: "Call {{emergency}} now."
    reason: "I am glad you told me. {{crisis}}"
    meanwhile: "Stay with someone."
    safety_net: "Go with them."
    call_line: "Say: I need help now."
{URGENT_SAY}\
{ASK}
words:
  harm: [hurt, harm]
signs:
  thoughts:
    - "{{harm}} .. myself"
  old:
    patterns: ["used to"]
    ignore: [past]
rules:
  - any: [thoughts]
    unless: [old]
  - level: urgent
    all: [thoughts, old]
    within: sentence
must_fire:
  emergency:
{listed("now", 20)}
  urgent:
{listed("today", 10)}
must_not_fire:
  negated:
{listed("not", 10)}
  idiom:
{listed("as they say", 10)}
""",
    GENERAL: """\
say:
  emergency:
    advice: "Please call {emergency} now."
    reason: "This can be a sign of something bad."
crisis:
  line: "You can talk to {name} at {number}."
  none: "A line near you can help."
again:
  emergency: "Please call {emergency} now, as I said."
  urgent: "Please get help today: {same_day}."
after:
  emergency: "Have you called {emergency}?"
stay:
  emergency: "I am still here. Call {emergency}. {crisis}"
ask:
  question: "Is it new? In danger, call {emergency}."
  "yes": ["Yes", "on"]
  "no": ["No", nope]
""",
}


@pytest.fixture
def flagged(tiny: Tiny) -> Tiny:
    """The tiny project with a red flag."""
    for path, text in FILES.items():
        tiny.write(path, text)
    return tiny


def only(flagged: Tiny, path: str, words: str) -> str:
    """What is wrong in the one finding there is, which has to be at the line with ``words``."""
    found, place = flagged.only(), flagged.place(path, words)
    assert found.startswith(f"{place}: error: "), found
    return found.removeprefix(f"{place}: error: ")


def test_a_red_flag_without_fault_has_no_finding(flagged: Tiny) -> None:
    assert flagged.findings() == []


def test_a_project_without_red_flags_needs_no_words_for_them(tiny: Tiny) -> None:
    assert tiny.findings() == []


# Fields


def test_a_missing_field_is_named(flagged: Tiny) -> None:
    flagged.edit(FLAG, "clinical_owner: not yet named\n", "")
    assert flagged.only() == (
        f"{FLAG}:1: error: the field `clinical_owner:` is missing. Add `clinical_owner:` here."
    )


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("title: Thoughts", "titel: x\ntitle: Thoughts", "the field `titel:` is unknown. Write `t"),
        ("level: emergency", "level: now", "`level:` cannot be `now`. Write one of emergency, u"),
        ("[hurt, harm]", "[hurt, no]", "`harm:` needs a text, not yes/no (true or false). Put it"),
        ("ignore: [past]", "ignore: [gone]", "`ignore:` cannot be `gone`. Write one of negated"),
        ("within: sentence", "within: text", "`within:` cannot be `text`. Write one of sentence."),
        ("  idiom:", "  idioms:", "the field `idioms:` is unknown. Write `idiom:` or delete it."),
        ("    meanwhile:", "    meanwile:", "the field `meanwile:` is unknown. Write `meanwhile:`"),
        ("reviewed: false", 'reviewed: "no"', "`clinically_reviewed:` needs true or false, not a"),
    ],
)
def test_a_field_that_holds_the_wrong_thing_is_named_with_its_line(
    flagged: Tiny, old: str, new: str, wrong: str
) -> None:
    flagged.edit(FLAG, old, new)
    assert only(flagged, FLAG, new.splitlines()[0]).startswith(wrong)


def test_a_rule_that_names_no_sign_is_an_error(flagged: Tiny) -> None:
    flagged.edit(FLAG, "    all: [thoughts, old]\n", "")
    assert only(flagged, FLAG, "- level: urgent").endswith(
        "Give each rule `any:` or `all:` with names of signs."
    )


# Id, sources, dates


def test_the_id_is_the_files_name(flagged: Tiny) -> None:
    flagged.edit(FLAG, "id: suicide_self_harm", "id: self_harm")
    assert only(flagged, FLAG, "id: self_harm") == (
        "the id `self_harm` is not the file's path. "
        "Write `id: suicide_self_harm`, or move the file."
    )


def test_a_source_has_to_exist(flagged: Tiny) -> None:
    flagged.edit(FLAG, "[nhs-foot-drop]", "[nhs-footdrop]")
    assert only(flagged, FLAG, "sources:") == (
        "the source `nhs-footdrop` does not exist. Did you mean `nhs-foot-drop`?"
    )


def test_a_red_flag_needs_a_source(flagged: Tiny) -> None:
    flagged.edit(FLAG, "[nhs-foot-drop]", "[]")
    assert only(flagged, FLAG, "sources:") == (
        f"the red flag has no source. Add an id of {SOURCES}."
    )


@pytest.mark.parametrize(
    ("day", "order"), [("2026-01-15", "the same day as"), ("2026-01-14", "after")]
)
def test_the_next_review_is_after_the_last(flagged: Tiny, day: str, order: str) -> None:
    flagged.edit(FLAG, '"2027-01-15"', f'"{day}"')
    place = flagged.place(FLAG, 'reviewed: "')
    wrong = f"`reviewed:` is {order} `review_due:`"
    found = flagged.findings(date(2026, 1, 14 if order == "after" else 15))
    assert f"{place}: error: {wrong}. Set the next day of review." in found


def test_a_review_that_is_overdue_is_an_error(flagged: Tiny) -> None:
    found = flagged.findings(date(2027, 1, 16))
    place = flagged.place(FLAG, "review_due")
    assert any(line.startswith(f"{place}: error: the review was due") for line in found)


# Examples and levels


@pytest.mark.parametrize(
    ("field", "line", "count", "least"),
    [("must_fire", "    - today 0\n", 29, 30), ("must_not_fire", "    - not 0\n", 19, 20)],
)
def test_examples_that_are_too_few_are_counted(
    flagged: Tiny, field: str, line: str, count: int, least: int
) -> None:
    flagged.edit(FLAG, line, "")
    assert only(flagged, FLAG, f"{field}:") == (
        f"`{field}:` has {count} examples; a red flag needs {least}. Add 1 more."
    )


def test_a_level_that_a_rule_gives_has_words(flagged: Tiny) -> None:
    flagged.edit(FLAG, URGENT_SAY, "")
    assert only(flagged, FLAG, "- level: urgent") == (
        "the rule gives the level `urgent`, of which `say:` has no words. "
        "Add `urgent:` with its advice under `say:`."
    )


def test_a_rule_without_a_level_gives_that_of_the_flag(flagged: Tiny) -> None:
    flagged.edit(FLAG, "level: emergency", "level: urgent")
    flagged.edit(FLAG, URGENT_SAY, "")
    found = flagged.findings()
    place = flagged.place(FLAG, "- any: [thoughts]")
    assert any(
        line.startswith(f"{place}: error: the rule gives the level `urgent`") for line in found
    )


def test_what_can_wait_needs_no_words_of_its_own(flagged: Tiny) -> None:
    flagged.edit(FLAG, URGENT_SAY, "")
    flagged.edit(FLAG, "- level: urgent", "- level: soon")
    assert flagged.findings() == []


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
