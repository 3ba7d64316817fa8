"""The dry run of an import: what each row would change, and what stands in the way. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desk.content.forms.encoding import Value, Wrong
from desk.content.naming import NAMES
from desk.content.past.wording import Shown, shown
from desk.content.personal import personal
from desk.content.shelf import Item, Shelf
from desk.content.spreadsheet import cells
from desk.content.spreadsheet.columns import MADE_OF, Columns
from desk.content.spreadsheet.rows import Given, Problem
from editing.documents import Document
from editing.shapes import Field, Key, Kind, Shape


@dataclass(frozen=True)
class Change:
    """One field that a row would change."""

    column: str
    label: str
    key: Key
    before: Value
    after: Value

    @property
    def shown(self) -> Shown:
        """The same for a page."""
        return shown(self.before, self.after)


@dataclass(frozen=True)
class Planned:
    """What one row would do: nothing, where it has no changes."""

    given: Given
    item: Item | None
    changes: Sequence[Change]
    problems: Sequence[Problem]


@dataclass(frozen=True)
class Content:
    """What an import is compared with.

    Attributes:
        shelf: the items as they are.
        document: a file as it is, by its path.
        made_of: a file as it was at a commit; None where either is not known.
    """

    shelf: Shelf
    document: Callable[[str], Document]
    made_of: Callable[[str, str], Document | None]


def plan(kind: Kind, rows: Sequence[Given], content: Content) -> list[Planned]:
    """What each row would do.

    Args:
        kind: what the rows are of.
        rows: what they say.
        content: what there is.
    """
    items = [content.shelf.items.get((kind, row.id)) for row in rows]
    columns = Columns([item for item in items if item], content.document)
    return [
        _planned(row, item, columns.of(item), content) if item else _unknown(kind, row)
        for row, item in zip(rows, items, strict=True)
    ]


def edits(planned: Sequence[Planned], document: Callable[[str], Document]) -> Mapping[str, str]:
    """The new texts of the files that rows without problems change.

    Args:
        planned: what `plan` gave.
        document: a file as it is, by its path; anew with every call.
    """
    changed: dict[str, Document] = {}
    for row in planned:
        if row.item is None or row.problems:
            continue
        path = row.item.path
        for change in row.changes:
            file = changed.setdefault(path, document(path))
            if change.after is None:
                file.remove(change.key)
            else:
                file.set(change.key, change.after)
    return {path: file.text() for path, file in changed.items()}


def _unknown(kind: Kind, row: Given) -> Planned:
    wrong = f"there is no {NAMES[kind].one} of this id"
    mend = "Write an id that exists. New ones are begun in a form."
    return Planned(row, None, (), (Problem(row.row, str(kind), wrong, mend),))


def _planned(row: Given, item: Item, known: Mapping[str, Field], content: Content) -> Planned:
    document = content.document(item.path)
    before = content.made_of(row.made_of, item.path) if row.made_of else document
    if before is None:
        mend = f"Take the file anew, or empty the cell below {MADE_OF}."
        problem = Problem(row.row, MADE_OF, "nothing is known of that commit", mend)
        return Planned(row, item, (), (problem,))
    changes: list[Change] = []
    problems: list[Problem] = []
    for column, cell in row.cells.items():
        asked = known.get(column)
        if asked is None:
            problems += _nowhere(row, column, cell)
            continue
        try:
            changes += _change(column, asked, cell, document, before)
        except Wrong as wrong:
            problems.append(Problem(row.row, column, "it cannot be kept so", str(wrong)))
    return Planned(row, item, changes, problems)


def _nowhere(row: Given, column: str, cell: str) -> Iterator[Problem]:
    if cell.strip():
        yield Problem(row.row, column, f"{row.id} has no such field", "Empty the cell.")


def _change(
    column: str, asked: Field, cell: str, document: Document, before: Document
) -> Iterator[Change]:
    """What a cell changes: nothing, where it says what the file says, or said when it was made."""
    now = document.get(asked.key)
    was = before.get(asked.key)
    if cells.is_same(asked.shape, cell, now) or cells.is_same(asked.shape, cell, was):
        return
    if was != now:
        raise Wrong(
            "Somebody changed it after the file was made. Take the file anew, or write here what "
            f"it says now: {_short(cells.shown(asked.shape, now))}"
        )
    if now is not None and cells.read(asked, cells.shown(asked.shape, now)) != now:
        raise Wrong("What stands there now does not fit a cell. Change it in its form.")
    value = cells.read(asked, cell)
    _let_in(asked, now, value)
    yield Change(column, asked.label, asked.key, now, value)


def _let_in(asked: Field, now: Value, value: Value) -> None:
    """Make sure that nothing of a patient's comes in with the examples.

    Raises:
        Wrong: some of it looks like somebody's name, number or address.
    """
    if asked.shape is not Shape.LINES or not isinstance(value, list):
        return
    there = set(now) if isinstance(now, list) else set()
    for line in value:
        found = personal(line) if line not in there else ""
        if found:
            raise Wrong(
                f"{found} looks like a name, a number or an address of somebody. Nothing of a "
                "patient's may come in here: write it without. A name that is made up can be "
                "pasted with the others."
            )


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
