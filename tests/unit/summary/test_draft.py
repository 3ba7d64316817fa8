"""The draft under review, as values: each change gives a new draft, and can be undone."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.summary import draft as drafts
from actions.summary.draft import Draft, Waits
from actions.summary.to_document import listing, to_document
from actions.summary.values import Item
from content.summary import Heading

from .reviewing import SUMMARY

DRAGS = Item(Heading.SYMPTOMS, "my foot drags")
NUMB = Item(Heading.SYMPTOMS, "my toes are numb")
FELL = Item(Heading.FALLS, "I fell on Monday")
ASK = Item(Heading.QUESTIONS, "Do I need a scan?", quoted=False)
DRAFT = drafts.begin([ASK, FELL, DRAGS, NUMB])


def test_lines_stand_by_heading_in_the_order_of_the_page() -> None:
    assert DRAFT.items == (DRAGS, NUMB, FELL, ASK)


def test_lines_are_taken_out_by_number_and_brought_back() -> None:
    less = drafts.remove(DRAFT, [1, 3])
    assert less.items == (NUMB, ASK)
    assert drafts.undo(less) == DRAFT


def test_only_some_lines_can_be_kept() -> None:
    assert drafts.keep_only(DRAFT, [2, 4]).items == (NUMB, ASK)


def test_a_line_is_added_at_the_end_of_its_heading_and_only_once() -> None:
    hurts = Item(Heading.SYMPTOMS, "my knee hurts")
    more = drafts.add(DRAFT, hurts)
    assert more.items == (DRAGS, NUMB, hurts, FELL, ASK)
    again = drafts.add(more, Item(Heading.SYMPTOMS, "My knee  hurts"))
    assert again.items == more.items


def test_a_changed_line_is_the_patients_own() -> None:
    changed = drafts.change(DRAFT, 4, "Can I drive?")
    assert changed.items[3] == Item(Heading.QUESTIONS, "Can I drive?", quoted=True)


def test_changes_are_undone_one_by_one_and_then_there_is_nothing_to_undo() -> None:
    draft: Draft | None = drafts.change(drafts.remove(DRAFT, [3]), 1, "my foot slaps")
    assert draft is not None
    draft = drafts.undo(draft)
    assert draft is not None
    assert draft.items == (DRAGS, NUMB, ASK)
    draft = drafts.undo(draft)
    assert draft == DRAFT
    assert drafts.undo(draft) is None


def test_what_changes_nothing_is_no_step_to_undo() -> None:
    assert drafts.undo(drafts.remove(DRAFT, [])) is None


@pytest.mark.parametrize(
    ("numbers", "lines"), [((1, 4), (1, 4)), ((-1,), (4,)), ((0, 5, 99), ()), ((2, 2), (2,))]
)
def test_only_lines_that_there_are_can_be_named(
    numbers: tuple[int, ...], lines: tuple[int, ...]
) -> None:
    assert drafts.lines(DRAFT, numbers) == lines


def test_a_line_can_be_named_by_its_words() -> None:
    assert drafts.naming(DRAFT, ["numb"]) == (2,)
    assert drafts.naming(DRAFT, ["my"]) == (1, 2)
    assert drafts.naming(DRAFT, ["num"]) == drafts.naming(DRAFT, []) == ()


def test_of_lines_with_the_same_word_the_single_typed_one_is_meant() -> None:
    draft = drafts.begin([DRAGS, Item(Heading.QUESTIONS, "Why does my foot drop?", quoted=False)])
    assert drafts.naming(draft, ["foot"]) == (1,)


def test_a_draft_of_offered_questions_alone_is_empty() -> None:
    assert drafts.begin([ASK]).is_empty
    assert not drafts.begin([Item(Heading.QUESTIONS, "Can I drive?")]).is_empty


def test_a_full_draft_takes_no_more() -> None:
    lines = [Item(Heading.MORE, f"line {number}") for number in range(drafts.MOST + 5)]
    full = drafts.begin(lines)
    assert full.is_full
    assert drafts.add(full, DRAGS) == full


items = st.builds(Item, st.sampled_from(list(Heading)), st.text(max_size=20), st.booleans())


@given(st.lists(items, max_size=6), st.integers(1, 7), st.sampled_from([None, *Waits]))
def test_a_slot_gives_back_the_draft_it_was_given(
    found: list[Item], number: int, waits: Waits | None
) -> None:
    draft = drafts.waiting(drafts.remove(drafts.begin(found), [number]), waits, number)
    assert drafts.read(json.loads(json.dumps(draft.as_json()))) == draft


@pytest.mark.parametrize(
    "value", [None, "x", 3, [], {}, {"items": 7}, {**DRAFT.as_json(), "waits": "nobody"},
              {**DRAFT.as_json(), "items": [["nowhere", "x", True]]},
              {**DRAFT.as_json(), "items": [["more"]]}],
)  # fmt: skip
def test_a_slot_that_holds_no_draft_gives_none(value: object) -> None:
    assert drafts.read(value) is None


def test_the_listing_numbers_lines_and_puts_marks_around_typed_words_alone() -> None:
    shown = listing(DRAFT, SUMMARY).splitlines()
    assert shown[0] == SUMMARY.headings[Heading.SYMPTOMS]
    assert "2. “my toes are numb”" in shown
    assert "4. Do I need a scan?" in shown


def test_the_document_holds_every_line_once_and_questions_apart() -> None:
    document = to_document(DRAFT, SUMMARY, date(2026, 11, 21))
    assert document["made_on"] == "2026-11-21"
    assert [part["heading"] for part in document["sections"]] == [
        "What I notice",
        "Falls and trips",
    ]
    assert document["sections"][0]["lines"][0] == {"text": "my foot drags", "quoted": True}
    assert document["questions"] == [{"text": "Do I need a scan?", "quoted": False}]
    assert "not a diagnosis" in document["notice"]
