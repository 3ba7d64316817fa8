"""What was pasted, as questions: one a line, or two columns of a spreadsheet. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 500
_TAB = "\t"
_QUOTE = '"'
# What lists in documents begin with; nobody's question does.
_MARK = re.compile(r"(?:[*\u2022\u25aa\u2013-]|\d{1,3}[.)])\s+(?=\S)")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Pasted:
    """One question.

    Attributes:
        line: the line it begins in, from 1 on.
        target: what stands in the first of two columns; empty where there is one alone.
        text: the question, on one line.
        columns: how many columns the line has.
    """

    line: int
    target: str
    text: str
    columns: int = 1


def read(text: str) -> list[Pasted]:
    """The questions of a paste.

    Args:
        text: lines with a question each, or with a topic, a tab and a question. A cell that a
            spreadsheet has put into quotes may go over several lines.

    Returns:
        The questions in their order; empty lines are left out.
    """
    found = [_pasted(line, words) for line, words in _rows(text.split("\n"))]
    return [each for each in found if each.text]


def _rows(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Each row with the number of its first line; what stands in quotes is joined."""
    place = 0
    while place < len(lines):
        first, end = place, _end(lines, place)
        yield first + 1, " ".join(lines[first : end + 1])
        place = end + 1


def _end(lines: list[str], first: int) -> int:
    """The last line of a row: the same, unless its last cell opens a quote that a later one ends.

    A quote that nothing ends is a slip of the pen: the line stays alone.
    """
    cell = lines[first].rpartition(_TAB)
    if not cell[1] or not cell[2].startswith(_QUOTE) or _closed(cell[2]):
        return first
    for place in range(first + 1, len(lines)):
        if _TAB in lines[place]:
            return first
        if not _closed(lines[place]):
            return place if lines[place].endswith(_QUOTE) else first
    return first


def _closed(words: str) -> bool:
    return words.count(_QUOTE) % 2 == 0


def _pasted(line: int, row: str) -> Pasted:
    target, tab, words = row.partition(_TAB)
    if not tab:
        return Pasted(line, "", _plain(_MARK.sub("", row.strip(), count=1)))
    words = words.strip()
    columns = 2 + words.count(_TAB)
    if len(words) > 1 and words.startswith(_QUOTE) and words.endswith(_QUOTE) and _closed(words):
        words = words[1:-1].replace(_QUOTE * 2, _QUOTE)
    return Pasted(line, _plain(target), _plain(words), columns)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
