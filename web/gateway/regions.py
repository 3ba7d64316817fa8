"""Where a patient can be, and whom to call there."""

import re

from pydantic import BaseModel, Field

# A run of figures that is no part of a word: "1800MEDICARE" is not dialled as 1800.
_NUMBER = re.compile(r"(?<!\w)\+?\d(?:[ -]?\d)*(?!\w)")


class Line(BaseModel):
    """A crisis line: who answers, and at which number."""

    name: str
    number: str


class Region(BaseModel):
    """Where a patient can be, and what to dial there."""

    emergency: str = Field(min_length=1)
    same_day: str = Field(min_length=1)
    advice_line: str = ""
    crisis_lines: list[Line] = []


def dialable(text: str) -> list[str]:
    """The numbers in a text as a telephone takes them: figures, and a plus before them.

    Args:
        text: such as ``112 or 999`` or ``Healthline on 0800 611 116``.
    """
    return [re.sub("[ -]", "", number) for number in _NUMBER.findall(text)]
