"""A whole table as an import: what it would change, what stands in the way, what is left. Pure."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from desk.content.naming import NAMES
from desk.content.spreadsheet import planning
from desk.content.spreadsheet.columns import KINDS, Columns
from desk.content.spreadsheet.decoding import Table
from desk.content.spreadsheet.planning import Content, Planned
from desk.content.spreadsheet.rows import HEADING, Problem, given, kind_of, wrong_columns
from desk.errors import CannotBe
from editing.shapes import Kind


@dataclass(frozen=True)
class DryRun:
    """What an import would do.

    Attributes:
        kind: what its rows are of.
        planned: what each item's rows would do.
        problems: all that stands in the way, in the order of the rows.
        stops: whether nothing can be kept before the heading is mended.
    """

    kind: Kind
    planned: Sequence[Planned]
    problems: Sequence[Problem]
    stops: bool

    @property
    def changing(self) -> Sequence[Planned]:
        """What would be kept: rows that change something, with nothing in their way."""
        if self.stops:
            return ()
        wrong = {problem.row for problem in self.problems}
        return [one for one in self.planned if one.changes and one.given.row not in wrong]

    @property
    def unchanged(self) -> int:
        """How many items stay as they are."""
        return sum(not one.changes and not one.problems for one in self.planned)

    @property
    def left_out(self) -> int:
        """How many items have something in their way."""
        return len(self.planned) - self.unchanged - len(self.changing)


def dry_run(table: Table, content: Content) -> DryRun:
    """What a table would change.

    Args:
        table: its rows, the heading first.
        content: what there is.

    Raises:
        CannotBe: it is not said what the rows are of.
    """
    kind = kind_of(table.rows[0], KINDS)
    if kind is None:
        names = ", ".join(KINDS)
        raise CannotBe(
            f"The first column has to be called by the kind of content: one of {names}. Take a "
            "file out first and change that."
        )
    items = content.shelf.of(kind)
    columns = Columns(items, content.document)
    heading = wrong_columns(table.rows[0], columns.names)
    rows, problems = given(table.rows)
    planned = planning.plan(kind, rows, content)
    problems += [problem for one in planned for problem in one.problems]
    if not (rows or problems or heading):
        mend = f"Write one {NAMES[kind].one} a row."
        heading = [Problem(HEADING, "", "there is nothing below the heading", mend)]
    ordered = sorted(problems, key=lambda problem: problem.row)
    return DryRun(kind, planned, [*heading, *ordered], bool(heading))


def rest(table: Table, run: DryRun) -> str:
    """The table as CSV with nothing but the rows that would be kept."""
    kept = {one.given.id for one in run.changing}
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_ALL)
    writer.writerow(table.rows[0])
    writer.writerows(row for row in table.rows[1:] if row and row[0].strip() in kept)
    return made.getvalue()
