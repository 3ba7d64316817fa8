"""What a field holds, as the inputs of a form have it, and back.

Each shape has its inputs: one for a line, one box for a list of lines, a box for each message of
an answer. What was not touched comes back as it was, whatever it looks like: that is for the
caller to see to, by comparing what is sent with what was shown.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum, auto
from types import MappingProxyType

from editing.shapes import Shape

ON = "yes"
_DIGITS = 6

type Value = str | list[str] | int | bool | None


class Wrong(Exception):
    """What was typed cannot be kept as it is; the text says what to do."""


class Boxes(Enum):
    """How many inputs a field has."""

    ONE = auto()
    ONE_EACH = auto()
    """One for each text of its list."""
    TICK = auto()


BOXES: Mapping[Shape, Boxes] = MappingProxyType(
    {
        Shape.LINE: Boxes.ONE,
        Shape.TEXT: Boxes.ONE,
        Shape.LINES: Boxes.ONE,
        Shape.PARAGRAPHS: Boxes.ONE_EACH,
        Shape.IDS: Boxes.ONE_EACH,
        Shape.DATE: Boxes.ONE,
        Shape.FLAG: Boxes.TICK,
        Shape.CHOICE: Boxes.ONE,
        Shape.NUMBER: Boxes.ONE,
        Shape.YAML: Boxes.ONE,
    }
)


def shown(shape: Shape, value: Value) -> list[str]:
    """What the inputs of a field hold; none where the value is not there.

    Args:
        shape: the field's.
        value: what the file has; for `Shape.YAML` its text.
    """
    if BOXES[shape] is Boxes.TICK:
        return [ON] if value is True else []
    if value is None:
        return []
    if isinstance(value, list):
        return ["\n".join(value)] if BOXES[shape] is Boxes.ONE else list(value)
    return [str(value)]


def read(shape: Shape, given: Sequence[str]) -> Value:
    """What the file is to have.

    Args:
        shape: the field's.
        given: what its inputs hold, in order; a box that is not ticked sends nothing.

    Returns:
        The value; None where there is none.

    Raises:
        Wrong: it cannot be kept as it is.
    """
    if BOXES[shape] is Boxes.TICK:
        return ON in given
    texts = [text for one in given if (text := _tidy(one, shape))]
    if not texts:
        return None
    if shape is Shape.LINES:
        return [line for text in texts for line in _lines(text)]
    if shape is Shape.IDS:
        return list(dict.fromkeys(" ".join(text.split()) for text in texts))
    if shape is Shape.PARAGRAPHS:
        return texts
    if shape is Shape.DATE:
        return _day(texts[0])
    if shape is Shape.NUMBER:
        return _number(texts[0])
    if shape in (Shape.TEXT, Shape.YAML):
        return texts[0]
    return " ".join(texts[0].split())


def _tidy(text: str, shape: Shape) -> str:
    """A text without space at the ends of its lines, and without empty lines around it.

    In a part as YAML the space before its first line says what belongs to what, and stays.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    tidy = "\n".join(lines).strip("\n")
    return tidy if shape is Shape.YAML else tidy.lstrip()


def _lines(text: str) -> list[str]:
    return [line for one in text.split("\n") if (line := one.strip())]


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise Wrong("This is no day. Write it as 2027-03-31: year, month, day.") from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise Wrong("This is no whole number. Write figures alone, such as 3.")
    return int(text)
