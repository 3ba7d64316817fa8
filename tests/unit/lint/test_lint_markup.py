"""Texts are words: no page shows markup as anything but a fault."""

from __future__ import annotations

import pytest

from .conftest import BRACE, GREET, Tiny

ANSWER = "It can help you to walk. Ask your doctor about it."


@pytest.mark.parametrize(
    "markup", ["<script>alert(1)</script>", "<b>", "</p>", "&nbsp;", "&#60;", "javascript:alert(1)"]
)
def test_markup_in_an_answer_is_an_error(tiny: Tiny, markup: str) -> None:
    tiny.edit(BRACE, ANSWER, f"'It can help. {markup} Ask your doctor.'")
    found = tiny.only()
    assert found.startswith(f"{tiny.place(BRACE, 'It can help.')}: error: the text holds markup")
    assert found.endswith("Write words alone; delete the tag.")


def test_any_other_text_may_hold_none_either(tiny: Tiny) -> None:
    tiny.edit(GREET, "  - Hello. What", "  - Hello <i>you</i>. What")
    assert "holds markup: `<i>`" in tiny.only()


def test_patients_may_type_what_they_like(tiny: Tiny) -> None:
    tiny.edit(BRACE, "brace question 3\n", "<script>alert(1)</script>\n")
    assert tiny.findings() == []


def test_smaller_than_and_an_ampersand_are_words(tiny: Tiny) -> None:
    tiny.edit(BRACE, ANSWER, "'It helps if you walk < 5 steps & rest. Ask your doctor.'")
    assert tiny.findings() == []
