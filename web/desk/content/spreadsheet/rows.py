"""A table's rows as what they say of items, whatever else becomes of it. Pure."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.content.spreadsheet.columns import MADE_OF
from desk.content.spreadsheet.guarding import unguarded
from editing.shapes import Kind

HEADING = 1
"""The number of the row with the names, as a spreadsheet counts."""


@dataclass(frozen=True)
class Problem:
    """What stands in the way.

    Attributes:
        row: as a spreadsheet counts; the heading is row 1.
        column: the name of the column; empty for the whole row.
        wrong: what is wrong.
        mend: what to do.
    """

    row: int
    column: str
    wrong: str
    mend: str


@dataclass(frozen=True)
class Given:
    """What a table says of one item.

    Attributes:
        row: the first row of it.
        id: the item's.
        made_of: the commit that it was made of; empty where that is not said.
        cells: by column, what it holds; the rows of a long list are joined.
    """

    row: int
    id: str
    made_of: str
    cells: dict[str, str]


def kind_of(heading: Sequence[str], kinds: Iterable[Kind]) -> Kind | None:
    """The kind of content that a table has, by the name of its first column."""
    first = heading[0].strip().lower() if heading else ""
    return next((kind for kind in kinds if kind == first), None)


def wrong_columns(heading: Sequence[str], known: Sequence[str]) -> list[Problem]:
    """Columns that nothing knows, that have no name, or that stand there twice.

    Args:
        heading: the names in the first row; the first of them says the kind.
        known: the names there can be.
    """
    names = [name.strip() for name in heading[1:]]
    found = []
    for place, name in enumerate(names):
        if name and name in names[:place]:
            found.append(Problem(HEADING, name, "the column is there twice", "Delete one of them."))
        elif name and name not in (*known, MADE_OF):
            found.append(Problem(HEADING, name, "no field is called so", _likely(name, known)))
    return found


def given(rows: Sequence[Sequence[str]]) -> tuple[list[Given], list[Problem]]:
    """What all rows under the heading say, and what is wrong with them.

    A row that repeats the id of the one above goes on with its lists.
    """
    heading = [name.strip() for name in rows[0]]
    found: list[Given] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[1:], start=HEADING + 1):
        cells = {name: unguarded(cell) for name, cell in zip(heading, row, strict=False)}
        problems += _outside(number, heading, row)
        id = cells.pop(heading[0], "").strip()
        cells.pop("", None)
        made_of = cells.pop(MADE_OF, "").strip()
        if not any(cell.strip() for cell in (id, *cells.values())):
            continue
        if not id:
            mend = "Write the id in the first column, or delete the row."
            problems.append(Problem(number, heading[0], "the row has no id", mend))
        elif found and found[-1].id == id:
            _go_on(found[-1].cells, cells)
        elif any(one.id == id for one in found):
            mend = "Put its rows below each other, or delete one."
            problems.append(Problem(number, heading[0], f"{id} stands further up already", mend))
        else:
            found.append(Given(number, id, made_of, cells))
    return found, problems


def _go_on(cells: dict[str, str], more: dict[str, str]) -> None:
    for name, cell in more.items():
        if cell.strip():
            cells[name] = f"{cells.get(name, '')}\n{cell}".lstrip("\n")


def _outside(number: int, heading: Sequence[str], row: Sequence[str]) -> Iterable[Problem]:
    """What stands below no name."""
    unnamed = [cell for name, cell in zip(heading, row, strict=False) if not name]
    if any(cell.strip() for cell in (*unnamed, *row[len(heading) :])):
        mend = "Give its column a name in the first row, or empty the cell."
        yield Problem(number, "", "a cell stands below no name", mend)


def _likely(name: str, known: Sequence[str]) -> str:
    best = difflib.get_close_matches(name, known, n=1)
    if best:
        return f"Write {best[0]}, or delete the column."
    return f"Delete the column, or write one of {', '.join(known)}."
