"""Items of a list get other places or are taken out, and their comments go with them."""

import pytest

from desk.content.forms.arranging import moved, rearrange
from editing.documents import Document

FILE = """\
# Steps.
steps:
  - say: Sit.
    # A firm chair.
    shows: A chair.
  - say: 'Lift: slowly.'
    shows: A foot.
  - say: Rest.
    shows: Rest.
after: {kept: [as, it, is]}
"""
KEY = ("steps",)


def arranged(order: list[int], text: str = FILE) -> str:
    document = Document.parse(text)
    rearrange(document, KEY, order)
    return document.text()


def test_an_order_that_is_there_already_changes_nothing() -> None:
    assert arranged([0, 1, 2]) == FILE


def test_items_trade_places_with_their_comments() -> None:
    text = arranged([1, 2, 0])
    assert [step["say"] for step in Document.parse(text).value(KEY)] == [
        "Lift: slowly.",
        "Rest.",
        "Sit.",
    ]
    assert "  - say: Sit.\n    # A firm chair.\n    shows: A chair.\nafter:" in text
    assert text.endswith("after: {kept: [as, it, is]}\n")


def test_an_item_is_taken_out_and_the_others_stay_as_they_were_written() -> None:
    assert arranged([0, 2]) == FILE.replace("  - say: 'Lift: slowly.'\n    shows: A foot.\n", "")


def test_a_list_between_brackets_can_be_rearranged_too() -> None:
    text = arranged([1, 0], "steps: [{say: Sit.}, {say: Rest.}]\n")
    assert Document.parse(text).value(KEY) == [{"say": "Rest."}, {"say": "Sit."}]


@pytest.mark.parametrize(
    ("places", "out", "order"),
    [
        ({}, set(), [0, 1, 2, 3]),
        ({3: 2}, set(), [0, 3, 1, 2]),
        ({0: 3}, set(), [1, 2, 0, 3]),
        ({0: 99}, set(), [1, 2, 3, 0]),
        ({2: 0}, set(), [2, 0, 1, 3]),
        ({0: 1, 1: 2}, {2}, [0, 1, 3]),
        ({3: 1}, {0}, [3, 1, 2]),
    ],
)
def test_an_item_moves_to_the_place_it_is_given(
    places: dict[int, int], out: set[int], order: list[int]
) -> None:
    assert moved(4, places, out) == order
