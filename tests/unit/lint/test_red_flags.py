"""A red flag has every field, its sources and dates, and examples enough."""

from __future__ import annotations

from datetime import date

import pytest

from .conftest import SOURCES, Tiny
from .flagged import FLAG, URGENT_SAY, only


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
