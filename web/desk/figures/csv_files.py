"""A table as a CSV file: its figures alone."""

import csv
import io

from desk.figures.tables import Number, Table

# A cell that begins so is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(table: Table) -> str:
    """The table with its head; shares are numbers between 0 and 1, what is not there is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in table.head])
    for row in table.rows:
        writer.writerow([_harmless(row.name), *map(_number, row.numbers)])
    return text.getvalue()


def _number(number: Number) -> str:
    if number.value is None:
        return ""
    return f"{number.value:.4f}" if number.share else f"{number.value:.0f}"


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
