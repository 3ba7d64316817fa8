"""A file from a spreadsheet as rows of cells, whichever program and country it comes from. Pure."""

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from desk.errors import CannotBe

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
WINDOWS = "windows-1252"
_ZIP = b"PK\x03\x04"
_SEPARATOR_LINE = "sep="
_SAVE = "Save it as “CSV UTF-8 (comma delimited)” and send that."


@dataclass(frozen=True)
class Table:
    """What a file holds.

    Attributes:
        rows: the cells; the first row has the names of the columns.
        encoding: how its letters are written.
        separator: what stands between two cells.
    """

    rows: Sequence[Sequence[str]]
    encoding: str
    separator: str


def table(content: bytes) -> Table:
    """The rows of a file.

    Raises:
        CannotBe: it is no CSV; the text says what to do.
    """
    text, encoding = _decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise CannotBe("There is nothing in it. Choose a file, or paste the rows.")
    named, rest = _named_separator(text)
    separator = named or _likeliest(rest)
    return Table(_rows(rest, separator), encoding, separator)


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith(_ZIP):
        raise CannotBe(f"This is a workbook, not a CSV file. {_SAVE}")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    for tried in (encoding, WINDOWS):
        try:
            text = content.decode(tried)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, tried
    raise CannotBe(f"Its letters cannot be read. {_SAVE}")


def _named_separator(text: str) -> tuple[str, str]:
    """What the first line says stands between cells, and the text without that line."""
    first, _, rest = text.partition("\n")
    name = first.strip("\"'").lower()
    named = name.removeprefix(_SEPARATOR_LINE)
    return (named, rest) if named != name and named in SEPARATORS else ("", text)


def _likeliest(text: str) -> str:
    """What parts the first row into most cells."""

    def cells(separator: str) -> int:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            return len(next(reader, []))
        except csv.Error:
            return 0

    return max(SEPARATORS, key=cells)


def _rows(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        raise CannotBe(
            f"Row {len(rows) + 1} cannot be read: a quote is opened and never closed, words stand "
            "behind a closing one, or a cell is too long. Mend it, or save the file anew as CSV."
        ) from error
    return rows
