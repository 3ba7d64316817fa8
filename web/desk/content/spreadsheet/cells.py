"""What a field holds as one cell, and back. Pure."""

import re
from collections.abc import Mapping

from desk.content.forms import encoding
from desk.content.forms.encoding import Value, Wrong
from editing.shapes import Field, Shape

YES, NO = "yes", "no"
# What stands between two texts of a list in one cell.
_BETWEEN: Mapping[Shape, str] = {Shape.PARAGRAPHS: "\n\n"}
_PARTS: Mapping[Shape, re.Pattern[str]] = {
    Shape.PARAGRAPHS: re.compile(r"\n\s*\n"),
    Shape.IDS: re.compile(r"[\n,;]"),
}
_FLAGS = {YES: True, "true": True, NO: False, "false": False}
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)


def shown(shape: Shape, value: Value) -> str:
    """A value as a cell has it.

    Args:
        shape: the field's.
        value: what the file has; for `Shape.YAML` its text.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return _BETWEEN.get(shape, "\n").join(value)
    return str(value)


def is_same(shape: Shape, cell: str, value: Value) -> bool:
    """Whether a cell says what the file has, whatever a spreadsheet may have made of it.

    Spreadsheets write days in their country's way, lose the spaces at the ends of lines, and, in
    old encodings, write a question mark for each letter that they do not know.
    """
    was, now = _tidy(shown(shape, value)), _tidy(cell)
    if now == was or (shape is Shape.FLAG and now.lower() == was):
        return True
    if shape is Shape.DATE:
        return was in _days(now)
    return now == was.encode("windows-1252", "replace").decode("windows-1252")


def read(field: Field, cell: str) -> Value:
    """What the file is to have.

    Args:
        field: what the cell is of.
        cell: what stands in it.

    Returns:
        The value; None where there is none.

    Raises:
        Wrong: it cannot be kept as it is; the text says what to do.
    """
    value = _value(field, cell)
    if field.required and value is None:
        raise Wrong("It is empty, and cannot be. Fill it in, or delete the column.")
    return value


def _value(field: Field, cell: str) -> Value:
    shape, text = field.shape, _tidy(cell).strip()
    if shape is Shape.FLAG and text:
        if text.lower() not in _FLAGS:
            raise Wrong(f"Write {YES} or {NO}.")
        return _FLAGS[text.lower()]
    if shape is Shape.CHOICE and text and text not in field.choices:
        raise Wrong(f"Write one of {', '.join(field.choices)}.")
    parts = _PARTS[shape].split(text) if shape in _PARTS else [text]
    return encoding.read(shape, parts) if text else None


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _days(text: str) -> set[str]:
    """The days that a spreadsheet of some country may mean."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return {text}
    first, second, year = int(found[1]), int(found[2]), found[3]
    return {f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"}
