"""Items as CSV: an item is a row, a field is a column. Pure.

A list too long for a cell of a spreadsheet goes on in further rows that repeat the item's id.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from desk.content.shelf import Item
from desk.content.spreadsheet.cells import shown
from desk.content.spreadsheet.columns import MADE_OF, Columns
from desk.content.spreadsheet.guarding import guarded
from editing.documents import Document
from editing.shapes import Field, Kind, Shape

# Without it Excel takes the file for one of its own, older letters.
MARK = "\ufeff"
# Excel cuts a cell off at 32,767 characters, and shows 253 lines at most.
MOST_LETTERS, MOST_LINES = 30_000, 250


def written(
    kind: Kind, items: Sequence[Item], document: Callable[[str], Document], commit: str
) -> Iterator[str]:
    """The lines of the file, its heading first; without `MARK`.

    Args:
        kind: what all items are of.
        items: what to write.
        document: the file of a path; the same with every call.
        commit: which content they are of, for the column that says so.
    """
    columns = Columns(items, document)
    yield _line([str(kind), *columns.names, MADE_OF])
    for item in items:
        fields, file = columns.of(item), document(item.path)
        cells = [list(_cells(fields.get(name), file)) for name in columns.names]
        for row in range(max([1, *map(len, cells)])):
            filled = [guarded(cell[row]) if row < len(cell) else "" for cell in cells]
            yield _line([item.id, *filled, commit])


def _cells(field: Field | None, document: Document) -> Iterator[str]:
    """What a field holds; a list of lines in as many cells as it needs."""
    value = document.get(field.key) if field else None
    if field and field.shape is Shape.LINES and isinstance(value, list):
        yield from map("\n".join, _parts(value))
    elif field:
        yield shown(field.shape, value)


def _parts(lines: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in lines:
        full = sum(len(one) + 1 for one in part) + len(line) > MOST_LETTERS
        if part and (full or len(part) == MOST_LINES):
            yield part
            part = []
        part.append(line)
    yield part


def _line(cells: Sequence[str]) -> str:
    made = io.StringIO()
    csv.writer(made, quoting=csv.QUOTE_ALL).writerow(cells)
    return made.getvalue()
