"""How hard a text is to read, as the lint measures it."""

from __future__ import annotations

from content.lint.reading import EMERGENCY_GRADE, GRADE, grade
from workbench.linting import measure


def test_the_grade_is_that_of_the_lint() -> None:
    texts = ["A brace holds your foot up.\nIt is light.", "Ask your doctor about it."]
    found = measure(texts)
    assert found["whole"]["grade"] == grade(texts)
    assert [one["grade"] for one in found["each"]] == [grade([text]) for text in texts]
    assert found["whole"]["most"] == GRADE


def test_beside_the_emergency_number_less_is_allowed() -> None:
    assert measure(["Call {emergency} now."])["each"][0]["most"] == EMERGENCY_GRADE


def test_words_and_sentences_are_counted() -> None:
    (found,) = measure(["One two three. Four five - six!\nSeven"])["each"]
    assert (found["words"], found["sentences"], found["longest"]) == (7, 3, 3)


def test_hard_words_are_named_once_the_worst_first() -> None:
    (found,) = measure(["An ambulance. A neurological ambulance is an ambulance."])["each"]
    assert found["hard"] == ["neurological", "ambulance"]


def test_a_text_without_words_has_no_grade() -> None:
    for text in ("", "  \n", "…"):
        (found,) = measure([text])["each"]
        assert (found["words"], found["hard"]) == (0, [])
    assert measure([])["whole"]["sentences"] == 0
