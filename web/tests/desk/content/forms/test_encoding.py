"""What a file holds survives its form, and what is typed is kept as it is or refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.content.forms.encoding import BOXES, Boxes, Value, Wrong, read, shown
from editing.shapes import Shape

letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
line = st.text(letters, min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
text = st.lists(line, min_size=1).map("\n".join)
VALUES: dict[Shape, st.SearchStrategy[Value]] = {
    Shape.LINE: line,
    Shape.CHOICE: line,
    Shape.TEXT: text,
    Shape.YAML: text,
    Shape.LINES: st.lists(line, min_size=1),
    Shape.PARAGRAPHS: st.lists(text, min_size=1),
    Shape.IDS: st.lists(line, min_size=1, unique=True),
    Shape.DATE: st.dates().map(lambda day: day.isoformat()),
    Shape.NUMBER: st.integers(0, 999_999),
    Shape.FLAG: st.booleans(),
}


def test_every_shape_has_its_inputs() -> None:
    assert set(BOXES) == set(VALUES) == set(Shape)


@pytest.mark.parametrize("shape", Shape)
@given(data=st.data())
def test_what_a_file_holds_comes_back_from_its_form(shape: Shape, data: st.DataObject) -> None:
    value = data.draw(VALUES[shape])
    assert read(shape, shown(shape, value)) == value


@pytest.mark.parametrize("shape", Shape)
@given(typed=st.lists(st.text()))
def test_whatever_is_typed_is_read_alike_a_second_time_or_refused(
    shape: Shape, typed: list[str]
) -> None:
    try:
        value = read(shape, typed)
    except Wrong as wrong:
        assert str(wrong).endswith(".")
        return
    assert read(shape, shown(shape, value)) == value


@pytest.mark.parametrize("shape", [shape for shape in Shape if BOXES[shape] is not Boxes.TICK])
def test_empty_inputs_hold_nothing(shape: Shape) -> None:
    assert shown(shape, None) == []
    assert read(shape, []) is None
    assert read(shape, ["", "  ", "\n \n"]) is None


def test_a_line_each_is_an_item_and_empty_lines_are_none() -> None:
    assert read(Shape.LINES, ["my foot drops\n\n  it slaps  \n"]) == ["my foot drops", "it slaps"]


def test_a_message_may_have_lines_and_empties_of_its_own() -> None:
    typed = ["\n  Look for:\n- fever \n\n- pain\n", "", "Call."]
    assert read(Shape.PARAGRAPHS, typed) == ["Look for:\n- fever\n\n- pain", "Call."]


def test_the_space_that_yaml_needs_stays() -> None:
    assert read(Shape.YAML, ["\n  a: 1\n  b: 2 \n"]) == "  a: 1\n  b: 2"


def test_an_id_stands_once() -> None:
    assert read(Shape.IDS, ["nhs-dvt", "nhs-dvt ", "msif"]) == ["nhs-dvt", "msif"]


@pytest.mark.parametrize("typed", ["tomorrow", "2026-02-30", "31.12.2026", "2026-1-1"])
def test_a_day_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Wrong, match="2027-03-31"):
        read(Shape.DATE, [typed])


@pytest.mark.parametrize("typed", ["three", "-1", "1.5", "٣", "9999999"])
def test_a_number_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Wrong, match="such as 3"):
        read(Shape.NUMBER, [typed])
