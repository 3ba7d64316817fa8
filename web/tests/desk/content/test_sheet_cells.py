"""What a file from a spreadsheet holds, whichever program wrote it; nothing in it is a formula."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.content.spreadsheet.decoding import table
from desk.content.spreadsheet.guarding import guarded, unguarded
from desk.errors import CannotBe
from tests.desk.test_export import FORMULAS

ROWS = [["topic", "title"], ["brace/types", "Kinds — “soft”; hard, and\nmore"], ["fes/what_is", ""]]


def written(rows: list[list[str]], separator: str = ",", line: str = "\r\n") -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=separator, lineterminator=line).writerows(rows)
    return made.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe_and_is_had_back(text: str) -> None:
    made = guarded(text)
    assert unguarded(made) == text
    for part in made.replace("\t", "\n").split("\n"):
        assert part.lstrip(' \u00a0"')[:1] not in set("=+-@\uff1d\uff0b\uff0d\uff20")


@given(st.text(alphabet="ab0 '\"=+-@,;|\n\t\uff1d"))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_words_stay_as_they_are() -> None:
    for text in (
        "'tis my foot",
        "it's 3 - 4 times",
        "carbon, or plastic; which?",
        "999",
        "5 to 10",
    ):
        assert guarded(text) == text
        assert unguarded(text) == text


def test_a_number_keeps_its_first_nought() -> None:
    assert guarded("0800 111") == "'0800 111"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_a_file_is_read_in_every_encoding_and_with_every_separator(
    encoding: str, separator: str, line: str
) -> None:
    found = table(written(ROWS, separator, line).encode(encoding))
    assert [list(row) for row in found.rows] == ROWS
    assert found.separator == separator
    assert found.encoding == encoding


def test_what_old_computers_of_apple_end_lines_with_is_read() -> None:
    assert len(table(written(ROWS, line="\r").encode()).rows) == 3


def test_the_line_that_names_the_separator_is_no_row() -> None:
    found = table(b"sep=;\r\ntopic;title\r\nbrace/types;a, b\r\n")
    assert found.rows == [["topic", "title"], ["brace/types", "a, b"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nothing in it"),
        (codecs.BOM_UTF8 + b" \n", "nothing in it"),
        (b"PK\x03\x04\x14\x00", "a workbook, not a CSV file"),
        (b"topic\n\x81\x00\xff", "letters cannot be read"),
        (b'topic,title\nbrace/types,"open', "Row 2 cannot be read"),
        (b'topic,title\nbrace/types,"a" b\n', "Row 2 cannot be read"),
        (b"topic\n" + b"x" * 200_000, "a cell is too long"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(CannotBe, match=said):
        table(content)


@given(st.binary(max_size=300))
def test_no_file_is_odd_enough_to_fail(content: bytes) -> None:
    try:
        table(content)
    except CannotBe as error:
        assert str(error)
