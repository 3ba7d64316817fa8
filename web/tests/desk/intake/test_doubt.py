"""Which turns Dorsi was least sure of."""

import pytest

from desk.intake.doubt import doubt
from records.note import Note


def note(*shares: float, **more: object) -> Note:
    ranking = [(f"a/{at}", share) for at, share in enumerate(shares)]
    return Note.model_validate({"label": "a/0", "ranking": ranking, **more})


def test_the_margin_lies_between_the_first_two_guesses() -> None:
    found = doubt(note(0.5, 0.4, 0.1))
    assert found and found.margin == pytest.approx(0.1)
    wide = doubt(note(0.9, 0.05))
    assert wide and wide.margin == pytest.approx(0.85)


def test_two_equal_guesses_are_one_bit_and_four_are_two() -> None:
    two, four = doubt(note(0.5, 0.5)), doubt(note(0.25, 0.25, 0.25, 0.25))
    assert two and four
    assert two.margin == 0
    assert two.entropy == pytest.approx(1)
    assert four.entropy == pytest.approx(2)


def test_without_runners_up_the_second_may_have_all_the_rest() -> None:
    found = doubt(note(confidence=0.6))
    assert found and found.margin == pytest.approx(0.2)
    low = doubt(note(confidence=0.3))
    assert low and low.margin == 0


def test_a_sure_guess_has_no_doubt() -> None:
    found = doubt(note(1.0))
    assert found and (found.margin, found.entropy) == (1, 0)


@pytest.mark.parametrize("empty", [{}, {"label": ""}, {"confidence": 2.0}, {"label": "a"}])
def test_where_nothing_was_judged_there_is_no_doubt(empty: dict[str, object]) -> None:
    assert doubt(Note.model_validate(empty)) is None
