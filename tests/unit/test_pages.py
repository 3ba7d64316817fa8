"""The page is filled between its marks."""

from __future__ import annotations

import pytest

from tests.pages import filled

PAGE = "before\n<!-- lab:main -->\nold\n<!-- end -->\nprose\n<!-- lab:cost -->\n<!-- end -->\n"


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    page = filled(PAGE, "lab:main", "new \\1")
    assert page == PAGE.replace("old", "new \\1")
    assert filled(page, "lab:main", "old") == PAGE


def test_marks_that_are_missing_are_an_error() -> None:
    with pytest.raises(ValueError, match="robustness"):
        filled(PAGE, "lab:robustness", "new")
